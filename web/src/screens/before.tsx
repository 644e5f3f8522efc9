import type { MeetingPage, PairPage } from '../../../src/domain/api/pairs.ts'
import { countWords, longDay } from '../format.ts'
import { useLoaded } from '../load.ts'
import { AgendaSection } from '../parts/agenda/agenda.tsx'
import { OnlyYou } from '../parts/signs.tsx'
import { UpwardSlip } from '../parts/upward.tsx'
import { WhoReads } from '../parts/who-reads.tsx'
import { address } from '../route.ts'

/** More than the last two would push the promises out of sight. */
const mostPlates = 2

/** Before the meeting: what waits from last time, and the agenda, the report's part first. */
export const Before = ({ page }: { page: MeetingPage }) => {
  const { pair } = page
  const { value } = useLoaded<PairPage>(`/pairs/${pair.id}`, pair.id)
  const waiting = value?.meetings.filter(meeting => meeting.waiting > 0) ?? []
  return (
    <>
      {value && value.meetings.some(({ state }) => state === 'held') && (
        <section class="private brief-slip" aria-labelledby="brief-ready">
          <div>
            <h2 id="brief-ready">Your brief is ready</h2>
            <p class="quiet">One page, two minutes.</p>
          </div>
          <p class="row">
            <a class="b" href={address.brief(pair.id)}>
              Read it
            </a>
            <OnlyYou />
          </p>
        </section>
      )}
      {waiting.slice(0, mostPlates).map(meeting => (
        <section
          class="plate ask-plate"
          key={meeting.id}
          aria-label={`Findings of ${longDay(meeting.local)}`}
        >
          <div>
            <h2>{longDay(meeting.local)} is not settled yet</h2>
            <p class="quiet">
              {meeting.waiting} to go through. Nothing counts as promised until one of you says so.
            </p>
          </div>
          <a class="b main" href={address.after(pair.id, meeting.id)}>
            Look at them
          </a>
        </section>
      ))}
      {waiting.length > mostPlates && (
        <details>
          <summary>
            {countWords(waiting.length - mostPlates, 'earlier meeting', 'earlier meetings')} to settle
          </summary>
          <ul class="list">
            {waiting.slice(mostPlates).map(meeting => (
              <li key={meeting.id}>
                <a href={address.after(pair.id, meeting.id)}>{longDay(meeting.local)}</a>{' '}
                <span class="small quiet">{meeting.waiting} to go through</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <AgendaSection pair={pair} meeting={page.meeting.id} />
      {pair.me === 'report' && (
        <>
          <UpwardSlip pair={pair.id} />
          {value && (
            <WhoReads pair={pair} held={value.meetings.filter(({ state }) => state === 'held').length} />
          )}
        </>
      )}
    </>
  )
}
