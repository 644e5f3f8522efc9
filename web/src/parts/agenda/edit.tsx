import { useEffect, useRef, useState } from 'preact/hooks'
import type { AgendaItem } from '../../../../src/domain/api/agenda.ts'
import { type Agenda, changeItem } from '../../agenda-acts.ts'
import { ApiFailure, isOffline, sentence } from '../../api.ts'
import { back } from '../../connection.ts'
import { kindOf } from '../../kinds.ts'
import { submits, useOnce } from '../../once.ts'
import { FieldError } from '../signs.tsx'
import { KindField } from './kind-field.tsx'

/** An item's words being changed in its place. What could not be stored stays in the field and is tried again. */
export const EditItem = ({
  agenda,
  item,
  onDone,
}: {
  agenda: Agenda
  item: AgendaItem
  onDone: () => void
}) => {
  const [text, setText] = useState(item.text)
  const [kind, setKind] = useState<string>(item.kind ?? '')
  const [problem, setProblem] = useState<string>()
  const [waits, setWaits] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  const save = useOnce(async () => {
    if (text.trim() === '') return setProblem('Say what it is about, or take it off the agenda.')
    try {
      await changeItem(agenda, item, { text: text.trim(), kind: kindOf(kind) })
      await agenda.reload()
      onDone()
    } catch (failure) {
      setWaits(isOffline(failure))
      setProblem(isOffline(failure) ? 'Not saved yet, trying again' : sentence(failure))
      // Pressed again, it goes over what it says now.
      if (failure instanceof ApiFailure && failure.status === 409) await agenda.reload()
    }
  })
  useEffect(() => (waits ? back.watch(() => void save()) : undefined), [waits, save])
  return (
    <li class="item editing">
      <form
        class="item-edit"
        aria-label={`Change: ${item.text}`}
        onSubmit={submits(save)}
        onKeyDown={event => event.key === 'Escape' && onDone()}
      >
        <input
          ref={field}
          class="in said"
          aria-label="Words"
          maxLength={500}
          value={text}
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? `edit-${item.id}` : undefined}
          onInput={event => setText(event.currentTarget.value)}
        />
        <KindField value={kind} onChoose={setKind} />
        <p class="row">
          <button class="b" type="submit">
            Save
          </button>
          <button class="b plain" type="button" onClick={onDone}>
            Leave it
          </button>
        </p>
        {problem && <FieldError id={`edit-${item.id}`}>{problem}</FieldError>}
      </form>
    </li>
  )
}
