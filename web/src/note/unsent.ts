import type { NoteChanged } from '../../../src/domain/api/notes.ts'
import { ApiFailure, post } from '../api.ts'
import { back } from '../connection.ts'
import { isSignedIn } from '../signed-in.ts'

/**
 * What was typed into shared notes and is not saved yet, in this browser: one entry for each note and
 * window, each a Yjs update, sent when the server is back and gone at sign-out. Sending one twice is
 * harmless, so any window may send what another left behind.
 */
const prefix = 'rapport-note'
const thisWindow = crypto.randomUUID()
/** Whose words these are; nobody else ever sees or sends them. */
let person: string | null = null

const keyOf = (path: string): string => `${prefix} ${person} ${thisWindow} ${path}`
const pathIn = (key: string): string => key.split(' ').slice(3).join(' ')
const keys = (start: string): string[] => Object.keys(localStorage).filter(key => key.startsWith(start))

/** Notes open in this window send for themselves. */
const open = new Set<string>()
export const openHere = (path: string): (() => void) => {
  open.add(path)
  return () => void open.delete(path)
}

/** False when the browser is full, or somebody signed out in another window: the words then stand in the page alone. */
export const keepUnsent = (path: string, update: string | null): boolean => {
  if (person === null || !isSignedIn(person)) return false
  try {
    if (update === null) localStorage.removeItem(keyOf(path))
    else localStorage.setItem(keyOf(path), update)
    return true
  } catch {
    return false
  }
}

/** What any window of this person left unsent of a note. */
export const unsentOf = (path: string): string[] =>
  keys(`${prefix} ${person} `)
    .filter(key => pathIn(key) === path)
    .flatMap(key => localStorage.getItem(key) ?? [])

/** Forgets these, unless more was added to them meanwhile. */
export const forgetUnsent = (path: string, updates: readonly string[]): void => {
  for (const key of keys(`${prefix} ${person} `))
    if (pathIn(key) === path && updates.includes(localStorage.getItem(key) ?? ''))
      localStorage.removeItem(key)
}

const sendAll = async (): Promise<void> => {
  for (const path of new Set(keys(`${prefix} ${person} `).map(pathIn))) {
    if (open.has(path)) continue
    for (const update of unsentOf(path))
      try {
        await post<NoteChanged>(path, { update })
        forgetUnsent(path, [update])
      } catch (failure) {
        // A meeting that is gone has no note; whatever else is refused waits for the note to be opened.
        if (failure instanceof ApiFailure && failure.status === 404) forgetUnsent(path, [update])
        if (failure instanceof ApiFailure && (failure.status === 0 || failure.status === 401)) return
      }
  }
}

/** Opens it for whoever is signed in; what somebody else left is erased unread. */
export const openUnsent = (who: string): void => {
  person = who
  for (const key of keys(`${prefix} `)) if (!key.startsWith(`${prefix} ${who} `)) localStorage.removeItem(key)
  void sendAll()
}
export const emptyUnsent = (): void => {
  for (const key of keys(`${prefix} `)) localStorage.removeItem(key)
  person = null
}
back.watch(() => void sendAll())
