import { useEffect, useRef, useState } from 'preact/hooks'
import type { PairRow } from '../../../src/domain/api/pairs.ts'
import type { TranscriptRow } from '../../../src/domain/api/transcripts.ts'
import type { ScreenProps } from '../screen.ts'
import { get } from '../api.ts'
import { batch, isComplete, sendBatch, takeFiles } from '../folder/batch.ts'
import { gatherChosen, gatherDropped, type Gathered } from '../folder/gather.ts'
import { acceptedFiles } from '../format-words.ts'
import { countWords } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar } from '../parts/bar.tsx'
import { FolderRows } from '../parts/folder-rows.tsx'
import { FolderReport } from '../parts/folder-report.tsx'
import { FieldError, Failed, Title } from '../parts/signs.tsx'
import { useWatched } from '../watched.ts'

const lookEvery = 2_000

/** Where the reading of what was sent stands; asked for while some of it is under way. */
const useReading = (): ReadonlyMap<string, TranscriptRow> => {
  const { files } = useWatched(batch)
  const [rows, setRows] = useState<ReadonlyMap<string, TranscriptRow>>(new Map())
  const sent = files.filter(({ transcript }) => transcript !== null)
  const isOver = sent.every(({ transcript }) => {
    const row = rows.get(transcript ?? '')
    return row && row.state !== 'waiting' && row.work !== 'under-way'
  })
  const pairs = [...new Set(sent.map(({ pair }) => pair))].join()
  useEffect(() => {
    if (isOver) return
    const look = async () => {
      const lists = await Promise.all(
        pairs.split(',').map(pair => get<{ transcripts: TranscriptRow[] }>(`/pairs/${pair}/transcripts`)),
      ).catch(() => [])
      if (lists.length > 0)
        setRows(new Map(lists.flatMap(({ transcripts }) => transcripts.map(row => [row.id, row] as const))))
    }
    void look()
    const timer = setInterval(() => void look(), lookEvery)
    return () => clearInterval(timer)
  }, [isOver, pairs])
  return rows
}

const Drop = ({ onTake }: { onTake: (gathered: Promise<Gathered[]>) => void }) => {
  const [over, setOver] = useState(false)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  // No attribute of the language knows folders yet; browsers do.
  useEffect(() => void (folder.current && (folder.current.webkitdirectory = true)), [])
  const chosen = (event: { currentTarget: HTMLInputElement }) => {
    onTake(Promise.resolve(gatherChosen(event.currentTarget.files)))
    event.currentTarget.value = ''
  }
  return (
    <div
      class={over ? 'drop over' : 'drop'}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        if (event.dataTransfer) onTake(gatherDropped(event.dataTransfer))
      }}
    >
      <p>
        <b>Drop a folder here</b>, or any number of files.
      </p>
      <p class="row">
        <button class="b" type="button" onClick={() => folder.current?.click()}>
          Choose a folder
        </button>
        <button class="b plain" type="button" onClick={() => files.current?.click()}>
          Choose files
        </button>
      </p>
      <input ref={folder} class="vh" type="file" aria-label="Folder" tabIndex={-1} onChange={chosen} />
      <input
        ref={files}
        class="vh"
        type="file"
        multiple
        accept={acceptedFiles}
        aria-label="Files"
        tabIndex={-1}
        onChange={chosen}
      />
    </div>
  )
}

/** Sends what is complete, after the statement that everybody agreed. */
const Send = ({ ready, missing }: { ready: number; missing: number }) => {
  const [consent, setConsent] = useState(false)
  const [error, setError] = useState<string>()
  const send = () => {
    if (!consent) return setError('Say first that you both agreed to each of them.')
    setError(undefined)
    void sendBatch()
  }
  return (
    <section aria-label="Add them">
      <label class="pick">
        <input class="check" type="checkbox" checked={consent} onChange={() => setConsent(!consent)} />
        <span>
          The two of us agreed to each of these transcripts
          <small>The other one sees that you added it, and can take it away again</small>
        </span>
      </label>
      {error && <FieldError id="folder-error">{error}</FieldError>}
      <p class="row space">
        <button class="b main" type="button" onClick={send}>
          {ready === 1 ? 'Add it' : `Add all ${ready}`}
        </button>
        {missing > 0 && (
          <span class="small look">
            {countWords(missing, 'waits for your answer', 'wait for your answer')} and will not be sent.
          </span>
        )}
      </p>
    </section>
  )
}

/** A folder of old transcripts at once: each to its 1:1 by the names in it, to its meeting by its day. */
export const OldTranscripts = ({ me, onSignedOut }: ScreenProps) => {
  const { value, error, reload } = useLoaded<{ pairs: PairRow[] }>('/pairs')
  const rows = (value?.pairs ?? []).filter(({ pair }) => !pair.sample)
  const { files, leftOut, sending } = useWatched(batch)
  const reading = useReading()
  const waiting = files.filter(({ state }) => state === 'ready')
  const ready = waiting.filter(isComplete)
  const take = (gathered: Promise<Gathered[]>) =>
    void gathered.then(found => takeFiles(found, rows)).catch(() => undefined)
  return (
    <>
      <Bar me={me} onSignedOut={onSignedOut} />
      <main class="spread single" id="page">
        <div class="sheet">
          <header>
            <Title title="Old transcripts">Old transcripts</Title>
            <p class="lede">
              A folder of them at once. Each goes to its meeting by the day in its name, and to its 1:1 by the
              names in it. Nothing is sent before you have looked.
            </p>
          </header>
          {error && !value ? <Failed error={error} again={() => void reload()} /> : null}
          {value && rows.length === 0 && (
            <p class="space">
              They need a 1:1 to belong to. <a href="/new">Start one first.</a>
            </p>
          )}
          {rows.length > 0 && !sending && (
            <div class="space">
              <Drop onTake={take} />
            </div>
          )}
          <FolderReport files={files} leftOut={leftOut} reading={reading} sending={sending} rows={rows} />
          {!sending && waiting.length > 0 && (
            <>
              <FolderRows rows={rows} files={waiting} />
              {ready.length > 0 && <Send ready={ready.length} missing={waiting.length - ready.length} />}
            </>
          )}
        </div>
      </main>
    </>
  )
}
