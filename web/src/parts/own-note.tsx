import { useEffect, useRef } from 'preact/hooks'
import type { MeetingPage } from '../../../src/domain/api/pairs.ts'
import { firstName, otherOf } from '../format.ts'
import { decide, type Draft, draftOf, receive, typeNote } from '../note-keeper.ts'
import { useWatched } from '../watched.ts'
import { OnlyYou } from './signs.tsx'

const stateWords = ({ state, problem, saved }: Draft): string => {
  if (state === 'waiting') return 'Saving'
  if (state === 'failed') return problem ?? 'Not saved yet. What you typed is still here.'
  return saved.version > 0 ? 'Saved' : 'Nothing here reads it but you.'
}

/** My own note: private paper, kept as it is typed; a version from another window is never overwritten. */
export const OwnNote = ({
  page,
  reload,
  fold,
}: {
  page: MeetingPage
  reload: () => Promise<void>
  /** Folded away unless opened, where somebody may share a screen. */
  fold?: { readonly isOpen: boolean; readonly toggle: () => void }
}) => {
  const { pair, meeting, ownNote } = page
  const path = `/pairs/${pair.id}/meetings/${meeting.id}/own-note`
  const draft = useWatched(draftOf(path, ownNote))
  useEffect(() => receive(path, ownNote), [path, ownNote])
  const isConflict = draft.state === 'conflict'
  useEffect(() => void (isConflict && reload()), [isConflict, reload])
  const isFresh = ownNote.version > draft.saved.version
  const isOpen = fold?.isOpen ?? true
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => void (fold?.isOpen && field.current?.focus()), [fold?.isOpen])
  return (
    <section aria-labelledby="own-note">
      <div class="private">
        <div class="head">
          <h2 id="own-note">Your own note</h2>
          <OnlyYou>Only you. {firstName(otherOf(pair).name)} and administrators cannot read it</OnlyYou>
          {fold && (
            <button
              class="b plain tiny inline"
              type="button"
              aria-expanded={isOpen}
              aria-controls="own-note-text"
              onClick={fold.toggle}
            >
              {isOpen ? 'Fold away' : 'Open'} <kbd>P</kbd>
            </button>
          )}
        </div>
        <textarea
          ref={field}
          id="own-note-text"
          hidden={!isOpen}
          class="in said own-note"
          aria-label="Only you: your own note"
          value={draft.text}
          onInput={event => typeNote(path, event.currentTarget.value)}
        />
        {isConflict && isFresh ? (
          <div class="both-say" role="alert">
            <p>
              <b>Another window of yours changed it meanwhile.</b> There it says:
            </p>
            <p class="said">{ownNote.text}</p>
            <p class="row">
              <button
                class="b tiny"
                type="button"
                onClick={() => decide(path, `${ownNote.text}\n\n${draft.text}`, ownNote)}
              >
                Keep both
              </button>
              <button class="b plain tiny" type="button" onClick={() => decide(path, ownNote.text, ownNote)}>
                Take that one
              </button>
            </p>
          </div>
        ) : (
          <p class="small quiet" aria-live="polite" hidden={!isOpen}>
            {stateWords(draft)}
          </p>
        )}
      </div>
    </section>
  )
}
