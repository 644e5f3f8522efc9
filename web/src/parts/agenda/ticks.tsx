import type { AgendaItem, AgendaPage } from '../../../../src/domain/api/agenda.ts'
import type { PairView } from '../../../../src/domain/api/pairs.ts'
import { type Agenda, agendaPath, isMine, tickItem } from '../../agenda-acts.ts'
import { firstName, otherOf } from '../../format.ts'
import { useLoaded } from '../../load.ts'

const isToTick = ({ state }: AgendaItem) => state === 'open' || state === 'reached'

const Tick = ({ agenda, item, current }: { agenda: Agenda; item: AgendaItem; current: boolean }) => {
  const done = item.state === 'reached'
  return (
    <li
      class={done ? 'promise done' : current ? 'promise here' : 'promise'}
      aria-current={current ? 'true' : undefined}
    >
      <input
        class="check"
        type="checkbox"
        aria-label={`Reached: ${item.text}`}
        checked={done}
        onChange={event => {
          // What it shows is what is stored, not what was pressed.
          event.currentTarget.checked = done
          void tickItem(agenda, item)
        }}
      />
      <p class="said">{item.text}</p>
    </li>
  )
}

/** The agenda as a list to tick while the two talk: the report's part first, the first open item is the current one. */
export const AgendaTicks = ({ pair, meeting }: { pair: PairView; meeting: string }) => {
  const path = agendaPath(pair.id, meeting)
  const { value, reload, set } = useLoaded<AgendaPage>(path, pair.id)
  const items = (value?.items ?? []).filter(isToTick)
  if (!value || items.length === 0) return null
  const agenda: Agenda = { pair, path, items: value.items, reload, show: now => set({ items: [...now] }) }
  const reached = items.filter(({ state }) => state === 'reached').length
  const current = items.find(({ state }) => state === 'open')?.id
  const other = firstName(otherOf(pair).name)
  const mine = items.filter(item => isMine(agenda, item))
  const theirs = items.filter(item => !isMine(agenda, item))
  const list = (rows: readonly AgendaItem[], words: string) =>
    rows.length > 0 && (
      <>
        <p class="side">{words}</p>
        <ul>
          {rows.map(item => (
            <Tick key={item.id} agenda={agenda} item={item} current={item.id === current} />
          ))}
        </ul>
      </>
    )
  return (
    <section aria-labelledby="ticks">
      <h2 id="ticks">
        Agenda
        <span class="count">
          {reached} of {items.length} reached
        </span>
      </h2>
      {pair.me === 'report' ? list(mine, 'You go first') : list(theirs, `${other} goes first`)}
      {pair.me === 'report' ? list(theirs, `Then ${other}`) : list(mine, 'Then you')}
      {current && <p class="small faint space-s">What you do not reach comes first next time.</p>}
    </section>
  )
}
