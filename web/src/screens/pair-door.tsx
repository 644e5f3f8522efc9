import { useEffect } from 'preact/hooks'
import type { PairPage } from '../../../src/domain/api/pairs.ts'
import type { ScreenProps } from '../screen.ts'
import { ApiFailure } from '../api.ts'
import { tenseOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { PlanNext } from '../parts/plan-next.tsx'
import { Rail } from '../parts/rail.tsx'
import { Failed, NothingHere, Title } from '../parts/signs.tsx'
import { address, go } from '../route.ts'

/** "This week": the page of the next meeting, else of the last one; without any, the way to plan one. */
export const PairDoor = ({ me, onSignedOut, pair }: ScreenProps & { pair: string }) => {
  const { value, error, reload } = useLoaded<PairPage>(`/pairs/${pair}`, pair)
  const waiting = value?.meetings.find(meeting => meeting.waiting > 0)
  useEffect(() => {
    if (!value) return
    const last = value.meetings[0]
    // A meeting that is held now comes first, then what was found and not yet settled.
    if (value.next && tenseOf(value.next) === 'during') go(address.meeting(value.next), true)
    else if (waiting) go(address.after(pair, waiting.id), true)
    else if (value.next) go(address.meeting(value.next), true)
    else if (last) go(address.after(pair, last.id), true)
  }, [value, waiting, pair])
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  return (
    <>
      <Bar me={me} pair={value?.pair} section="week" onSignedOut={onSignedOut} />
      {value && (
        <div class="spread">
          <main class="sheet" id="page">
            <Title title="This week">No meeting is planned yet</Title>
            <PlanNext pair={value.pair} onPlanned={meeting => go(address.before(pair, meeting.id))} />
          </main>
          <Rail pair={value.pair} />
        </div>
      )}
      {error && !value ? (
        <main class="spread single" id="page">
          <Failed error={error} again={() => void reload()} />
        </main>
      ) : null}
      {value && <Dock pair={value.pair} section="week" />}
    </>
  )
}
