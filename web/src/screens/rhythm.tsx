import type { RhythmMeeting, RhythmPage } from '../../../src/domain/api/rhythm.ts'
import type { ScreenProps } from '../screen.ts'
import { ApiFailure } from '../api.ts'
import { firstName, longDay, otherOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { Feed } from '../parts/rhythm/feed.tsx'
import { GivenBack, Kept } from '../parts/rhythm/kept.tsx'
import { Raised } from '../parts/rhythm/raised.tsx'
import { habitWords, namesOf, whenWords } from '../parts/rhythm/habit.ts'
import { CalendarStrip, fateOf } from '../parts/rhythm/strip.tsx'
import { BothSee, Failed, NothingHere, Title } from '../parts/signs.tsx'
import { address } from '../route.ts'

const Changed = ({ page, meeting }: { page: RhythmPage; meeting: RhythmMeeting }) => (
  <li>
    <a href={address.after(page.pair.id, meeting.id)}>{longDay(meeting.local)}</a>{' '}
    <span class="small quiet">
      {meeting.state === 'cancelled' && 'cancelled'}
      {meeting.state === 'missed' && 'missed'}
      {meeting.state !== 'cancelled' && meeting.state !== 'missed' && 'moved'}
      {namesOf(page, [meeting.moved?.by ?? null, meeting.state === 'cancelled' ? meeting.changedBy : null]) &&
        ` by ${namesOf(page, [meeting.state === 'cancelled' ? meeting.changedBy : (meeting.moved?.by ?? null)])}`}
    </span>
    {meeting.why && <span class="said less"> “{meeting.why}”</span>}
  </li>
)

/** Below so many the calendar stands alone: two or three meetings are no habit. */
const leastMeetings = 5

/** How the two keep this meeting: the habit, not a person. */
export const Rhythm = ({ me, onSignedOut, pair: id }: ScreenProps & { pair: string }) => {
  const { value, error, reload } = useLoaded<RhythmPage>(`/pairs/${id}/rhythm`, id)
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  const past = (value?.meetings ?? []).filter(meeting => meeting.past || meeting.state !== 'planned')
  const held = past.filter(({ state }) => state === 'held').length
  const changed = past.filter(meeting => ['moved', 'cancelled', 'missed'].includes(fateOf(meeting)))
  return (
    <>
      <Bar me={me} pair={value?.pair} section="rhythm" onSignedOut={onSignedOut} />
      <div class="spread">
        <main class="sheet" id="page">
          {error && !value ? <Failed error={error} again={() => void reload()} /> : null}
          {value && (
            <>
              <header>
                <Title title="Rhythm">Rhythm</Title>
                <p class="lede">
                  How the two of you keep this meeting. It describes the habit, not a person.
                </p>
                <p class="page-sees">
                  <BothSee>You and {firstName(otherOf(value.pair).name)} see this</BothSee>
                </p>
              </header>
              <section aria-labelledby="kept">
                <h2 id="kept">{past.length === 0 ? 'No meeting yet' : `Held ${held} of ${past.length}`}</h2>
                {past.length > 0 && <p class="quiet">{habitWords(value)}</p>}
                {value.meetings.length > 0 && <CalendarStrip page={value} />}
                {changed.length > 0 && (
                  <details>
                    <summary>Which were moved, cancelled or missed</summary>
                    <ul class="list">
                      {changed.toReversed().map(meeting => (
                        <Changed key={meeting.id} page={value} meeting={meeting} />
                      ))}
                    </ul>
                  </details>
                )}
              </section>
              {held >= leastMeetings && (
                <>
                  <section aria-labelledby="raises">
                    <h2 id="raises">Who raises the agenda</h2>
                    <Raised page={value} />
                  </section>
                  <section aria-labelledby="promises-kept">
                    <h2 id="promises-kept">Promises kept on time</h2>
                    <Kept page={value} />
                  </section>
                  <section aria-labelledby="given-back">
                    <h2 id="given-back">Minutes given back</h2>
                    <GivenBack page={value} />
                  </section>
                </>
              )}
            </>
          )}
        </main>
        {value && (
          <aside class="rail" aria-label="This 1:1">
            <section aria-labelledby="this-one">
              <h2 id="this-one">This 1:1</h2>
              <p class="small">{whenWords(value)}</p>
              <p class="small quiet">{value.pair.timezone}</p>
              <p class="space-s">
                <a class="b tiny" href={address.about(value.pair.id)}>
                  Change
                </a>
              </p>
            </section>
            <section aria-labelledby="feed">
              <h2 id="feed">Calendar</h2>
              <Feed />
            </section>
          </aside>
        )}
      </div>
      {value && <Dock pair={value.pair} section="rhythm" />}
    </>
  )
}
