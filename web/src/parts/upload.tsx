import { useRef, useState } from 'preact/hooks'
import type { MeetingPage } from '../../../src/domain/api/pairs.ts'
import type { UploadAnswer } from '../../../src/domain/api/transcripts.ts'
import { post, sentence } from '../api.ts'
import { acceptedFiles } from '../format-words.ts'
import { countWords, firstName, otherOf } from '../format.ts'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'
import { BothSee, FieldError } from './signs.tsx'

/** One after the other, so that a slow line is not shared; what was refused stays, with its sentence. */
const sendFiles = async (path: string, meeting: string, files: readonly File[]) => {
  const added: UploadAnswer[] = []
  const left: { file: File; why: string }[] = []
  for (const file of files) {
    const form = new FormData()
    form.append('consent', 'yes')
    form.append('file', file)
    try {
      const answer = await post<UploadAnswer>(path, form)
      if (answer.already && answer.transcript.meeting !== meeting)
        left.push({ file, why: 'This very file is on another meeting of yours already. Nothing was added.' })
      else added.push(answer)
    } catch (failure) {
      left.push({ file, why: sentence(failure) })
    }
  }
  return { added, left }
}

const addedWords = (added: readonly UploadAnswer[]): string => {
  if (added.every(({ already }) => already))
    return added.length === 1 ? 'This file was here already.' : 'These files were here already.'
  return 'Kept safe. You can close this page; reading goes on by itself.'
}

/** Drop files, choose them, or paste: with the statement that both agreed, without which nothing is sent. */
export const Upload = ({
  page,
  onSending,
  onAdded,
}: {
  page: MeetingPage
  /** Several are sent one by one: the first is on the page before the last is here, and this must stay. */
  onSending: () => void
  onAdded: (all: boolean) => void
}) => {
  const { pair, meeting } = page
  const [consent, setConsent] = useState(false)
  const [files, setFiles] = useState<readonly File[]>([])
  const [text, setText] = useState('')
  const [over, setOver] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const chooser = useRef<HTMLInputElement>(null)
  const other = firstName(otherOf(pair).name)
  const path = `/pairs/${pair.id}/meetings/${meeting.id}/transcripts`

  const send = useOnce(async () => {
    if (!consent) return setError('Say first that you both agreed to this transcript.')
    if (files.length === 0 && text.trim() === '') return setError('Choose a file, or paste what was said.')
    setBusy(true)
    onSending()
    try {
      const pasted = new File([text], 'Pasted text', { type: 'text/plain' })
      const { added, left } = await sendFiles(path, meeting.id, files.length > 0 ? files : [pasted])
      setFiles(left.map(({ file }) => file).filter(file => file !== pasted))
      setError(left.map(({ file, why }) => (files.length > 1 ? `${file.name}: ${why}` : why)).join(' '))
      if (added.length === 0) return
      say(addedWords(added))
      setText('')
      onAdded(left.length === 0)
    } finally {
      setBusy(false)
    }
  })
  const take = (chosen: FileList | null | undefined) => {
    setFiles([...(chosen ?? [])])
    setError(undefined)
  }
  return (
    <section aria-labelledby="upload">
      <div class="head">
        <h2 id="upload">What was said</h2>
        <BothSee>You and {other} will see this</BothSee>
      </div>
      <form
        class={over ? 'drop over' : 'drop'}
        onSubmit={submits(send)}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer?.files)
        }}
      >
        <div>
          <p>
            <b>Drop the transcript here</b>, as Zoom, Teams, Google Meet or Otter saved it.
          </p>
          <p class="small quiet">
            Captions (VTT, SRT, SBV), text, Word, a saved web page, a table (CSV, TSV), or the JSON of a
            recogniser such as Whisper, Deepgram or AssemblyAI. Up to 16 MB.
          </p>
        </div>
        <p class="row">
          <button class="b" type="button" onClick={() => chooser.current?.click()}>
            Choose a file
          </button>
          <span class="quiet">
            {files.length === 0 ? 'or paste it below' : files.map(({ name }) => name).join(', ')}
          </span>
        </p>
        <input
          ref={chooser}
          class="vh"
          type="file"
          multiple
          accept={acceptedFiles}
          aria-label="Transcript file"
          tabIndex={-1}
          onChange={event => {
            take(event.currentTarget.files)
            // The same file can be chosen once more.
            event.currentTarget.value = ''
          }}
        />
        {files.length === 0 && (
          <textarea
            class="in said paste"
            aria-label="Or paste what was said"
            placeholder="Name: what was said"
            value={text}
            onInput={event => setText(event.currentTarget.value)}
          />
        )}
        <label class="pick">
          <input class="check" type="checkbox" checked={consent} onChange={() => setConsent(!consent)} />
          <span>
            {other} and I both agreed to {files.length > 1 ? 'these transcripts' : 'this transcript'}
            <small>{other} sees that you added it, and can take it away again</small>
          </span>
        </label>
        {error && <FieldError id="upload-error">{error}</FieldError>}
        <button class="b main" type="submit" disabled={busy}>
          {busy
            ? 'Sending'
            : files.length > 1
              ? `Add all ${countWords(files.length, '', '').trim().toLowerCase()}`
              : 'Add it'}
        </button>
      </form>
      <p class="small quiet space">
        Many old ones? <a href="/transcripts">Add a whole folder at once.</a>
      </p>
    </section>
  )
}
