import { useState } from 'preact/hooks'
import type { AgendaItem } from '../../../../src/domain/api/agenda.ts'
import { type Agenda, isMine, orderMine } from '../../agenda-acts.ts'
import type { Unsent } from '../../agenda-keeper.ts'
import { kindWords } from '../../kinds.ts'
import { EditItem } from './edit.tsx'
import { ItemRow, type RowActs } from './row.tsx'
import { Writing } from './written.tsx'

/** Under which row of a list the pointer stands: how many rows have their middle above it. */
const placeAt = (list: Element, y: number): number =>
  [...list.querySelectorAll('[data-item]')].filter(row => {
    const { top, height } = row.getBoundingClientRect()
    return top + height / 2 < y
  }).length

/** One person's items, in their order, and what they have written that is still on its way. */
export const Part = ({
  agenda,
  items,
  waiting,
  titleId,
  stop,
  editing,
  onEdit,
}: {
  agenda: Agenda
  items: readonly AgendaItem[]
  waiting: readonly Unsent[]
  titleId: string
  stop: string | undefined
  editing: string | null
  onEdit: (item: string | null) => void
}) => {
  const [writing, setWriting] = useState<string | null>(null)
  const [dragged, setDragged] = useState<readonly string[] | null>(null)
  const ids = items.map(({ id }) => id)
  const shown = dragged ? dragged.flatMap(id => items.find(item => item.id === id) ?? []) : items

  const acts: RowActs = {
    edit: item => onEdit(item.id),
    write: item => setWriting(item.id),
    move: (item, by) => {
      const at = ids.indexOf(item.id)
      if (at + by < 0 || at + by >= ids.length) return
      const next = ids.toSpliced(at, 1).toSpliced(at + by, 0, item.id)
      void orderMine(agenda, next, item.id)
      requestAnimationFrame(() => focusRow(item.id))
    },
    grip: item => event => {
      const list = (event.currentTarget as Element).closest('ol')
      if (!list || event.button !== 0) return
      event.preventDefault()
      let order = ids
      const move = (to: PointerEvent) => {
        const from = order.indexOf(item.id)
        const at = placeAt(list, to.clientY)
        const place = at > from ? at - 1 : at
        if (place === from) return
        order = order.toSpliced(from, 1).toSpliced(place, 0, item.id)
        setDragged(order)
      }
      const end = (last: PointerEvent) => {
        removeEventListener('pointermove', move)
        removeEventListener('pointerup', end)
        removeEventListener('pointercancel', end)
        if (last.type === 'pointerup' && order !== ids) void orderMine(agenda, order, item.id)
        setDragged(null)
      }
      addEventListener('pointermove', move)
      addEventListener('pointerup', end)
      addEventListener('pointercancel', end)
    },
  }
  /** Keys of a row; those of the list as a whole are its section's. */
  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target instanceof HTMLElement ? event.target.dataset['item'] : undefined
    const item = items.find(({ id }) => id === row)
    if (!item || !isMine(agenda, item) || !event.altKey) return
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    acts.move(item, event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <ol class="agenda" aria-labelledby={titleId} onKeyDown={onKeyDown}>
      {shown.map(item =>
        editing === item.id ? (
          <EditItem
            key={item.id}
            agenda={agenda}
            item={item}
            onDone={() => {
              onEdit(null)
              requestAnimationFrame(() => focusRow(item.id))
            }}
          />
        ) : writing === item.id ? (
          <li class="item editing" key={item.id}>
            <div class="item-edit">
              <p class="said">{item.text}</p>
              <Writing agenda={agenda} item={item} onDone={() => setWriting(null)} />
            </div>
          </li>
        ) : (
          <ItemRow key={item.id} agenda={agenda} item={item} acts={acts} isStop={item.id === stop} />
        ),
      )}
      {waiting.map(item => (
        <li class="item" key={item.id}>
          <span />
          <p class="said">{item.text}</p>
          <span class="kind">{item.kind && kindWords[item.kind]}</span>
          <span />
          {item.failed && (
            <p class="meta">
              <span class="look">Not saved yet, trying again</span>
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}

export const focusRow = (id: string | undefined): void =>
  document.querySelector<HTMLElement>(`[data-item="${id ?? ''}"]`)?.focus()
