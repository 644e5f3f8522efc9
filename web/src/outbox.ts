import type { Finding, FindingChange } from '../../src/domain/api/findings.ts'
import { ApiFailure, isOffline, patch } from './api.ts'
import { back } from './connection.ts'
import { say } from './say.ts'
import { watched } from './watched.ts'

/** Changes to findings that could not be sent yet: kept in this browser, sent when the server is back. */

export type Wish = Omit<FindingChange, 'version'>

export interface Kept {
  readonly path: string
  /** The version that was seen: another's change meanwhile is not overwritten. */
  readonly version: number
  readonly wish: Wish
  /** The page on which it was made. */
  readonly page: string
  /** Somebody was quicker: it waits for a decision. */
  readonly conflict: boolean
}

const key = 'rapport-kept'
/** Whose words these are; nobody else ever sees or sends them. */
let person: string | null = null

interface Stored {
  readonly person: string
  readonly changes: readonly Kept[]
}

const read = (): readonly Kept[] => {
  const stored = JSON.parse(localStorage.getItem(key) ?? 'null') as Stored | null
  return stored !== null && stored.person === person ? stored.changes : []
}
export const kept = watched<readonly Kept[]>([])

const write = (changes: readonly Kept[]): void => {
  if (person === null || changes.length === 0) localStorage.removeItem(key)
  else localStorage.setItem(key, JSON.stringify({ person, changes } satisfies Stored))
  kept.set(changes)
}
/** Another window of the same person kept or sent something. */
addEventListener('storage', event => {
  if (event.key === key) kept.set(read())
})

/** Opens it for whoever is signed in; what somebody else left is erased unread. */
export const openOutbox = (who: string): void => {
  person = who
  write(read())
  void sendKept()
}
export const emptyOutbox = (): void => {
  write([])
  person = null
}

export const keptFor = (path: string): Kept | undefined => kept.get().find(change => change.path === path)
export const forget = (path: string): void => write(read().filter(change => change.path !== path))

/** Keeps a change over an earlier one of the same finding; the answer takes it back while it is not sent. */
const keep = (path: string, version: number, wish: Wish, conflict = false): (() => boolean) => {
  const before = read().find(one => one.path === path && !one.conflict)
  const change: Kept = {
    path,
    version: before?.version ?? version,
    wish: { ...before?.wish, ...wish },
    page: location.pathname,
    conflict,
  }
  const others = () => read().filter(one => one.path !== path)
  write([...others(), change])
  return () => {
    if (!read().some(one => one.path === path)) return false
    write(before ? [...others(), before] : others())
    return true
  }
}

/** What became of a change: the server's answer, or the way to take it back while it is only kept here. */
export type Outcome = { readonly changed: Finding } | { readonly takeBack: () => boolean }

/**
 * Sends a change, or keeps it when nobody answers.
 *
 * @throws ApiFailure for everything that the server refused.
 */
export const change = async (path: string, version: number, wish: Wish): Promise<Outcome> => {
  const waiting = keptFor(path)
  if (waiting && !waiting.conflict) return { takeBack: keep(path, version, wish) }
  try {
    return { changed: await patch<Finding>(path, { version, ...wish }) }
  } catch (failure) {
    if (!isOffline(failure)) throw failure
    return { takeBack: keep(path, version, wish) }
  }
}

/** Keeps what another's change stood in the way of, beside that change. */
export const keepConflict = (path: string, version: number, wish: Wish): void =>
  void keep(path, version, wish, true)

/** Only the review shows two versions side by side; elsewhere a sentence has to do. */
const showsConflict = ({ page }: Kept): boolean => page.includes('/transcript/')

const send = async (sent: Kept): Promise<boolean> => {
  const { path, version, wish } = sent
  const put = (next: (now: Kept) => Kept) => write(read().map(one => (one.path === path ? next(one) : one)))
  try {
    const changed = await patch<Finding>(path, { version, ...wish })
    // What was added to it on the way goes next, on top of what was sent.
    if (JSON.stringify(keptFor(path)) === JSON.stringify(sent)) forget(path)
    else put(now => ({ ...now, version: changed.version }))
    return true
  } catch (failure) {
    if (!(failure instanceof ApiFailure) || isOffline(failure) || failure.status === 401) return false
    if (failure.code === 'changed-meanwhile' && showsConflict(sent)) put(now => ({ ...now, conflict: true }))
    else {
      forget(path)
      say(`A change you made while the server was away was not taken. ${failure.message}`)
    }
    return true
  }
}

/** In the order in which they were made; one window at a time. */
export const sendKept = async (): Promise<void> => {
  if (read().every(({ conflict }) => conflict)) return
  await navigator.locks.request(key, async () => {
    for (;;) {
      const next = read().find(({ conflict }) => !conflict)
      if (!next || !(await send(next))) return
    }
  })
}
back.watch(() => void sendKept())
