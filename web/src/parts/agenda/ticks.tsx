import type { ComponentChildren } from 'preact'
import type { AgendaItem, AgendaPage } from '../../../../src/domain/api/agenda.ts'
import type { PairView } from '../../../../src/domain/api/pairs.ts'
import { type Agenda, agendaPath, tickItem } from '../../agenda-acts.ts'
import { countWords, firstName, otherOf, shortDay } from '../../format.ts'
import { useLoaded } from '../../load.ts'
import { address } from '../../route.ts'

/** What is talked about: neither sent in writing nor carried on. */
const isToTick = ({ state }: AgendaItem) => state === 'open' || state === 'reached'

/** The agenda as a list to tick; the current item is the first that was not reached. */
export const useTicks = (pair: PairView, meeting: string) => {
  const path = agendaPath(pair.id, meeting)
  const { value, reload, set } = useLoaded<AgendaPage>(path, pair.id)
  const all = value?.items ?? []
  const items = all.filter(isToTick)
  const agenda: Agenda = { pair, path, items: all, reload, show: now => set({ items: [...now] }) }
  return {
    pair,
    all,
    items,
    reached: items.filter(({ state }) => state === 'reached').length,
    current: items.find(({ state }) => state === 'open'),
    tick: (item: AgendaItem) => tickItem(agenda, item),
  }
}
export type Ticks = ReturnType<typeof useTicks>

const Tick = ({ item, current, tick }: { item: AgendaItem } & Pick<Ticks, 'current' | 'tick'>) => {
  const isReached = item.state === 'reached'
  const isHere = item.id === current?.id
  return (
    <li
      class={`promise${isReached ? ' done' : ''}${isHere ? ' here' : ''}`}
      aria-current={isHere ? 'true' : undefined}
    >
      <input
        class="check"
        type="checkbox"
        aria-label={`Reached: ${item.text}`}
        checked={isReached}
        onChange={event => {
          // What it shows is what is stored, not what was pressed.
          event.currentTarget.checked = isReached
          void tick(item)
        }}
      />
      <p class="said">{item.text}</p>
    </li>
  )
}

/** The report's part first. */
const Sides = ({ pair, items, current, tick }: Ticks) => {
  const other = firstName(otherOf(pair).name)
  const sides = [
    { id: 'report', title: pair.me === 'report' ? 'You go first' : `${other} goes first` },
    { id: 'manager', title: pair.me === 'manager' ? 'Then you' : `Then ${other}` },
  ] as const
  return (
    <>
      {sides.map(({ id, title }) => {
        const own = items.filter(({ raisedBy }) => raisedBy === pair[id].id)
        return own.length === 0 ? null : (
          <div key={id}>
            <p class="side">{title}</p>
            <ul>
              {own.map(item => (
                <Tick key={item.id} item={item} current={current} tick={tick} />
              ))}
            </ul>
          </div>
        )
      })}
    </>
  )
}

/** On a narrow page: one strip above the note with the current item. */
export const TickStrip = ({ items, reached, current, tick }: Ticks) =>
  items.length === 0 ? null : (
    <details class="strip">
      <summary>
        <span class="said less">{current?.text ?? 'All of the agenda is reached'}</span>
        <span class="small">
          {reached} of {items.length}
        </span>
      </summary>
      <ol class="said less">
        {items.map(item => (
          <Tick key={item.id} item={item} current={current} tick={tick} />
        ))}
      </ol>
    </details>
  )

/** All of it, with what was reached counted in its heading. */
export const TickList = ({ ticks, empty }: { ticks: Ticks; empty?: ComponentChildren }) => (
  <section aria-labelledby="ticks">
    <h2 id="ticks">
      Agenda
      {ticks.items.length > 0 && (
        <span class="count">
          {ticks.reached} of {ticks.items.length} reached
        </span>
      )}
    </h2>
    {ticks.items.length === 0 && empty}
    <Sides {...ticks} />
    {ticks.current && <p class="small faint space-s">What you do not reach comes first next time.</p>}
  </section>
)

/** What stands in a later meeting now, and in which. */
const NotReached = ({ pair, all }: Ticks) => {
  const carried = all.filter(({ state }) => state === 'carried')
  if (carried.length === 0) return null
  return (
    <section aria-labelledby="not-reached">
      <h2 id="not-reached">Not reached</h2>
      {[...new Set(carried.map(({ carriedTo }) => carriedTo?.meeting))].map(meeting => {
        const there = carried.filter(({ carriedTo }) => carriedTo?.meeting === meeting)
        const day = there[0]?.carriedTo?.day
        return (
          <div key={meeting ?? ''}>
            {meeting !== undefined && day !== undefined && (
              <p class="quiet space-s">
                {countWords(there.length, 'item comes first on', 'items come first on')}{' '}
                <a href={address.before(pair.id, meeting)}>{shortDay(day)}</a>.
              </p>
            )}
            <ul class="agreed plain">
              {there.map(({ id, text }) => (
                <li class="said" key={id}>
                  {text}
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </section>
  )
}

/** After the meeting: what was reached may be ticked still, and where the rest has gone. */
export const TicksAfter = ({ pair, meeting }: { pair: PairView; meeting: string }) => {
  const ticks = useTicks(pair, meeting)
  return (
    <>
      {ticks.items.length > 0 && <TickList ticks={ticks} />}
      <NotReached {...ticks} />
    </>
  )
}
