import type { AgendaItem } from '../../../../src/domain/api/agenda.ts'
import { type Agenda, askToWrite, isMine, removeItem } from '../../agenda-acts.ts'
import { firstName, otherOf, shortDay } from '../../format.ts'
import { kindWords } from '../../kinds.ts'
import { Icon } from '../icon.tsx'
import { Menu } from '../menu.tsx'

export interface RowActs {
  edit(item: AgendaItem): void
  write(item: AgendaItem): void
  move(item: AgendaItem, by: -1 | 1): void
  grip(item: AgendaItem): (event: PointerEvent) => void
}

/** What stands under an item: why it comes first, and what can be sent in writing instead. */
const Meta = ({ agenda, item, acts }: { agenda: Agenda; item: AgendaItem; acts: RowActs }) => {
  const other = firstName(otherOf(agenda.pair).name)
  const mine = isMine(agenda, item)
  const isStatus = item.kind === 'status' && item.state === 'open'
  if (!item.carriedFrom && !isStatus && !item.askedToWrite && item.state !== 'reached') return null
  return (
    <p class="meta">
      {item.state === 'reached' && <span>Reached</span>}
      {item.carriedFrom && <span>Not reached on {shortDay(item.carriedFrom)}, so it comes first</span>}
      {item.askedToWrite && mine && <span>{other} is asked to write this</span>}
      {item.askedToWrite && !mine && (
        <>
          <span>{other} asks you to write this</span>
          <button class="b plain tiny inline" type="button" onClick={() => acts.write(item)}>
            Write it
          </button>
        </>
      )}
      {isStatus && !item.askedToWrite && mine && (
        <>
          <button class="b plain tiny inline" type="button" onClick={() => acts.write(item)}>
            Send it in writing instead
          </button>
          <button
            class="b plain tiny inline"
            type="button"
            onClick={() => void askToWrite(agenda, item, true, other)}
          >
            Ask {other} to write this instead
          </button>
        </>
      )}
      {isStatus && !item.askedToWrite && !mine && (
        <button class="b plain tiny inline" type="button" onClick={() => acts.write(item)}>
          Write about it instead
        </button>
      )}
    </p>
  )
}

const RowMenu = ({ agenda, item, acts }: { agenda: Agenda; item: AgendaItem; acts: RowActs }) => {
  const other = firstName(otherOf(agenda.pair).name)
  const mine = isMine(agenda, item)
  const entry = (words: string, act: () => void) => (
    <button class="menu-row" type="button" onClick={act}>
      {words}
    </button>
  )
  return (
    <Menu className="icon-b" label={`More for: ${item.text}`} face={<Icon name="more" small />}>
      {mine && entry('Change the words', () => acts.edit(item))}
      {mine && entry('Move up', () => acts.move(item, -1))}
      {mine && entry('Move down', () => acts.move(item, 1))}
      {item.state === 'open' && entry('Send it in writing instead', () => acts.write(item))}
      {item.askedToWrite
        ? entry('No need to write it', () => void askToWrite(agenda, item, false, other))
        : mine &&
          item.state === 'open' &&
          entry(`Ask ${other} to write it`, () => void askToWrite(agenda, item, true, other))}
      {mine && entry('Take it off the agenda', () => void removeItem(agenda, item))}
    </Menu>
  )
}

/** One thing to talk about. The row takes the focus as a whole: Enter, Alt with arrows and Delete act on it. */
export const ItemRow = ({
  agenda,
  item,
  acts,
  isStop,
}: {
  agenda: Agenda
  item: AgendaItem
  acts: RowActs
  /** The row that Tab comes to; the arrows do the rest. */
  isStop: boolean
}) => (
  <li class={item.state === 'reached' ? 'item done' : 'item'} data-item={item.id} tabIndex={isStop ? 0 : -1}>
    {isMine(agenda, item) ? (
      <span class="grip" aria-hidden="true" onPointerDown={acts.grip(item)}>
        <Icon name="grip" />
      </span>
    ) : (
      <span />
    )}
    <p class="said">{item.text}</p>
    <span class="kind">{item.kind && kindWords[item.kind]}</span>
    <RowMenu agenda={agenda} item={item} acts={acts} />
    <Meta agenda={agenda} item={item} acts={acts} />
  </li>
)
