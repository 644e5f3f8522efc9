import * as Y from 'yjs'
import type { NoteChanged, NotePromise, SharedNote } from '../../../src/domain/api/notes.ts'
import { ApiFailure, get, isOffline, post, sentence } from '../api.ts'
import { back } from '../connection.ts'
import { onLive } from '../live.ts'
import { watched } from '../watched.ts'
import { openCursors } from './cursors.ts'
import { setPresent } from './presence.ts'
import { forgetUnsent, keepUnsent, openHere, unsentOf } from './unsent.ts'

/** How a note stands with the server. */
export interface Standing {
  readonly state: 'saved' | 'saving' | 'waiting'
  /** When the last change was saved. */
  readonly savedAt: Date | null
  /** Why it waits. */
  readonly problem: string | null
}

/** Milliseconds of rest before what was typed is sent, and before one tries again. */
const restBeforeSending = 250
const restAfterFailure = 4_000

const text64 = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), letter => letter.charCodeAt(0))

const fromServer = 'server'

/**
 * A shared note, open in this window. What is typed is kept in the browser at once, sent after a short rest
 * and forgotten here when the server has saved it; what the other types is fetched when the socket says so.
 *
 * @throws ApiFailure when it cannot be read.
 */
export const openRoom = async (pair: string, meeting: string, me: string) => {
  const path = `/pairs/${pair}/meetings/${meeting}/note`
  const document = new Y.Doc()
  const text = document.getText('note')
  const standing = watched<Standing>({ state: 'saved', savedAt: null, problem: null })
  const moved = watched(0)
  const promises = watched<readonly NotePromise[]>([])
  const closeHere = openHere(path)
  let sequence = 0
  /** Not saved yet, in order. */
  let unsent: Uint8Array[] = []
  let isSending = false
  let pulling: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  const show = (state: Standing['state'], change: Partial<Standing> = {}) =>
    standing.set({ ...standing.get(), problem: null, ...change, state })
  const keep = () => {
    if (unsent.length > 1) unsent = [Y.mergeUpdates(unsent)]
    const [all] = unsent
    return keepUnsent(path, all ? text64(all) : null)
  }

  const read = async () => {
    const {
      updates,
      sequence: last,
      promises: understood,
    } = await get<SharedNote>(`${path}?after=${sequence}`)
    document.transact(() => {
      for (const { update } of updates) Y.applyUpdate(document, bytesOf(update), fromServer)
    }, fromServer)
    sequence = Math.max(sequence, last)
    promises.set(understood)
    moved.set(moved.get() + 1)
  }
  /** Fetches what is new; asked for meanwhile, once more. */
  const pull = (upTo = Infinity): Promise<void> => {
    if (sequence >= upTo) return Promise.resolve()
    if (pulling) return pulling.then(() => pull(upTo))
    pulling = read()
      .catch(() => undefined)
      .finally(() => (pulling = null))
    return pulling
  }

  const sendLater = (wait: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void send(), wait)
  }
  const send = async (): Promise<void> => {
    if (isSending) return
    keep()
    const [sent] = unsent
    if (!sent) return
    isSending = true
    try {
      const {
        sequence: last,
        savedAt,
        promises: understood,
      } = await post<NoteChanged>(path, { update: text64(sent) })
      unsent = unsent.slice(1)
      promises.set(understood)
      keep()
      show(unsent.length > 0 ? 'saving' : 'saved', { savedAt: new Date(savedAt) })
      if (last === sequence + 1) sequence = last
      else void pull(last)
      if (unsent.length > 0) sendLater(restBeforeSending)
    } catch (failure) {
      // The server lacks something this page has: it gets all of it.
      if (failure instanceof ApiFailure && failure.code === 'note-gap') {
        await pull()
        unsent = [Y.encodeStateAsUpdate(document)]
      }
      show('waiting', { problem: isOffline(failure) ? null : sentence(failure) })
      if (!isClosed) sendLater(restAfterFailure)
    } finally {
      isSending = false
    }
  }

  await read()
  // What this browser could not send before stands in the note again.
  const left = unsentOf(path)
  for (const update of left) Y.applyUpdate(document, bytesOf(update), 'kept')
  if (left.length > 0) {
    unsent = [Y.mergeUpdates(left.map(bytesOf))]
    if (keep())
      forgetUnsent(
        path,
        left.filter(update => update !== text64(unsent[0] ?? new Uint8Array())),
      )
    void send()
  }

  document.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === fromServer) return
    // While a change is on its way the first stays as it was sent.
    if (isSending) {
      const [sent, ...rest] = unsent
      unsent = [...(sent ? [sent] : []), Y.mergeUpdates([...rest, update])]
      keepUnsent(path, text64(Y.mergeUpdates(unsent)))
    } else {
      unsent.push(update)
      keep()
    }
    if (standing.get().state !== 'waiting') show('saving')
    sendLater(restBeforeSending)
  })

  const cursors = openCursors({ pair, meeting, me }, text, () => {
    setPresent(meeting, cursors.isSomebodyHere())
    moved.set(moved.get() + 1)
  })
  const stopListening = onLive(pair, message => {
    if (message.channel === 'note' && message.id === meeting) {
      if (message.event === 'changed') void pull(message.numbers?.['sequence'])
      else cursors.hear(message)
    } else if (message.id === pair) {
      // The socket is new: whatever happened meanwhile is fetched, and my place told again.
      void pull()
      cursors.tell()
    }
  })
  cursors.tell()
  const stopWaiting = back.watch(() => {
    void pull()
    sendLater(0)
  })

  return {
    text,
    standing,
    promises,
    /** Counts what may have moved the other's cursor. */
    moved,
    cursors,
    close() {
      isClosed = true
      stopListening()
      stopWaiting()
      cursors.close()
      setPresent(meeting, false)
      clearTimeout(timer)
      closeHere()
      void send()
    },
  }
}
