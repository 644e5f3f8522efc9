import { useEffect, useState } from 'preact/hooks'
import type { Finding } from '../../../src/domain/api/findings.ts'
import type { MeetingPage, PairPage } from '../../../src/domain/api/pairs.ts'
import type { TranscriptView } from '../../../src/domain/api/transcripts.ts'
import { ask, patch, post, remove, sentence } from '../api.ts'
import { countWords, longDay, shortDay } from '../format.ts'
import { wordsOfFormat } from '../format-words.ts'
import { useLoaded } from '../load.ts'
import { address } from '../route.ts'
import { say } from '../say.ts'
import { Icon } from './icon.tsx'
import { Labels } from './labels.tsx'
import { Plate } from './signs.tsx'

interface Props {
  readonly page: MeetingPage
  readonly transcript: TranscriptView
  readonly found: readonly Finding[]
  readonly reload: () => Promise<void>
}

const steps = [
  { kind: 'read', words: 'Reading the file' },
  { kind: 'extract', words: 'Looking for promises, decisions and roadblocks' },
  { kind: 'link', words: 'Looking whether a roadblock came back' },
  { kind: 'embed', words: 'Making it searchable by meaning' },
] as const

/** The socket tells of progress; where it cannot be had, the page asks every few seconds. */
const useWatch = (active: boolean, reload: () => Promise<void>) =>
  useEffect(() => {
    if (!active) return
    const timer = setInterval(() => void reload(), 3_000)
    return () => clearInterval(timer)
  }, [active, reload])

const Steps = ({
  transcript,
  found,
  pair,
  reload,
}: {
  transcript: TranscriptView
  found: readonly Finding[]
  pair: string
  reload: () => Promise<void>
}) => {
  const { job } = transcript
  const at = steps.findIndex(({ kind }) => kind === job?.kind)
  const percent = Math.round((job?.progress ?? 0) * 100)
  const stop = () =>
    job &&
    post(`/pairs/${pair}/jobs/${job.id}/cancel`).then(reload, (failure: unknown) => say(sentence(failure)))
  return (
    <>
      <div
        class="progress"
        role="progressbar"
        aria-label="Reading the transcript"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <span style={{ width: `${percent}%` }} />
      </div>
      <ol class="road" aria-label="Steps">
        <li class="past">
          <span class="mark" aria-hidden="true">
            <Icon name="check" small />
          </span>
          <div>
            <p>Kept safe</p>
            <p class="small quiet">You can close this page now. It goes on by itself.</p>
          </div>
        </li>
        {steps.map(({ kind, words }, index) => (
          <li
            key={kind}
            class={index < at ? 'past' : index === at ? 'now' : 'next'}
            aria-current={index === at ? 'step' : undefined}
          >
            <span class="mark" aria-hidden="true">
              {index < at && <Icon name="check" small />}
            </span>
            <div>
              <p>
                {index === 0 && transcript.lineCount !== null
                  ? `Read: ${transcript.lineCount} lines, ${wordsOfFormat(transcript.format)}`
                  : words}
              </p>
            </div>
          </li>
        ))}
      </ol>
      <p class="row space">
        {found.length > 0 && (
          <a class="b" href={address.review(pair, transcript.id)}>
            Look at the first findings
          </a>
        )}
        <button class="b plain" type="button" onClick={() => void stop()}>
          Stop
        </button>
      </p>
      <p class="vh" role="status">
        {`Step ${at + 1} of ${steps.length}. ${countWords(found.length, 'finding', 'findings')} so far.`}
      </p>
    </>
  )
}

