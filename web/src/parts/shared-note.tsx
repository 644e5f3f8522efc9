import { useEffect, useRef, useState } from 'preact/hooks'
import type { MeetingPage } from '../../../src/domain/api/pairs.ts'
import { firstName, meOf, otherOf } from '../format.ts'
import type { Editor } from '../note/editor.ts'
import type { Standing } from '../note/room.ts'
import { useWatched, type Watched } from '../watched.ts'
import { BothSee, Failed } from './signs.tsx'

/** Milliseconds of rest after which "Saved" is said, once. */
const restBeforeSaying = 1_500

const timeWords = (at: Date): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at)

const wordsFor = ({ state, savedAt, problem }: Standing): string => {
  if (state === 'waiting') return problem ?? 'Not saved yet. It is kept in this browser.'
  return savedAt ? `Saved at ${timeWords(savedAt)}` : ''
}

/** How the note stands; it is silent while somebody types. */
const Saved = ({ of }: { of: Watched<Standing> }) => {
  const now = useWatched(of)
  const [words, setWords] = useState('')
  useEffect(() => {
    if (now.state === 'saving') return
    const timer = setTimeout(() => setWords(wordsFor(now)), restBeforeSaying)
    return () => clearTimeout(timer)
  }, [now])
  return (
    <span class={now.state === 'waiting' ? 'small look' : 'small quiet'} role="status" aria-label="The note">
      {words}
    </span>
  )
}

/** The note both write at once. Its editor comes when it is needed. */
export const SharedNote = ({ page }: { page: MeetingPage }) => {
  const { pair, meeting } = page
  const host = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor | null>(null)
  const [error, setError] = useState<unknown>(undefined)
  const [tries, setTries] = useState(0)
  const me = meOf(pair)
  const other = otherOf(pair)
  useEffect(() => {
    let opened: Editor | undefined
    let isGone = false
    const open = async () => {
      const { openEditor } = await import('../note/editor.ts')
      if (isGone || !host.current) return
      const names = new Map([
        [me.id, firstName(me.name)],
        [other.id, firstName(other.name)],
      ])
      opened = await openEditor({ host: host.current, pair: pair.id, meeting: meeting.id, me: me.id, names })
      if (isGone) opened.close()
      else setEditor(opened)
    }
    setError(undefined)
    open().catch(setError)
    return () => {
      isGone = true
      opened?.close()
      setEditor(null)
    }
    // Names do not change while one writes.
  }, [pair.id, meeting.id, tries])
  return (
    <section aria-labelledby="shared-note">
      <div class="head">
        <h2 id="shared-note">Note</h2>
        <p class="row">
          <BothSee>You and {firstName(other.name)} write here</BothSee>
          {editor && <Saved of={editor.standing} />}
        </p>
      </div>
      {error ? <Failed error={error} again={() => setTries(tries + 1)} /> : null}
      <div class="note-host said" ref={host} />
      <p class="small faint follows">
        Start a line with <b>[ ]</b> and a name to note a promise.
      </p>
    </section>
  )
}

/** A note as it can be read after the meeting. */
export const NoteRead = ({ text }: { text: string }) => (
  <div class="said note-read">
    {text
      .split('\n')
      .filter(line => line.trim() !== '')
      .map((line, index) => {
        const heading = /^#{1,3}\s+(.*)$/u.exec(line)
        return heading ? <h3 key={index}>{heading[1]}</h3> : <p key={index}>{line}</p>
      })}
  </div>
)
