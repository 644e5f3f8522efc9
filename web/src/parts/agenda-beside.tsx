import { useEffect } from 'preact/hooks'
import type { AgendaItem, AgendaPage } from '../../../src/domain/api/agenda.ts'
import type { MeetingPage, PairPage } from '../../../src/domain/api/pairs.ts'
import { patch, sentence } from '../api.ts'
import { firstName, otherOf } from '../format.ts'
import { type Loaded, useLoaded } from '../load.ts'
import { address } from '../route.ts'
import { announce, say } from '../say.ts'

/** What is talked about: neither removed, nor sent in writing, nor carried on. */
const stands = ({ state }: AgendaItem): boolean => state === 'open' || state === 'reached'
const agendaPath = ({ pair, meeting }: MeetingPage): string =>
  `/pairs/${pair.id}/meetings/${meeting.id}/agenda`

/** The agenda to tick while one talks; the current item is the first that was not reached. */
export const useAgenda = (page: MeetingPage) => {
  const loaded: Loaded<AgendaPage> = useLoaded<AgendaPage>(agendaPath(page), page.pair.id)
  const items = loaded.value?.items.filter(stands) ?? []
  const current = items.find(({ state }) => state === 'open')
  const tick = async ({ id, state, version, text }: AgendaItem) => {
    const next = state === 'open' ? 'reached' : 'open'
    try {
      const changed = await patch<AgendaItem>(`${agendaPath(page)}/${id}`, { version, state: next })
      if (loaded.value)
        loaded.set({ items: loaded.value.items.map(item => (item.id === id ? changed : item)) })
      announce(next === 'reached' ? `Reached: ${text}` : `Not reached: ${text}`)
    } catch (failure) {
      say(sentence(failure))
    }
    await loaded.reload()
  }
  // Also while one writes: Alt and A ticks the current item.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.code !== 'KeyA') return
      event.preventDefault()
      if (current) void tick(current)
    }
    addEventListener('keydown', listen, true)
    return () => removeEventListener('keydown', listen, true)
  })
  return { items, current, tick }
}
type Agenda = ReturnType<typeof useAgenda>

const reachedOf = (items: readonly AgendaItem[]) => items.filter(({ state }) => state === 'reached').length

const Row = ({ item, current, tick }: { item: AgendaItem } & Pick<Agenda, 'current' | 'tick'>) => {
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
          event.currentTarget.checked = isReached
          void tick(item)
        }}
      />
      <p class="said">{item.text}</p>
    </li>
  )
}

/** On a narrow page: one strip above the note with the current item. */
export const AgendaStrip = ({ items, current, tick }: Agenda) =>
  items.length === 0 ? null : (
    <details class="strip">
      <summary>
        <span class="said less">{current?.text ?? 'All of the agenda is reached'}</span>
        <span class="small">
          {reachedOf(items)} of {items.length}
        </span>
      </summary>
      <ol class="said less">
        {items.map(item => (
          <Row key={item.id} item={item} current={current} tick={tick} />
        ))}
      </ol>
    </details>
  )

/** In the margin: the agenda to tick, the report's part first, and what lasts in three lines. */
export const AgendaBeside = ({ page, agenda }: { page: MeetingPage; agenda: Agenda }) => {
  const { pair } = page
  const { items } = agenda
  const { value } = useLoaded<PairPage>(`/pairs/${pair.id}`, pair.id)
  const nameOf = (side: 'manager' | 'report') => (pair.me === side ? 'you' : firstName(pair[side].name))
  const sides = [
    { id: 'report', title: pair.me === 'report' ? 'You go first' : `${nameOf('report')} goes first` },
    { id: 'manager', title: `Then ${nameOf('manager')}` },
  ] as const
  return (
    <aside class="rail beside" aria-label="Agenda and what lasts">
      <section aria-labelledby="beside-agenda">
        <h2 id="beside-agenda">
          Agenda
          {items.length > 0 && (
            <span class="count">
              {reachedOf(items)} of {items.length} reached
            </span>
          )}
        </h2>
        {items.length === 0 && (
          <p class="small quiet">
            Nothing is on the agenda. <a href={address.before(pair.id, page.meeting.id)}>Add something</a>
          </p>
        )}
        {sides.map(({ id, title }) => {
          const own = items.filter(({ raisedBy }) => raisedBy === pair[id].id)
          return own.length === 0 ? null : (
            <div key={id}>
              <p class="side">{title}</p>
              <ul>
                {own.map(item => (
                  <Row key={item.id} item={item} current={agenda.current} tick={agenda.tick} />
                ))}
              </ul>
            </div>
          )
        })}
        {items.length > 0 && <p class="small faint space">What you do not reach comes first next time.</p>}
      </section>
      <section class="folded" aria-label="What lasts">
        <ul>
          <li>
            <a href={address.promises(pair.id)}>Promises</a>
            <span class="count">{value ? `${value.promises.length} open` : ''}</span>
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
