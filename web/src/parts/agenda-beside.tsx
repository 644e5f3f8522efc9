import { useEffect } from 'preact/hooks'
import type { MeetingPage, PairPage } from '../../../src/domain/api/pairs.ts'
import { firstName, otherOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { address } from '../route.ts'
import { TickList, type Ticks } from './agenda/ticks.tsx'

/** Also while one writes: Alt and A ticks the current item. */
export const useTickKey = ({ current, tick }: Ticks): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.code !== 'KeyA') return
      event.preventDefault()
      if (current) void tick(current)
    }
    addEventListener('keydown', listen, true)
    return () => removeEventListener('keydown', listen, true)
  })
}

/** In the margin: the agenda to tick, the report's part first, and what lasts in three lines. */
export const AgendaBeside = ({ page: { pair, meeting }, ticks }: { page: MeetingPage; ticks: Ticks }) => {
  const { value } = useLoaded<PairPage>(`/pairs/${pair.id}`, pair.id)
  return (
    <aside class="rail beside" aria-label="Agenda and what lasts">
      <TickList
        ticks={ticks}
        empty={
          <p class="small quiet">
            Nothing is on the agenda. <a href={address.before(pair.id, meeting.id)}>Add something</a>
          </p>
        }
      />
      <section class="folded" aria-label="What lasts">
        <ul>
          <li>
            <a href={address.promises(pair.id)}>Promises</a>
            <span class="count">{value ? `${value.promises.length} open` : ''}</span>
          </li>
          <li>
            <a href={address.roadblocks(pair.id)}>Roadblocks</a>
          </li>
          <li>
            <a href={address.growth(pair.id)}>Growth</a>
          </li>
        </ul>
      </section>
    </aside>
  )
}

/** "Until 10:40. Tunde is here." */
export const duringWords = (page: MeetingPage, isOtherHere: boolean): string => {
  const end = new Date(Date.parse(`${page.meeting.local}:00Z`) + page.meeting.minutes * 60_000)
  const until = `Until ${end.toISOString().slice(11, 16)}.`
  const other = firstName(otherOf(page.pair).name)
  return isOtherHere ? `${until} ${other} is here.` : until
}
