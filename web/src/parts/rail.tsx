import type { PromiseView } from '../../../src/domain/api/findings.ts'
import type { PairPage, PairView } from '../../../src/domain/api/pairs.ts'
import type { RoadblockView } from '../../../src/domain/api/roadblocks.ts'
import { firstName, longDay, shortDay, standing } from '../format.ts'
import { useLoaded } from '../load.ts'
import { address } from '../route.ts'
import { bySide, PromiseRow } from './promise-row.tsx'
import { RailGrowth, RailRhythm } from './rail-lasting.tsx'
import { RoadblockRow } from './roadblock-row.tsx'

const Side = ({
  name,
  pair,
  promises,
  reload,
}: {
  name: string
  pair: PairView
  promises: readonly PromiseView[]
  reload: () => Promise<void>
}) =>
  promises.length === 0 ? null : (
    <>
      <p class="side">{name}</p>
      <ul>
        {promises.slice(0, 6).map(promise => (
          <PromiseRow key={promise.id} pair={pair} promise={promise} reload={reload} />
        ))}
      </ul>
    </>
  )

/** What stands in the way, those that need a decision first. */
const OpenRoadblocks = ({ pair }: { pair: PairView }) => {
  const { value } = useLoaded<{ roadblocks: RoadblockView[] }>(`/pairs/${pair.id}/roadblocks`, pair.id)
  const open = value?.roadblocks.filter(({ state }) => state === 'open') ?? []
  const first = open.toSorted((a, b) => Number(b.needsDecision) - Number(a.needsDecision))
  return (
    <section aria-labelledby="rail-roadblocks">
      <h2 id="rail-roadblocks">
        <a href={address.roadblocks(pair.id)}>Roadblocks</a>
        <span class="count">{open.length} open</span>
      </h2>
      {open.length === 0 && <p class="small quiet">Nothing is in the way.</p>}
      <ul class="stack">
        {first.slice(0, 4).map(roadblock => (
          <RoadblockRow key={roadblock.id} pair={pair} roadblock={roadblock} />
        ))}
      </ul>
    </section>
  )
}

/** What lasts: the open promises of both sides, the report's first, and the pages there are. */
export const Rail = ({ pair }: { pair: PairView }) => {
  const { value, reload } = useLoaded<PairPage>(`/pairs/${pair.id}`, pair.id)
  const promises = value?.promises ?? []
  const sides = bySide(pair, promises)
  const nameOf = (side: 'manager' | 'report') => (pair.me === side ? 'You' : firstName(pair[side].name))
  return (
    <aside class="rail" aria-label="What lasts">
      <section aria-labelledby="rail-promises">
        <h2 id="rail-promises">
          <a href={address.promises(pair.id)}>Promises</a>
          <span class="count">{promises.length} open</span>
        </h2>
        {promises.length === 0 && (
          <p class="small quiet">Nothing is open. What you confirm after a meeting stands here.</p>
        )}
        <Side name={nameOf('report')} pair={pair} promises={sides.report} reload={reload} />
        <Side name={nameOf('manager')} pair={pair} promises={sides.manager} reload={reload} />
        <Side name="Nobody yet" pair={pair} promises={sides.nobody} reload={reload} />
      </section>
      <OpenRoadblocks pair={pair} />
      <RailGrowth pair={pair} />
      <RailRhythm pair={pair} />
      <section aria-labelledby="rail-pages">
        <h2 id="rail-pages">Meetings</h2>
        <ul class="pages">
          {(value?.meetings ?? []).slice(0, 14).map(meeting => (
            <li key={meeting.id}>
              <a href={address.meeting(meeting)} title={longDay(meeting.local)}>
                {shortDay(meeting.local)}
              </a>{' '}
              <span class="small quiet">
                {meeting.waiting > 0 ? `${meeting.waiting} to settle` : standing(meeting).toLowerCase()}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  )
}
