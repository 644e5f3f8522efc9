import type { PromiseView } from '../../../src/domain/api/findings.ts'
import type { PairPage, PairView } from '../../../src/domain/api/pairs.ts'
import { firstName, longDay, shortDay, standing } from '../format.ts'
import { useLoaded } from '../load.ts'
import { address } from '../route.ts'
import { bySide, PromiseRow } from './promise-row.tsx'

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
