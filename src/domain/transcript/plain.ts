import type { Piece } from './cues.ts'
import { labelsIn, mayBeLabel, splitLabel } from './labels.ts'
import { isNotice } from './notices.ts'
import type { Source } from './decode.ts'
import type { Reading } from './reading.ts'
import { type Reason, reasons } from './refuse.ts'
import { isSummary, speechSection } from './sections.ts'
import { stampAt } from './stamps.ts'

interface Row {
  readonly text: string
  readonly start: number | null
  readonly end: number | null
}

const untimed = (text: string): Row => ({ text, start: null, end: null })

/** What stands behind a stamp, without the dash that some programs put there. */
const behind = (text: string, at: number): string =>
  text
    .slice(at)
    .replace(/^\s*[-–—:]\s/, '')
    .trim()

/** `[00:01:02] words`, `(1:02) words`, `00:01:02 words`, `[00:00.000 --> 00:02.000] words`: stamp and words. */
const rowOf = (line: string): Row => {
  const text = line.trim()
  const open = text[0] === '[' || text[0] === '('
  const stamp = stampAt(text, open ? 1 : 0)
  if (!stamp || !text.slice(0, stamp.end).includes(':')) return untimed(text)
  const start = stamp.seconds
  if (!open) {
    const apart = text[stamp.end] === ' ' || text[stamp.end] === '\t'
    return apart ? { text: behind(text, stamp.end + 1), start, end: null } : untimed(text)
  }
  // Whisper on a terminal shows both ends of a segment.
  const until = text.startsWith(' --> ', stamp.end) ? stampAt(text, stamp.end + 5) : null
  const close = (until ?? stamp).end
  if (text[close] !== ']' && text[close] !== ')') return untimed(text)
  return { text: behind(text, close + 1), start, end: until?.seconds ?? null }
}

/** How far into a row a stamp behind a name may stand. */
const nameReaches = 80

/** Where a stamp stands behind a name: `Name [00:01:02]:`, `Name (1:02):`, `**Name** 1:02:`, `[Name 1:02]`. */
const withInnerStamp = (row: Row): Row => {
  if (row.start !== null) return row
  const plain = row.text.slice(0, nameReaches).includes('**') ? row.text.replaceAll('**', '') : row.text
  const first = plain.slice(0, nameReaches).search(/\s[[(]?\d/)
  if (first <= 0) return row
  const open = plain[first + 1] === '[' || plain[first + 1] === '('
  const stamp = stampAt(plain, first + (open ? 2 : 1))
  if (!stamp || !plain.slice(first, stamp.end).includes(':')) return row
  const wrapped = plain[0] === '['
  const close = plain[stamp.end]
  if (open || wrapped ? close !== ']' && close !== ')' : close !== ':') return row
  const name = plain.slice(wrapped ? 1 : 0, first).trim()
  const words = plain.slice(stamp.end + 1).replace(/^\s*:/, '')
  return mayBeLabel(name) ? { text: `${name}: ${words.trim()}`, start: stamp.seconds, end: null } : row
}

/**
 * `Name: words`, with or without stamps. A row without a label goes on with the turn before it;
 * what stands above the first label is a heading, not speech.
 */
export const readLabelled = ({ lines }: Source): Reading | null => {
  const rows = speechSection(lines)
    .filter(line => !isNotice(line.trim()))
    .map(rowOf)
    .map(withInnerStamp)
  const labels = labelsIn(rows.filter(({ text }) => text !== '').map(({ text }) => text))
  if (labels.size === 0) return null
  const turns: { speaker: string | null; start: number | null; end: number | null; text: string[] }[] = []
  for (const { text, start, end } of rows) {
    const found = splitLabel(text)
    if (found && labels.has(found.label)) turns.push({ speaker: found.label, start, end, text: [found.rest] })
    else turns.at(-1)?.text.push(text)
  }
  if (turns.length < 2) return null
  const pieces = turns.map(({ speaker, start, end, text }, cue): Piece => ({
    cue,
    speaker,
    start,
    end: start === null ? null : (end ?? turns[cue + 1]?.start ?? null),
    text: text.join(' '),
  }))
  return { format: 'text', cues: turns.length, pieces, problems: [] }
}

/** Text without names: each row is somebody's utterance, and nobody knows whose. Notes about a meeting are none. */
export const readUnlabelled = ({ lines }: Source): Reading | Reason => {
  if (isSummary(lines)) return reasons.summary
  const rows = speechSection(lines)
    .map(rowOf)
    .filter(({ text }) => text !== '' && !isNotice(text))
  const pieces = rows.map(({ text, start, end }, cue): Piece => ({
    cue,
    speaker: null,
    start,
    end: start === null ? null : (end ?? rows[cue + 1]?.start ?? null),
    text,
  }))
  return { format: 'text-unlabelled', cues: rows.length, pieces, problems: [] }
}
