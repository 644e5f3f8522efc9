import type { Reading } from './captions.ts'
import type { Piece } from './cues.ts'
import { labelsIn, speakerFrom, splitLabel } from './labels.ts'
import { stampAt, wholeStamp } from './stamps.ts'

interface Row {
  readonly text: string
  readonly start: number | null
}

/** `[00:01:02] words`, `(1:02) words`, `00:01:02 words`: the stamp apart from the words. */
const rowOf = (line: string): Row => {
  const text = line.trim()
  const open = text[0] === '[' || text[0] === '('
  const stamp = stampAt(text, open ? 1 : 0)
  if (!stamp || !text.slice(0, stamp.end).includes(':')) return { text, start: null }
  const after = text[stamp.end]
  if (open && after !== ']' && after !== ')') return { text, start: null }
  if (!open && after !== ' ' && after !== '\t') return { text, start: null }
  return {
    text: text
      .slice(stamp.end + 1)
      .replace(/^[-–—:]\s/, '')
      .trim(),
    start: stamp.seconds,
  }
}

/** `Name [00:01:02]: words` and `Name (1:02): words` to `Name: words` with the stamp apart. */
const withInnerStamp = (row: Row): Row => {
  const open = row.text.slice(0, 80).search(/[[(]\d/)
  if (open <= 0 || row.start !== null) return row
  const stamp = stampAt(row.text, open + 1)
  const close = stamp ? row.text[stamp.end] : undefined
  if (!stamp || (close !== ']' && close !== ')')) return row
  const rest = row.text.slice(stamp.end + 1)
  return {
    text: `${row.text.slice(0, open).trim()}${rest.startsWith(':') ? '' : ':'}${rest}`,
    start: stamp.seconds,
  }
}

/**
 * `Name: words`, with or without stamps. A line without a label goes on with the turn before it;
 * what stands above the first label is a heading, not speech.
 */
export const readLabelled = (lines: readonly string[], format = 'text'): Reading | null => {
  const rows = lines.map(rowOf).map(withInnerStamp)
  const labels = labelsIn(rows.filter(({ text }) => text !== '').map(({ text }) => text))
  if (labels.size === 0) return null
  const turns: { speaker: string | null; start: number | null; text: string[] }[] = []
  for (const { text, start } of rows) {
    const found = splitLabel(text)
    if (found && labels.has(found.label))
      turns.push({ speaker: speakerFrom(found.label), start, text: [found.rest] })
    else turns.at(-1)?.text.push(text)
  }
  if (turns.length < 2) return null
  const pieces = turns.map(({ speaker, start, text }, cue): Piece => ({
    cue,
    speaker,
    start,
    end: start === null ? null : (turns[cue + 1]?.start ?? null),
    text: text.join(' '),
  }))
  return { format, cues: turns.length, pieces, problems: [] }
}

const meetNotice =
  /^_?(?:This editable transcript was computer generated|Transcription ended after|Meeting ended after)/

/** Where speech begins in a Meet document: below its "Transcript" heading when a summary stands above. */
const speechStart = (lines: readonly string[]): number => {
  const heading = lines.findLastIndex(
    line => line.length < 200 && /^(?:[#*\s]|📖)*(?:.{0,150} [-–] )?Transcript[*\s]*$/u.test(line.trim()),
  )
  return heading + 1
}

export const looksLikeMeet = (lines: readonly string[]): boolean =>
  lines.some(line => meetNotice.test(line.trim())) ||
  (speechStart(lines) > 0 && lines.some(line => markerOf(line) !== null))

const markerOf = (line: string): number | null =>
  line.length < 40 ? wholeStamp(line.replaceAll(/[#*_]/g, '').trim()) : null

/**
 * Google Meet's document: `Name: words` with a time about once a minute. Times between two markers
 * are spread by the number of words, and `timing` says that they are estimates.
 */
export const readMeet = (lines: readonly string[]): Reading | null => {
  const spoken = lines.slice(speechStart(lines)).filter(line => !meetNotice.test(line.trim()))
  const markers = new Map<number, number>()
  const rows: string[] = []
  for (const line of spoken) {
    const marker = markerOf(line)
    if (marker === null) rows.push(line)
    else markers.set(rows.length, marker)
  }
  const labels = labelsIn(rows.map(row => row.trim()).filter(Boolean))
  const turns: { speaker: string | null; text: string[]; marker: number | null }[] = []
  let marker: number | null = null
  for (const [index, row] of rows.entries()) {
    marker = markers.get(index) ?? marker
    const found = splitLabel(row.trim())
    if (found && labels.has(found.label)) {
      turns.push({ speaker: speakerFrom(found.label), text: [found.rest], marker })
      marker = null
    } else turns.at(-1)?.text.push(row.trim())
  }
  if (turns.length === 0) return null
  const starts = spread(
    turns.map(({ text, marker: at }) => ({ at, words: text.join(' ').split(' ').length })),
  )
  const pieces = turns.map(({ speaker, text }, cue): Piece => ({
    cue,
    speaker,
    start: starts[cue] ?? null,
    end: starts[cue + 1] ?? null,
    text: text.join(' '),
  }))
  return { format: 'google-meet', cues: turns.length, pieces, problems: [] }
}

/** Words a second where no later marker bounds the estimate: 150 a minute, ordinary speech. */
const wordsPerSecond = 2.5

const spread = (turns: readonly { at: number | null; words: number }[]): (number | null)[] => {
  const starts: (number | null)[] = turns.map(() => null)
  const marked = turns.flatMap(({ at }, index) => (at === null ? [] : [index]))
  for (const [order, from] of marked.entries()) {
    const to = marked[order + 1] ?? turns.length
    const begin = turns[from]?.at ?? 0
    const words = turns.slice(from, to).reduce((sum, turn) => sum + turn.words, 0)
    const until = turns[to]?.at ?? begin + words / wordsPerSecond
    let passed = 0
    for (let index = from; index < to; index++) {
      starts[index] = Math.round((begin + ((until - begin) * passed) / Math.max(words, 1)) * 10) / 10
      passed += turns[index]?.words ?? 0
    }
  }
  return starts
}

/** Text without names or times: each row is somebody's utterance, and nobody knows whose. */
export const readUnlabelled = (lines: readonly string[]): Reading => {
  const rows = lines
    .map(line => line.trim())
    .filter(row => row !== '' && !/^transcribed by https?:/i.test(row))
  const pieces = rows.map((text, cue): Piece => ({ cue, speaker: null, start: null, end: null, text }))
  return { format: 'text-unlabelled', cues: rows.length, pieces, problems: [] }
}
