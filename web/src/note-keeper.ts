import type { OwnNote as Note } from '../../src/domain/api/pairs.ts'
import { ApiFailure, put, sentence } from './api.ts'
import { back } from './connection.ts'
import { type Watched, watched } from './watched.ts'

/**
 * My own notes as they are typed, by path. What is not saved yet outlives a change of page, a server that
 * is away and a session that ended; it is in memory only, and gone when one signs out.
 */
export interface Draft {
  readonly text: string
  /** What the server has. */
  readonly saved: Note
  readonly state: 'saved' | 'waiting' | 'failed' | 'conflict'
  readonly problem: string | null
}

const restBeforeSaving = 700
const drafts = new Map<string, Watched<Draft>>()
const timers = new Map<string, ReturnType<typeof setTimeout>>()
const onTheWay = new Set<string>()

const save = async (path: string): Promise<void> => {
  clearTimeout(timers.get(path))
  const draft = drafts.get(path)
  if (!draft || onTheWay.has(path)) return
  const { text, saved, state } = draft.get()
  if (state === 'conflict') return
  if (text === saved.text) return draft.set({ ...draft.get(), state: 'saved', problem: null })
  onTheWay.add(path)
  try {
    const note = await put<Note>(path, { text, version: saved.version })
    draft.set({ ...draft.get(), saved: { ...note, text }, problem: null })
    onTheWay.delete(path)
    // What was typed meanwhile goes on top of what has just been saved.
    await save(path)
  } catch (failure) {
    onTheWay.delete(path)
    const isConflict = failure instanceof ApiFailure && failure.code === 'changed-meanwhile'
    draft.set({ ...draft.get(), state: isConflict ? 'conflict' : 'failed', problem: sentence(failure) })
  }
}

export const draftOf = (path: string, note: Note): Watched<Draft> => {
  const known = drafts.get(path)
  if (known) return known
  const made = watched<Draft>({ text: note.text, saved: note, state: 'saved', problem: null })
  drafts.set(path, made)
  return made
}

/** What arrives from elsewhere shows when nothing here waits to be saved. */
export const receive = (path: string, note: Note): void => {
  const draft = drafts.get(path)
  const now = draft?.get()
  if (!draft || !now || now.state !== 'saved' || note.version <= now.saved.version) return
  draft.set({ ...now, text: note.text, saved: note })
}

export const typeNote = (path: string, text: string): void => {
  const draft = drafts.get(path)
  if (!draft) return
  const { state } = draft.get()
  draft.set({ ...draft.get(), text, state: state === 'conflict' ? state : 'waiting' })
  clearTimeout(timers.get(path))
  timers.set(
    path,
    setTimeout(() => void save(path), restBeforeSaving),
  )
}

/** Ends a conflict with another window: this text stands from here on, over what that window saved. */
export const decide = (path: string, text: string, over: Note): void => {
  drafts.get(path)?.set({ text, saved: over, state: 'waiting', problem: null })
  void save(path)
}

export const forgetNotes = (): void => {
  for (const timer of timers.values()) clearTimeout(timer)
  drafts.clear()
}

const saveAll = () => {
  for (const path of drafts.keys()) void save(path)
}
back.watch(saveAll)
addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && saveAll())