/** Puts a transcript that was added to the wrong meeting on the right one. */
const Move = ({ page, transcript, reload }: Omit<Props, 'found'>) => {
  const { value } = useLoaded<PairPage>(`/pairs/${page.pair.id}`)
  const [to, setTo] = useState('')
  const others = (value?.meetings ?? []).filter(({ id }) => id !== page.meeting.id)
  const path = `/pairs/${page.pair.id}/transcripts/${transcript.id}`
  const move = async (event: Event) => {
    event.preventDefault()
    try {
      const moved = await patch<TranscriptView>(path, { meeting: to, version: transcript.version })
      await reload()
      say('Moved, with everything found in it.', async () => {
        await patch(path, { meeting: page.meeting.id, version: moved.version })
        await reload()
      })
    } catch (failure) {
      say(sentence(failure))
    }
  }
  if (others.length === 0) return null
  return (
    <details>
      <summary>It belongs to another meeting</summary>
      <form class="row space" onSubmit={event => void move(event)}>
        <select
          class="in"
          aria-label="The meeting it belongs to"
          required
          value={to}
          onChange={event => setTo(event.currentTarget.value)}
        >
          <option value="">Choose a day</option>
          {others.map(meeting => (
            <option key={meeting.id} value={meeting.id}>
              {longDay(meeting.local)}
            </option>
          ))}
        </select>
        <button class="b" type="submit">
          Move it there
        </button>
      </form>
    </details>
  )
}

/** Where a transcript stands: on its way, unreadable, stuck in a step, or read. */
export const TranscriptState = ({ page, transcript, found, reload }: Props) => {
  const { job } = transcript
  const pair = page.pair.id
  const underWay = job !== null && (job.state === 'ready' || job.state === 'active') && job.kind !== 'embed'
  useWatch(underWay, reload)
  const discard = async () => {
    try {
      await remove(`/pairs/${pair}/transcripts/${transcript.id}`)
      say('It is gone, with all that came from it.')
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  }
  const change = (what: 'retry' | 'cancel') =>
    job &&
    ask('POST', `/pairs/${pair}/jobs/${job.id}/${what}`).then(reload, (failure: unknown) =>
      say(sentence(failure)),
    )

  if (transcript.refusal)
    return (
      <Plate
        title={transcript.fileName}
        acts={
          <button class="b" type="button" onClick={() => void discard()}>
            Discard it
          </button>
        }
      >
        {transcript.refusal.message} It is kept until you discard it.
      </Plate>
    )
  if (job?.state === 'failed')
    return (
      <Plate
        title={`${steps.find(({ kind }) => kind === job.kind)?.words ?? 'A step'} did not work`}
        acts={
          <>
            <button class="b" type="button" onClick={() => void change('retry')}>
              Try again
            </button>
            <button class="b plain" type="button" onClick={() => void change('cancel')}>
              Go on without it
            </button>
          </>
        }
      >
        {job.reason?.message} Everything before it is done and kept.
      </Plate>
    )
  return (
    <section aria-label={`Transcript ${transcript.fileName}`} class="keep">
      {underWay ? (
        <>
          <h2>Reading what was said</h2>
          <p class="file-row">
            <Icon name="file" />
            <span>{transcript.fileName}</span>
          </p>
          <Steps transcript={transcript} found={found} pair={pair} reload={reload} />
        </>
      ) : (
        <>
          <p class="small quiet">
            Transcript: {transcript.fileName}, {transcript.lineCount} lines,{' '}
            {wordsOfFormat(transcript.format)}. Added {shortDay(transcript.addedAt)} by{' '}
            {transcript.addedBy === page.pair.manager.id ? page.pair.manager.name : page.pair.report.name},
            who said that you both agreed. <a href={address.review(pair, transcript.id)}>Open it</a>
          </p>
          {transcript.notice && <p class="look small">{transcript.notice.message}</p>}
          {transcript.unknownLabels.length > 0 && (
            <Labels pair={page.pair} labels={transcript.unknownLabels} reload={reload} />
          )}
          <Move page={page} transcript={transcript} reload={reload} />
          <details>
            <summary>Take it away</summary>
            <p class="small quiet space">
              The file, its lines and everything found in it go, also what was confirmed.
            </p>
            <p class="space">
              <button class="b danger" type="button" onClick={() => void discard()}>
                Erase this transcript
              </button>
            </p>
          </details>
        </>
      )}
    </section>
  )
}
