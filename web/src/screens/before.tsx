import type { MeetingPage, PairPage } from '../../../src/domain/api/pairs.ts'
import { countWords, firstName, longDay, otherOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { bySide, PromiseRow } from '../parts/promise-row.tsx'
import { BothSee } from '../parts/signs.tsx'
import { address } from '../route.ts'

/** More than the last two would push the promises out of sight. */
const mostPlates = 2

/** Before the meeting: what both have promised, the report's first, and what waits from last time. */
export const Before = ({ page }: { page: MeetingPage }) => {
  const { pair } = page
  const { value, reload } = useLoaded<PairPage>(`/pairs/${pair.id}`, pair.id)
  const promises = value?.promises ?? []
  const sides = bySide(pair, promises)
  const nameOf = (side: 'manager' | 'report') => (pair.me === side ? 'You' : firstName(pair[side].name))
  const waiting = value?.meetings.filter(meeting => meeting.waiting > 0) ?? []
  const groups = [
    { id: 'report', title: nameOf('report'), rows: sides.report },
    { id: 'manager', title: nameOf('manager'), rows: sides.manager },
    { id: 'nobody', title: 'Nobody yet', rows: sides.nobody },
  ].filter(({ rows }) => rows.length > 0)
  return (
    <>
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
      <section aria-labelledby="open-promises">
        <div class="head">
          <h2 id="open-promises">What you have promised each other</h2>
          <BothSee>You and {firstName(otherOf(pair).name)} see this</BothSee>
        </div>
        {groups.length === 0 && (
          <div class="empty space">
            <p>Nothing is open.</p>
            <p class="quiet">
              After the meeting, add its transcript under After. What was promised stands here until it is
              kept.
            </p>
          </div>
        )}
        {groups.map(({ id, title, rows }) => (
          <div key={id}>
            <div class="turn-of">
              <h3>{title}</h3>
            </div>
            <ul class="agreed">
              {rows.map(promise => (
                <PromiseRow key={promise.id} pair={pair} promise={promise} reload={reload} full />
              ))}
            </ul>
          </div>
        ))}
      </section>
    </>
  )
}
