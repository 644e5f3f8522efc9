import type { JSX } from 'preact'
import { FieldError } from './signs.tsx'

type Props = Omit<JSX.IntrinsicElements['input'], 'label' | 'class'> & {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly error?: string | undefined
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
      aria-invalid={Boolean(error)}
      {...(error ? { 'aria-describedby': `${id}-error` } : {})}
      {...input}
    />
    {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
  </div>
)
