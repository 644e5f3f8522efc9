import type { RefObject } from 'preact'
import type { Finding } from '../../../src/domain/api/findings.ts'
import type { Wish } from '../outbox.ts'

/** What is being typed into a finding, and the finding as it was when the typing began. */
export interface Editing {
  readonly of: Finding
  readonly text: string
  readonly due: string
}

/** What was typed into other findings of the same review and neither saved nor left. */
export type Drafts = Map<string, Editing>

export const startEditing = (of: Finding): Editing => ({ of, text: of.text, due: of.due ?? '' })

/** Only what was changed: the other's change of something else is none to ask about. */
export const wishOf = ({ of, text, due }: Editing): Wish => ({
  ...(text.trim() === of.text ? {} : { text }),
  ...(of.kind === 'action-item' && due !== (of.due ?? '') ? { due: due || null } : {}),
})

export const FindingEdit = ({
  form,
  editing,
  onEdit,
  onSave,
  onLeave,
}: {
  form: RefObject<HTMLFormElement | null>
  editing: Editing
  onEdit: (editing: Editing) => void
  onSave: () => void
  onLeave: () => void
}) => (
  <form
    class="settle-form"
    ref={form}
    onSubmit={event => {
      event.preventDefault()
      onSave()
    }}
  >
    <div class="f">
      <label for="edit-text">Words</label>
      <textarea
        class="in said"
        id="edit-text"
        required
        maxLength={300}
        value={editing.text}
        onInput={event => onEdit({ ...editing, text: event.currentTarget.value })}
      />
    </div>
    {editing.of.kind === 'action-item' && (
      <div class="f">
        <label for="edit-due">Due</label>
        <input
          class="in"
          id="edit-due"
          type="date"
          value={editing.due}
          onInput={event => onEdit({ ...editing, due: event.currentTarget.value })}
        />
      </div>
    )}
    <p class="row">
      <button class="b main" type="submit">
        Save
      </button>
      <button class="b plain" type="button" onClick={onLeave}>
        Leave it
      </button>
    </p>
  </form>
)
