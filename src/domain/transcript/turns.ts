import type { Piece } from './cues.ts'
import type { Format } from './format.ts'
import { mayBeLabel } from './labels.ts'
import { isNotice } from './notices.ts'
import type { Source } from './decode.ts'
import type { Reading } from './reading.ts'
import { speechSection } from './sections.ts'
import { stampAt, wholeStamp } from './stamps.ts'

/** A row of its own that says who speaks from here on, and since when. */
interface Header {
  readonly speaker: string | null
  readonly start: number
  /** Could also be a sentence that ends or begins with a time: counts only where its label comes back. */
  readonly weak: boolean
  /** Name and time stand apart by white space or are bold, as Otter and Teams write them. */
  readonly apart?: true
}

/** A header's row is short; longer ones are words. */
const longestHeader = 100

const header = (label: string, start: number, weak: boolean): Header | null => {
  const speaker = label.replace(/[\s:–—-]+$/, '').trim()
  if (speaker === '') return { speaker: null, start, weak: false }
  return mayBeLabel(speaker) ? { speaker, start, weak } : null
}

/** `Name  0:15`, `Name - 00:15`, `Name (00:15):`, `Name [00:15]`, `0:15`, and weakly `Name 0:15`. */
const stampLast = (row: string): Header | null => {
  const plain = row.endsWith(':') ? row.slice(0, -1).trimEnd() : row
  const space = plain.lastIndexOf(' ')
  const last = plain.slice(space + 1)
  const bracketed = /^[[(].+[\])]$/.test(last)
  const start = wholeStamp(bracketed ? last.slice(1, -1) : last)
  if (start === null) return null
  const name = plain.slice(0, Math.max(space, 0))
  // One space before the stamp is how people write a time in a sentence.
  const apart = !bracketed && /\s$/.test(name)
  const read = header(name, start, !bracketed && !/(?:\s|[-–—])$/.test(name))
  return read && apart ? { ...read, apart } : read
}

/** `[00:15] Name`, `00:15 - Name`, `00:15 Name:`. Always weak: `[00:15] Thank you` looks the same. */
const stampFirst = (row: string): Header | null => {
  const open = row[0] === '[' || row[0] === '('
  const stamp = stampAt(row, open ? 1 : 0)
  if (!stamp || !row.slice(0, stamp.end).includes(':')) return null
  const rest = row.slice(stamp.end + (open ? 1 : 0)).replace(/^\s*[-–—]\s/, '')
  if (open && row[stamp.end] !== ']' && row[stamp.end] !== ')') return null
  return /^\s*$/.test(rest) ? header('', stamp.seconds, false) : header(rest.trim(), stamp.seconds, true)
}

/** Otter, Teams as text, Fireflies and their like. */
const headerOf = (row: string): Header | null => {
  if (row.length > longestHeader || !row.includes(':')) return null
  const bold = row.includes('**') || row.includes('\t')
  const plain = row.replaceAll('**', '').replaceAll('\t', ' ').replace(/^#+\s/, '').trim()
  const found = stampLast(plain) ?? stampFirst(plain)
  return found && bold ? { ...found, weak: false, apart: true } : found
}

/** `[Name] 10:02:33`: captions saved on the machine of a Zoom participant, in wall-clock time. */
const savedHeaderOf = (row: string): Header | null => {
  if (row[0] !== '[' || row.length > longestHeader) return null
  const close = row.indexOf(']')
  if (close < 2) return null
  const label = row.slice(1, close).trim()
  const start = wholeStamp(row.slice(close + 1).trim())
  return start !== null && mayBeLabel(label) ? { speaker: label, start, weak: false } : null
}

/** Headers that count, by row: a weak one when its label comes back and words stand below each. */
const headersIn = (
  rows: readonly string[],
  readHeader: (row: string) => Header | null,
): ReadonlyMap<number, Header> => {
  const found = new Map<number, Header>()
  const seen = new Map<string, number>()
  for (const [index, row] of rows.entries()) {
    const read = readHeader(row)
    if (!read) continue
    found.set(index, read)
    if (read.speaker !== null) seen.set(read.speaker, (seen.get(read.speaker) ?? 0) + 1)
  }
  const follows = (index: number) => (rows[index + 1] ?? '') !== '' && !found.has(index + 1)
  const counts = ({ speaker, weak }: Header, index: number) =>
    !weak || (speaker !== null && (seen.get(speaker) ?? 0) > 1 && follows(index))
  return new Map([...found].filter(([index, read]) => counts(read, index)))
}

const readHeaders = (
  lines: readonly string[],
  format: Format,
  readHeader: (row: string) => Header | null,
): Reading | null => {
  const rows = lines.map(line => line.trim())
  const headers = headersIn(rows, readHeader)
  const turns: { header: Header; text: string[] }[] = []
  for (const [index, row] of rows.entries()) {
    const found = headers.get(index)
    if (found) turns.push({ header: found, text: [] })
    else if (!isNotice(row)) turns.at(-1)?.text.push(row)
  }
  const spoken = turns.filter(({ text }) => text.some(row => row !== ''))
  // One time in a page of prose makes no talk, unless the page begins with it.
  if (spoken.length < (headers.has(rows.findIndex(row => row !== '')) ? 1 : 2)) return null
  // Saved captions show the clock: seconds count from the first.
  const base = format === 'zoom-saved-captions' ? (turns[0]?.header.start ?? 0) : 0
  const pieces = turns.map(({ header: { speaker, start }, text }, cue): Piece => {
    const next = turns[cue + 1]
    return {
      cue,
      speaker,
      start: Math.max(0, start - base),
      end: next ? Math.max(0, next.header.start - base) : null,
      text: text.join(' '),
    }
  })
  const known = format !== 'otter' || turns.some(({ header: { apart } }) => apart)
  return { format: known ? format : 'text-turns', cues: turns.length, pieces, problems: [] }
}

/** Zoom's captions saved by a participant. */
export const readSavedCaptions = ({ lines }: Source): Reading | null =>
  readHeaders(lines, 'zoom-saved-captions', savedHeaderOf)

const isTeams = (lines: readonly string[]): boolean =>
  lines.some(line => line.length < 200 && / (?:started|stopped) transcription$/.test(line.trimEnd()))

/** Who and when in a row, what was said in the rows below: Otter, Teams' document, Fireflies. */
export const readTurns = ({ lines }: Source): Reading | null =>
  readHeaders(speechSection(lines), isTeams(lines) ? 'teams-text' : 'otter', headerOf)
