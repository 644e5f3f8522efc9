import type * as Y from 'yjs'
import { type Halves, type NotedPromise, promiseInLine } from '../domain/note-promises.ts'
import type { SaidWhen } from '../domain/due-date.ts'
import type { Tx } from '../store/database.ts'
import {
  insertNotePromise,
  type NotePromiseRecord,
  type NotePromiseRow,
  promisesOfNote,
  rewriteNotePromise,
  tickNotePromise,
  withdrawNotePromise,
} from '../store/note-promises.ts'
import { anchorAt, plainText } from './document.ts'

/** Who the two are and when they meet: what a line is understood by. */
export interface NoteGround {
  readonly manager: { readonly id: string; readonly name: string }
  readonly report: { readonly id: string; readonly name: string }
  readonly when: SaidWhen
}

/** More boxes than a meeting can have; what comes after them is text. */
const mostPromises = 200

/** The lines with a box, each with its place. */
export const promisesIn = (document: Y.Doc, { manager, report, when }: NoteGround): NotePromiseRow[] => {
  const halves: Halves = { manager: manager.name, report: report.name }
  const idOf = { manager: manager.id, report: report.id }
  const found: NotePromiseRow[] = []
  let from = 0
  for (const [index, line] of plainText(document).split('\n').entries()) {
    const promise = line.includes('[') ? promiseInLine(line, halves, when) : null
    const anchor = promise && anchorAt(document, from + promise.box)
    if (promise && anchor !== null && found.length < mostPromises)
      found.push(rowOf(promise, anchor, index + 1, promise.owner && idOf[promise.owner]))
    from += line.length + 1
  }
  return found
}

const rowOf = (
  { isTicked, text, due, duePhrase, dueCertainty, quote }: NotedPromise,
  anchor: string,
  line: number,
  owner: string | null,
): NotePromiseRow => ({
  anchor,
  isTicked,
  text,
  owner,
  due,
  duePhrase,
  dueCertainty,
  // A note has no cues but its lines.
  evidence: [{ line, cues: [line - 1, line - 1], quote }],
})

type Statement = ReturnType<typeof withdrawNotePromise>

const bare = (text: string): string =>
  text
    .replace(/\[[ xX]?\]/u, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
const isUntouched = ({ state, settledBy }: NotePromiseRecord): boolean =>
  state === 'proposed' && settledBy === null
const isSame = (kept: NotePromiseRecord, row: NotePromiseRow): boolean => {
  const [{ line, quote } = { line: 0, quote: '' }] = row.evidence
  if (kept.anchor !== row.anchor || kept.line !== line) return false
  return !isUntouched(kept) || (kept.quote === quote && kept.owner === row.owner && kept.due === row.due)
}

/**
 * Brings the action items of a note into line with it. A line keeps its item by its box; one that was cut and
 * set down elsewhere keeps it by its words. Nothing that a person settled is rewritten or withdrawn.
 *
 * @returns how many items changed.
 */
export const followPromises = async (
  tx: Tx,
  pair: string,
  note: string,
  rows: readonly NotePromiseRow[],
): Promise<number> => {
  const kept = await tx.all(promisesOfNote(pair, note))
  const byAnchor = new Map(kept.map(item => [item.anchor, item]))
  const anchors = new Set(rows.map(({ anchor }) => anchor))
  const adrift = kept.filter(({ anchor }) => !anchors.has(anchor))
  const statements: Statement[] = []
  for (const row of rows) {
    let item = byAnchor.get(row.anchor)
    if (!item) {
      const at = adrift.findIndex(({ quote }) => bare(quote ?? '') === bare(row.evidence[0]?.quote ?? ''))
      if (at >= 0) [item] = adrift.splice(at, 1)
    }
    if (!item) statements.push(insertNotePromise(pair, note, row))
    else {
      if (!isSame(item, row)) statements.push(rewriteNotePromise(pair, item.id, row, !isUntouched(item)))
      if (item.isTicked !== row.isTicked) statements.push(tickNotePromise(pair, item.id, row.isTicked))
    }
  }
  // Room is made before anything takes its place.
  statements.unshift(...adrift.filter(isUntouched).map(({ id }) => withdrawNotePromise(pair, id)))
  if (statements.length > 0) await tx.run(...statements)
  return statements.length
}
