import type { GrowthPage } from '../../../src/domain/api/growth.ts'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import type { RhythmPage } from '../../../src/domain/api/rhythm.ts'
import { countWords, timeOf, weekday } from '../format.ts'
import { useLoaded } from '../load.ts'
import { address } from '../route.ts'
import { habitWords } from './rhythm/habit.ts'
import { SmallStrip } from './rhythm/strip.tsx'

/** Where the report wants to go, and how long ago that was really talked about. */
export const RailGrowth = ({ pair }: { pair: PairView }) => {
  const { value } = useLoaded<GrowthPage>(`/pairs/${pair.id}/growth`, pair.id)
  if (!value) return null
  const goal = value.goals.find(({ kind, state }) => kind === 'goal' && state === 'open')
  const { last } = value.clock
  const ago =
    last === null
      ? 'Not talked about yet'
      : last.days === 0
        ? 'Talked about today'
        : `Last talked about ${countWords(last.days, 'day', 'days').toLowerCase()} ago`
  return (
    <section aria-labelledby="rail-growth">
      <h2 id="rail-growth">
        <a href={address.growth(pair.id)}>Growth</a>
      </h2>
      {goal ? <p class="said less">{goal.text}</p> : <p class="small quiet">No goal yet.</p>}
      <p class="small quiet">{ago}</p>
    </section>
  )
}

/** How the two keep the meeting; below five of them there is no habit to tell of. */
export const RailRhythm = ({ pair }: { pair: PairView }) => {
  const { value } = useLoaded<RhythmPage>(`/pairs/${pair.id}/rhythm`, pair.id)
  if (!value) return null
  const past = value.meetings.filter(meeting => meeting.past || meeting.state !== 'planned')
  const held = past.filter(({ state }) => state === 'held').length
  return (
    <section aria-labelledby="rail-rhythm">
      <h2 id="rail-rhythm">
        <a href={address.rhythm(pair.id)}>Rhythm</a>
        {value.start && pair.cadenceDays % 7 === 0 && (
          <span class="count">
            {weekday(value.start)}s, {timeOf(value.start)}
          </span>
        )}
      </h2>
      {value.meetings.length > 0 && <SmallStrip page={value} />}
      <p class="small quiet">
        {past.length < 5
          ? 'It tells more after five meetings.'
          : `Held ${held} of ${past.length}. ${habitWords(value)}`}
      </p>
    </section>
  )
}
