import { useEffect, useRef, useState } from 'preact/hooks'
import type { MeetingPage, OwnNote as Note } from '../../../src/domain/api/pairs.ts'
import { put, sentence } from '../api.ts'
import { firstName, otherOf } from '../format.ts'
import { OnlyYou } from './signs.tsx'

const restBeforeSaving = 700

/** My own note: private paper, kept as it is typed; a version from another window is never overwritten. */
export const OwnNote = ({ page }: { page: MeetingPage }) => {
  const { pair, meeting } = page
  const [text, setText] = useState(page.ownNote.text)
  const [state, setState] = useState<'saved' | 'waiting' | 'failed'>('saved')
  const [conflict, setConflict] = useState<string>()
  const version = useRef(page.ownNote.version)
  const saved = useRef(page.ownNote.text)
  const path = `/pairs/${pair.id}/meetings/${meeting.id}/own-note`

  // What arrives from elsewhere shows when nothing here waits to be saved.
  useEffect(() => {
    if (text !== saved.current || page.ownNote.version <= version.current) return
    version.current = page.ownNote.version
    saved.current = page.ownNote.text
    setText(page.ownNote.text)
  }, [page.ownNote, text])

  useEffect(() => {
    if (text === saved.current) return
    setState('waiting')
    const timer = setTimeout(() => {
      put<Note>(path, { text, version: version.current }).then(
        note => {
          version.current = note.version
          saved.current = note.text
          setState('saved')
          setConflict(undefined)
        },
        (failure: unknown) => {
          setState('failed')
          setConflict(sentence(failure))
        },
      )
    }, restBeforeSaving)
    return () => clearTimeout(timer)
  }, [text, path])

  return (
    <section aria-labelledby="own-note">
      <div class="private">
        <div class="head">
          <h2 id="own-note">Your own note</h2>
          <OnlyYou>Only you. {firstName(otherOf(pair).name)} and administrators cannot read it</OnlyYou>
        </div>
        <textarea
          class="in said own-note"
          aria-label="Only you: your own note"
          value={text}
          onInput={event => setText(event.currentTarget.value)}
        />
        <p class="small quiet" aria-live="polite">
          {state === 'waiting'
            ? 'Saving'
            : state === 'failed'
              ? (conflict ?? 'Not saved yet. What you typed is still here.')
              : version.current > 0
                ? 'Saved'
                : 'Nothing here reads it but you.'}
        </p>
      </div>
    </section>
  )
}
