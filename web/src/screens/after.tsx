import { useState } from 'preact/hooks'
import type { Finding } from '../../../src/domain/api/findings.ts'
import type { MeetingPage } from '../../../src/domain/api/pairs.ts'
import type { JobView, TranscriptView } from '../../../src/domain/api/transcripts.ts'
import { countWords, firstName, otherOf, ownerWords } from '../format.ts'
import { DidYouMeet } from '../parts/did-you-meet.tsx'
import { TicksAfter } from '../parts/agenda/ticks.tsx'
import { EraseMeeting } from '../parts/erase-meeting.tsx'
import { Icon } from '../parts/icon.tsx'
import { DueDay } from '../parts/promise-row.tsx'
import { PlanNext } from '../parts/plan-next.tsx'
import { NotedPromises } from '../parts/noted-promises.tsx'
import { NoteRead } from '../parts/shared-note.tsx'
import { BothSee } from '../parts/signs.tsx'
import { TranscriptState } from '../parts/transcript-state.tsx'
import { Upload } from '../parts/upload.tsx'
import { address, go } from '../route.ts'

/** Still to be waited for, or stuck: making it searchable goes on behind. */
const isBusy = (job: JobView | null) =>
  job !== null && job.kind !== 'embed' && ['ready', 'active', 'failed'].includes(job.state)

const settledStates = new Set(['confirmed', 'open', 'done', 'dropped'])

const Found = ({
  page,
  title,
  id,
  rows,
}: {
  page: MeetingPage
  title: string
  id: string
  rows: readonly Finding[]
}) =>
  rows.length === 0 ? null : (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="agreed plain">
        {rows.map(row => (
          <li key={row.id}>
            <p class="said">{row.text}</p>
            <p class="meta">
              {row.kind === 'action-item' && (
                <>
                  <span>{ownerWords(page.pair, row.owner)}</span>
                  {row.state === 'open' ? (
                    <DueDay due={row.due} />
                  ) : (
                    <span>{row.state === 'done' ? 'Kept' : 'Dropped'}</span>
                  )}
                </>
              )}
              {row.kind === 'roadblock' && <span>{row.status === 'resolved' ? 'Resolved' : 'Raised'}</span>}
              {row.note && row.evidence[0] && <span>line {row.evidence[0].line} of the note</span>}
              {row.transcript && row.evidence[0] && (
                <a class="src" href={address.review(page.pair.id, row.transcript, row.evidence[0].line)}>
                  <Icon name="quote" />
                  line {row.evidence[0].line}
                </a>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )

/** After the meeting: the transcript on its way, what waits, and what was settled. */
export const After = ({ page, reload }: { page: MeetingPage; reload: () => Promise<void> }) => {
  const { pair, transcripts, findings } = page
  const [adding, setAdding] = useState(false)
  const proposed = findings.filter(({ state }) => state === 'proposed')
  const waiting = proposed.filter(({ note }) => note === null)
  const noted = proposed.filter(({ note }) => note !== null)
  const settled = findings.filter(({ state }) => settledStates.has(state))
  const readable = transcripts.find(({ state }) => state === 'read')
  const quiet =
    readable &&
    findings.length === 0 &&
    (!readable.job || readable.job.kind === 'embed' || readable.job.state === 'done')
  const isUnderWay = transcripts.some(({ job }) => isBusy(job))
  // Reading is watched from the top of the page; what was read stands below what came of it.
  const isSettled = ({ state, job, unknownLabels }: TranscriptView) =>
    state === 'read' && !isBusy(job) && unknownLabels.length === 0
  const unsettled = transcripts.filter(transcript => !isSettled(transcript))
  const show = (transcript: TranscriptView) => (
    <TranscriptState
      key={transcript.id}
      page={page}
      transcript={transcript}
      found={findings}
      reload={reload}
    />
  )
  const kinds = (kind: Finding['kind']) => settled.filter(row => row.kind === kind)
  return (
    <>
      <DidYouMeet pair={pair} meeting={page.meeting} reload={reload} />
      {unsettled.map(show)}
      {readable && waiting.length > 0 && !isUnderWay && (
        <section aria-labelledby="to-settle" class="plate ask-plate">
          <div>
            <h2 id="to-settle">{countWords(waiting.length, 'finding waits', 'findings wait')}</h2>
            <p class="quiet">
              {settled.length > 0 ? `${countWords(settled.length, 'is', 'are')} settled. ` : ''}Nothing counts
              as promised until one of you says so.
            </p>
          </div>
          <a class="b main" href={address.review(pair.id, waiting[0]?.transcript ?? readable.id)}>
            Go through them
          </a>
        </section>
      )}
      {quiet && !isUnderWay && (
        <div class="empty space">
          <p>No promise was found in this meeting.</p>
          <p class="quiet">
            {readable.lineCount} lines. That happens, and it may be right. If one is missing, mark its words
            in the <a href={address.review(pair.id, readable.id)}>transcript</a>.
          </p>
        </div>
      )}
      {settled.length > 0 && (
        <p class="page-sees">
          <BothSee>You and {firstName(otherOf(pair).name)} see this page</BothSee>
        </p>
      )}
      <TicksAfter pair={pair} meeting={page.meeting.id} />
      <NotedPromises page={page} rows={noted} reload={reload} />
      <Found page={page} id="promised" title="Promised" rows={kinds('action-item')} />
      <Found page={page} id="decided" title="Decided" rows={kinds('decision')} />
      <Found page={page} id="stuck" title="Stuck" rows={kinds('roadblock')} />
      {page.note && (
        <section aria-labelledby="note-read">
          <div class="head">
            <h2 id="note-read">Note</h2>
            <a class="small" href={address.during(pair.id, page.meeting.id)}>
              Write on
            </a>
          </div>
          <NoteRead text={page.note.text} />
        </section>
      )}
      {transcripts.length === 0 || adding ? (
        <Upload
          page={page}
          onSending={() => setAdding(true)}
          onAdded={all => (setAdding(!all), void reload())}
        />
      ) : (
        <p class="row hang space">
          <button class="b plain" type="button" onClick={() => setAdding(true)}>
            Add another transcript
          </button>
        </p>
      )}
      {transcripts.filter(isSettled).map(show)}
      {!page.following && page.meeting.state === 'held' && (
        <PlanNext
          pair={pair}
          after={page.meeting.local}
          onPlanned={meeting => go(address.before(pair.id, meeting.id))}
        />
      )}
      <EraseMeeting page={page} />
    </>
  )
}
