import type { AgendaItem } from '../../src/domain/api/agenda.ts'
import { ApiFailure, isOffline, post, sentence } from './api.ts'
import { back } from './connection.ts'
import type { Kind } from './kinds.ts'
import { say } from './say.ts'
import { watched } from './watched.ts'

/**
 * Agenda items that are not stored yet, each under the id it will have: sent again until it is, a wish is
 * one item. They outlive a server that is away, a session that ends and a closed window, and go when one
 * signs out.
 */
export interface Unsent {
  readonly id: string
  /** Of the agenda it belongs to. */
  readonly path: string
  readonly text: string
  readonly kind: Kind | null
  /** It was tried and did not get there. */
  readonly failed: boolean
}

const key = 'rapport-agenda'
const waitAfterFailure = 5_000
let person: string | null = null
let timer: ReturnType<typeof setTimeout> | undefined

interface Stored {
  readonly person: string
  readonly items: readonly Unsent[]
}

const read = (): readonly Unsent[] => {
  const stored = JSON.parse(localStorage.getItem(key) ?? 'null') as Stored | null
  return stored !== null && stored.person === person ? stored.items : []
}
export const unsent = watched<readonly Unsent[]>([])
const write = (items: readonly Unsent[]): void => {
  if (person === null || items.length === 0) localStorage.removeItem(key)
  else localStorage.setItem(key, JSON.stringify({ person, items } satisfies Stored))
  unsent.set(items)
}
const forget = (id: string) => write(read().filter(item => item.id !== id))

/** Calls back for each item that got there, with what the server made of it. */
const arrivals = new Set<(path: string, item: AgendaItem) => void>()
export const onArrival = (listener: (path: string, item: AgendaItem) => void): (() => void) => {
  arrivals.add(listener)
  return () => void arrivals.delete(listener)
}

const send = async ({ id, path, text, kind }: Unsent): Promise<boolean> => {
  try {
    const made = await post<AgendaItem>(path, { id, text, kind })
    forget(id)
    for (const listener of arrivals) listener(path, made)
    return true
  } catch (failure) {
    const isRefused = failure instanceof ApiFailure && failure.status >= 400 && failure.status < 500
    if (isRefused && failure.status !== 401 && failure.status !== 429) {
      forget(id)
      say(`Not added: ${text}. ${sentence(failure)}`)
      return true
    }
    write(read().map(item => (item.id === id ? { ...item, failed: true } : item)))
    if (!isOffline(failure)) timer = setTimeout(() => void sendItems(), waitAfterFailure)
    return false
  }
}

/** In the order in which they were written; one window at a time. */
export const sendItems = async (): Promise<void> => {
  clearTimeout(timer)
  if (person === null || read().length === 0) return
  await navigator.locks.request(key, async () => {
    for (;;) {
      const [next] = read()
      if (!next || !(await send(next))) return
    }
  })
}
back.watch(() => void sendItems())
addEventListener('storage', event => {
  if (event.key === key) unsent.set(read())
})

/** Answers with the id it will have. */
export const addItem = (path: string, text: string, kind: Kind | null): string => {
  const id = crypto.randomUUID()
  write([...read(), { id, path, text, kind, failed: false }])
  void sendItems()
  return id
}

/** Opens it for whoever is signed in; what somebody else left is erased unread. */
export const openAgendaKeeper = (who: string): void => {
  person = who
  write(read())
  void sendItems()
}
export const emptyAgendaKeeper = (): void => {
  clearTimeout(timer)
  write([])
  person = null
}
