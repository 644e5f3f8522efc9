import { useEffect, useRef, useState } from 'preact/hooks'
import type { AgendaPage } from '../../../../src/domain/api/agenda.ts'
import type { PairView } from '../../../../src/domain/api/pairs.ts'
import { type Agenda, agendaPath, isMine, removeItem } from '../../agenda-acts.ts'
import { onArrival, unsent } from '../../agenda-keeper.ts'
import { firstName, otherOf } from '../../format.ts'
import { useKeys } from '../../keys.ts'
import { useLoaded } from '../../load.ts'
import { shortcutsOn } from '../../theme.ts'
import { useWatched } from '../../watched.ts'
import { BothSee, Failed } from '../signs.tsx'
import { AddItem } from './add.tsx'
import { BeginWith, KeepTemplate, TemplateMenu } from './begin.tsx'
import { focusRow, Part } from './part.tsx'
import { Suggested } from './suggested.tsx'
import { WrittenUpdates } from './written.tsx'

/** What was sent in writing stands below, and what was carried stands in the next meeting. */
const isOnAgenda = ({ state }: { state: string }) => state === 'open' || state === 'reached'

const useAgenda = (pair: PairView, meeting: string) => {
  const path = agendaPath(pair.id, meeting)
  const { value, error, reload, set } = useLoaded<AgendaPage>(path, pair.id)
  const latest = useRef(value)
  latest.current = value
  useEffect(
    () =>
      onArrival((where, item) => {
        const now = latest.current
        if (where === path && now && !now.items.some(({ id }) => id === item.id))
          set({ items: [...now.items, item] })
      }),
    [path, set],
  )
  return { path, value, error, reload, show: (items: AgendaPage['items']) => set({ items }) }
}

/** The agenda of a meeting, the report's part first; the keys A, arrows, Alt with arrows, Enter, Delete. */
export const AgendaSection = ({ pair, meeting }: { pair: PairView; meeting: string }) => {
  const { path, value, error, reload, show } = useAgenda(pair, meeting)
  const waiting = useWatched(unsent).filter(item => item.path === path)
  const [at, setAt] = useState<string>()
  const [editing, setEditing] = useState<string | null>(null)
  const [keeping, setKeeping] = useState(false)
  useKeys({ a: () => document.querySelector<HTMLElement>('#agenda-add')?.focus() })
  if (error && !value) return <Failed error={error} again={() => void reload()} />
  if (!value) return null
  const agenda: Agenda = { pair, path, items: value.items, reload, show: items => show([...items]) }
  const rows = value.items.filter(isOnAgenda)
  const mine = rows.filter(item => isMine(agenda, item))
  const theirs = rows.filter(item => !isMine(agenda, item))
  const other = firstName(otherOf(pair).name)
  const stop = rows.some(({ id }) => id === at) ? at : rows[0]?.id
  const sent = new Set(value.items.map(({ id }) => id))
  const onTheWay = waiting.filter(({ id }) => !sent.has(id))

  const takeOff = (id: string) => {
    const item = rows.find(row => row.id === id)
    if (!item || !isMine(agenda, item)) return
    const index = rows.indexOf(item)
    const next = rows[index + 1] ?? rows[index - 1]
    void removeItem(agenda, item)
    requestAnimationFrame(() =>
      next ? focusRow(next.id) : document.querySelector<HTMLElement>('#agenda')?.focus(),
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset['item'] : undefined
    if (id === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) focusRow(rows[rows.findIndex(row => row.id === id) + step]?.id)
    else if (event.key === 'Enter' && mine.some(row => row.id === id)) setEditing(id)
    else if (event.key === 'Delete' && shortcutsOn()) takeOff(id)
    else return
    event.preventDefault()
  }
  const part = (whose: 'mine' | 'theirs', words: string) => [
    <div class="turn-of" key={`head-${whose}`}>
      <h3 id={`part-${whose}`}>{words}</h3>
    </div>,
    whose === 'theirs' && theirs.length === 0 && (
      <p class="quiet nothing" key="nothing">
        Nothing from {other} yet.
      </p>
    ),
    <Part
      key={`part-${whose}`}
      agenda={agenda}
      items={whose === 'mine' ? mine : theirs}
      waiting={whose === 'mine' ? onTheWay : []}
      titleId={`part-${whose}`}
      stop={stop}
      editing={editing}
      onEdit={setEditing}
    />,
  ]
  const isEmpty = rows.length === 0 && onTheWay.length === 0
  // Beside each other and with a key: the line in which somebody types stays the same one, whatever arrives.
  const end = [
    <Suggested key="suggested" agenda={agenda} meeting={meeting} />,
    <AddItem key="add" path={path} />,
  ]
  const myPart = [...part('mine', pair.me === 'report' ? 'You go first' : 'Then you'), ...end]
  const theirPart = part('theirs', pair.me === 'manager' ? `${other} goes first` : `Then ${other}`)
  const parts = isEmpty
    ? [<BeginWith key="begin" agenda={agenda} />, ...end]
    : pair.me === 'report'
      ? [...myPart, ...theirPart]
      : [...theirPart, ...myPart]
  return (
    <>
      <section
        class="agenda-both"
        aria-labelledby="agenda"
        onKeyDown={onKeyDown}
        onFocusIn={event =>
          event.target instanceof HTMLElement &&
          event.target.dataset['item'] &&
          setAt(event.target.dataset['item'])
        }
      >
        <div class="head">
          <h2 id="agenda" tabIndex={-1}>
            Agenda
          </h2>
          <span class="row">
            {!isEmpty && (
              <TemplateMenu agenda={agenda} onKeep={mine.length > 0 ? () => setKeeping(true) : null} />
            )}
            <BothSee>You and {other} see this</BothSee>
          </span>
        </div>
        {keeping && <KeepTemplate agenda={agenda} onDone={() => setKeeping(false)} />}
        {parts}
      </section>
      <WrittenUpdates agenda={agenda} />
    </>
  )
}
