import type { JSX } from 'preact'
import { FieldError } from './signs.tsx'

type InputProps = JSX.IntrinsicElements['input']

interface Props extends Pick<InputProps, 'autocomplete' | 'required' | 'minLength' | 'value' | 'onInput'> {
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'time' | 'number' | 'datetime-local'
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly error?: string | undefined
  /** What a person says is set in serif. */
  readonly said?: boolean
}

/** A labelled field whose error, if there is one, belongs to it. */
export const Field = ({ id, label, hint, error, said = false, ...input }: Props) => (
  <div class="f">
    <label for={id}>
      {label} {hint && <span class="quiet light">{hint}</span>}
    </label>
    <input
      class={said ? 'in said' : 'in'}
      id={id}
      {...(error ? { 'aria-invalid': true, 'aria-describedby': `${id}-error` } : {})}
      {...(input as InputProps)}
    />
    {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
  </div>
)
