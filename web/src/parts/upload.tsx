import { useRef, useState } from 'preact/hooks'
import type { MeetingPage } from '../../../src/domain/api/pairs.ts'
import type { UploadAnswer } from '../../../src/domain/api/transcripts.ts'
import { post, sentence } from '../api.ts'
import { acceptedFiles } from '../format-words.ts'
import { firstName, otherOf } from '../format.ts'
import { say } from '../say.ts'
import { BothSee, FieldError } from './signs.tsx'

/** Drop a file, choose one, or paste: with the statement that both agreed, without which nothing is sent. */
export const Upload = ({ page, onAdded }: { page: MeetingPage; onAdded: () => void }) => {
  const { pair, meeting } = page
  const [consent, setConsent] = useState(false)
  const [file, setFile] = useState<File>()
  const [text, setText] = useState('')
  const [over, setOver] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const chooser = useRef<HTMLInputElement>(null)
  const other = firstName(otherOf(pair).name)
  const path = `/pairs/${pair.id}/meetings/${meeting.id}/transcripts`

  const send = async (event: Event) => {
    event.preventDefault()
    if (!consent) return setError('Say first that you both agreed to this transcript.')
    if (!file && text.trim() === '') return setError('Choose a file, or paste what was said.')
    setBusy(true)
    try {
      const form = new FormData()
      form.append('consent', 'yes')
      if (file) form.append('file', file)
      const answer = await post<UploadAnswer>(path, file ? form : { text, consent: true })
      if (answer.already && answer.transcript.meeting !== meeting.id) {
        setError('This very file is on another meeting of yours already. Nothing was added.')
        return
      }
      say(
        answer.already
          ? 'This file was here already.'
          : 'Kept safe. You can close this page; reading goes on by itself.',
      )
      setFile(undefined)
      setText('')
      onAdded()
    } catch (failure) {
      setError(sentence(failure))
    } finally {
      setBusy(false)
    }
  }
  const take = (chosen: File | undefined) => {
    setFile(chosen)
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
        onSubmit={event => void send(event)}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer?.files[0])
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
          <span class="quiet">{file ? file.name : 'or paste it below'}</span>
        </p>
        <input
          ref={chooser}
          class="vh"
          type="file"
          accept={acceptedFiles}
          aria-label="Transcript file"
          tabIndex={-1}
          onChange={event => take(event.currentTarget.files?.[0])}
        />
        {!file && (
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
            {other} and I both agreed to this transcript
            <small>{other} sees that you added it, and can take it away again</small>
          </span>
        </label>
        {error && <FieldError id="upload-error">{error}</FieldError>}
        <button class="b main" type="submit" disabled={busy}>
          {busy ? 'Sending' : 'Add it'}
        </button>
      </form>
    </section>
  )
}
