import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { sentence } from '../api.ts'
import { submits, useOnce } from '../once.ts'
import { Field } from './field.tsx'

/** The one thing that asks first: what goes along is said, then a name or a day is typed. */
export const Erase = ({
  id,
  summary,
  children,
  label,
  hint,
  act,
  type = 'text',
  before,
  onErase,
}: {
  id: string
  /** What folds it open. */
  summary: string
  /** What goes, and what stays. */
  children: ComponentChildren
  label: string
  hint: string
  act: string
  type?: 'text' | 'date'
  /** Asked before the name, e.g. a password. */
  before?: ComponentChildren
  onErase: (typed: string) => Promise<void>
}) => {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const erase = useOnce(async () => {
    try {
      await onErase(typed.trim())
      setError(undefined)
      setTyped('')
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  return (
    <details class="space">
      <summary>{summary}</summary>
      <div class="small quiet space">{children}</div>
      <form class="stack space narrow" onSubmit={submits(erase)}>
        {before}
        <Field
          id={id}
          label={label}
          hint={hint}
          type={type}
          required
          value={typed}
          error={error}
          onInput={event => setTyped(event.currentTarget.value)}
        />
        <p>
          <button class="b danger" type="submit">
            {act}
          </button>
        </p>
      </form>
    </details>
  )
}
