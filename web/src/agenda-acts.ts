import type { AgendaItem, AgendaItemChange, AgendaPage } from '../../src/domain/api/agenda.ts'
import type { PairView } from '../../src/domain/api/pairs.ts'
import { patch, post, put, sentence } from './api.ts'
import { meOf } from './format.ts'
import { announce, say } from './say.ts'

/** What can be done with an agenda that is on the page; each act reads the rows anew when it is done. */

export const agendaPath = (pair: string, meeting: string): string =>
  `/pairs/${pair}/meetings/${meeting}/agenda`

export interface Agenda {
  readonly pair: PairView
  readonly path: string
  readonly items: readonly AgendaItem[]
  reload(): Promise<void>
  /** Shows rows before the server has answered. */
  show(items: readonly AgendaItem[]): void
}

export const isMine = ({ pair }: Agenda, item: AgendaItem): boolean => item.raisedBy === meOf(pair).id

type Change = Omit<AgendaItemChange, 'version'>

export const changeItem = async (
  { path }: Agenda,
  item: Pick<AgendaItem, 'id' | 'version'>,
  change: Change,
): Promise<AgendaItem> => patch<AgendaItem>(`${path}/${item.id}`, { version: item.version, ...change })

/** A change that says at once what was done and offers the way back, which waits for the change itself. */
const settle = async (
  agenda: Agenda,
  item: AgendaItem,
  change: Change,
  before: Change,
  words: string,
): Promise<void> => {
  const changing = changeItem(agenda, item, change)
  say(words, async () => {
    const changed = await changing.catch(() => undefined)
    if (!changed) return
    await changeItem(agenda, changed, before).catch((failure: unknown) => say(sentence(failure)))
    await agenda.reload()
  })
  await changing.catch((failure: unknown) => say(sentence(failure)))
  await agenda.reload()
}

export const removeItem = (agenda: Agenda, item: AgendaItem): Promise<void> => {
  agenda.show(agenda.items.filter(({ id }) => id !== item.id))
  return settle(agenda, item, { state: 'removed' }, { state: 'open' }, `Off the agenda: ${item.text}`)
}

export const tickItem = (agenda: Agenda, item: AgendaItem): Promise<void> => {
  const state = item.state === 'reached' ? 'open' : 'reached'
  const words = state === 'reached' ? `Reached: ${item.text}` : `Open again: ${item.text}`
  agenda.show(agenda.items.map(one => (one.id === item.id ? { ...one, state } : one)))
  return settle(agenda, item, { state }, { state: item.state === 'reached' ? 'reached' : 'open' }, words)
}

export const askToWrite = (agenda: Agenda, item: AgendaItem, asked: boolean, name: string): Promise<void> =>
  settle(
    agenda,
    item,
    { askedToWrite: asked },
    { askedToWrite: !asked },
    asked ? `${name} is asked to write it` : 'No longer asked for in writing',
  )

export const bringBack = (agenda: Agenda, item: AgendaItem): Promise<void> =>
  changeItem(agenda, item, { state: 'open' })
    .then(
      () => say(`On the agenda: ${item.text}`),
      (failure: unknown) => say(sentence(failure)),
    )
    .then(agenda.reload)

const places = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth']
const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** Puts my part into a new order, at once on the page and then on the server. */
export const orderMine = async (agenda: Agenda, ids: readonly string[], moved: string): Promise<void> => {
  const rank = new Map(ids.map((id, index) => [id, index]))
  const mine = agenda.items
    .filter(({ id }) => rank.has(id))
    .toSorted((one, two) => (rank.get(one.id) ?? 0) - (rank.get(two.id) ?? 0))
  let next = 0
  agenda.show(agenda.items.map(item => (rank.has(item.id) ? (mine[next++] ?? item) : item)))
  const at = ids.indexOf(moved)
  announce(`${places[at] ?? `Number ${at + 1}`} of ${numbers[ids.length] ?? ids.length}`)
  try {
    const { items } = await put<AgendaPage>(`${agenda.path}/order`, { items: ids })
    agenda.show(items)
  } catch (failure) {
    say(sentence(failure))
    await agenda.reload()
  }
}

export const writeAbout = (agenda: Agenda, item: AgendaItem, id: string, text: string) =>
  post<AgendaItem>(`${agenda.path}/${item.id}/writings`, { id, text })
