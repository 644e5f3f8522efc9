import { useRef, useState } from 'preact/hooks'
import { addItem } from '../../agenda-keeper.ts'
import { kindOf } from '../../kinds.ts'
import { announce } from '../../say.ts'
import { KindField } from './kind-field.tsx'

/** The line at the end of one's own part. After adding, the emptied field keeps the focus. */
export const AddItem = ({ path }: { path: string }) => {
  const [text, setText] = useState('')
  const [kind, setKind] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const add = (event: Event) => {
    event.preventDefault()
    field.current?.focus()
    const words = text.trim()
    if (words === '') return
    addItem(path, words, kindOf(kind))
    announce(`Added: ${words}`)
    setText('')
    setKind('')
  }
  return (
    <form class="add" aria-label="Add to the agenda" onSubmit={add}>
      <input
        ref={field}
        class="in said"
        id="agenda-add"
        aria-label="What would you like to talk about?"
        placeholder="What would you like to talk about?"
        autocomplete="off"
        maxLength={500}
        value={text}
        onInput={event => setText(event.currentTarget.value)}
      />
      <KindField value={kind} onChoose={setKind} />
      <button class="b main" type="submit">
        Add
      </button>
    </form>
  )
}
