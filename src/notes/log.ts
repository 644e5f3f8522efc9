import type { Doc } from 'yjs'
import { passagesOf } from '../domain/passages.ts'
import type { Tx } from '../store/database.ts'
import {
  insertUpdate,
  lockSharedNote,
  mergeRows,
  updatesAfter,
  writeSharedText,
} from '../store/note-updates.ts'
import { storeNotePassages } from '../store/passages.ts'
import { applyOne, documentOf, plainText, stateOf, updateOfText } from './document.ts'

/** As many updates are kept one by one before they become one row: each new one reads all of them (chosen, not measured). */
const mostRows = 100

export interface Appended {
  readonly note: string
  /** The last update there is. */
  readonly sequence: number
  /** False when all of it was known. */
  readonly changed: boolean
  readonly document: Doc
}

/** A meeting's shared note, and who writes; null for the program itself. */
export interface NoteOf {
  readonly pair: string
  readonly meeting: string
  readonly author: string | null
}

/**
 * Takes an update into the shared note, which is saved when this transaction is. Whoever writes at the same
 * time waits for the note's row and is merged after it. Older rows become one under the same lock, so that
 * nobody's late edit falls between.
 *
 * @throws Refusal, see `applyOne`.
 */
export const appendUpdate = async (
  tx: Tx,
  { pair, meeting, author }: NoteOf,
  update: Uint8Array,
): Promise<Appended> => {
  const [note] = await tx.all(lockSharedNote(pair, meeting))
  if (!note) throw new Error('the note was not made')
  const rows = await tx.all(updatesAfter(pair, note.id, 0))
  const last = rows.at(-1)?.sequence ?? 0
  const document = documentOf(rows.map(({ bytes }) => bytes))
  const merged = rows.length >= mostRows ? stateOf(document) : null
  const fresh = applyOne(document, update)
  if (fresh === null) return { note: note.id, sequence: last, changed: false, document }
  const text = plainText(document)
  await tx.run(
    ...(merged ? mergeRows(pair, note.id, last, merged) : []),
    insertUpdate(pair, note.id, last + 1, author, fresh),
    ...(text === note.text ? [] : writeText(pair, note.id, text)),
  )
  return { note: note.id, sequence: last + 1, changed: true, document }
}

/** Puts a text into a note nobody has written in yet. */
export const appendText = (tx: Tx, note: NoteOf, text: string): Promise<Appended> =>
  appendUpdate(tx, note, updateOfText(text))

const writeText = (pair: string, note: string, text: string) => [
  writeSharedText(pair, note, text),
  ...storeNotePassages(pair, note, passagesOf(linesOfNote(text))),
]

/** Lines of a note as they are counted everywhere, from 1. */
export const linesOfNote = (text: string): { no: number; text: string }[] =>
  text.split('\n').map((line, index) => ({ no: index + 1, text: line }))
