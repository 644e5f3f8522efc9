import type { Piece } from './cues.ts'
import type { Reader } from './reading.ts'
import { reasons } from './refuse.ts'
import { stampAt } from './stamps.ts'

type Delimiter = ',' | ';' | '\t'

/**
 * Rows of a table. In CSV a quoted field may hold delimiters and rows; a quote that nothing closes is a
 * letter. Whisper's TSV knows no quotes. Linear: an unclosed quote is looked for once.
 */
const cellsOf = (text: string, delimiter: Delimiter): string[][] => {
  if (delimiter === '\t') return text.split('\n').map(row => row.split('\t').map(unquoted))
  const rows: string[][] = []
  let cells: string[] = []
  let mayQuote = true
  for (let at = 0; at <= text.length;) {
    const quoted: Quoted | null = mayQuote && text[at] === '"' ? quotedCell(text, at, delimiter) : null
    if (quoted === 'unclosed') {
      mayQuote = false
      continue
    }
    const end: number = quoted?.end ?? cellEnd(text, at, delimiter)
    cells.push(quoted?.cell ?? text.slice(at, end))
    if (text[end] !== delimiter) {
      rows.push(cells)
      cells = []
    }
    at = end + 1
  }
  return rows
}

const unquoted = (cell: string): string =>
  cell.length > 1 && cell.startsWith('"') && cell.endsWith('"')
    ? cell.slice(1, -1).replaceAll('""', '"')
    : cell

const cellEnd = (text: string, from: number, delimiter: Delimiter): number => {
  let at = from
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++
  return at
}

type Quoted = { readonly cell: string; readonly end: number } | 'unclosed'

/** A field in quotes ends at a quote with a delimiter or the row's end behind it. */
const quotedCell = (text: string, from: number, delimiter: Delimiter): Quoted => {
  for (let quote = text.indexOf('"', from + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    const next = text[quote + 1]
    if (next === '"') quote++
    else if (next === undefined || next === delimiter || next === '\n')
      return { cell: text.slice(from + 1, quote).replaceAll('""', '"'), end: quote + 1 }
  }
  return 'unclosed'
}

const columns = {
  text: [
    'text',
    'transcript',
    'sentence',
    'utterance',
    'content',
    'body',
    'caption',
    'words',
    'dialogue',
    'speech',
  ],
  speaker: ['speaker', 'speaker name', 'speaker label', 'speaker id', 'name', 'participant', 'who'],
  start: [
    'start',
    'start time',
    'starttime',
    'start ms',
    'time',
    'timestamp',
    'begin',
    'timecode',
    'in',
    'offset',
  ],
  end: ['end', 'end time', 'endtime', 'end ms', 'stop', 'out'],
} as const

const bareHeading = (cell: string): string =>
  cell
    .trim()
    .toLowerCase()
    .replaceAll(/[_\-.]/g, ' ')
    .replace(/ ?\((?:s|sec|seconds|ms|hh:mm:ss)\)$/, '')

const columnIn = (headings: readonly string[], names: readonly string[]): number =>
  headings.findIndex(heading => names.includes(heading))

/** A row of headings is short: the first row of a book is not looked at further. */
const longestHeadings = 1000

interface Table {
  readonly delimiter: Delimiter
  readonly text: number
  readonly speaker: number
  readonly start: number
  readonly end: number
}

/** Words and a voice or a time: a table that has both is a transcript. */
const tableOf = (firstRow: string): Table | null => {
  if (firstRow.length > longestHeadings) return null
  for (const delimiter of ['\t', ',', ';'] as const) {
    if (!firstRow.includes(delimiter)) continue
    const headings = firstRow.split(delimiter).map(cell => bareHeading(unquoted(cell.trim())))
    const text = columnIn(headings, columns.text)
    const speaker = columnIn(headings, columns.speaker)
    const start = columnIn(headings, columns.start)
    if (text >= 0 && (speaker >= 0 || start >= 0))
      return { delimiter, text, speaker, start, end: columnIn(headings, columns.end) }
  }
  return null
}

const timeOf = (cell: string): number | null => {
  const written = cell.trim()
  if (!written.includes(':'))
    return written !== '' && Number.isFinite(Number(written)) ? Math.max(0, Number(written)) : null
  const stamp = stampAt(written, 0)
  return stamp && stamp.end === written.length ? stamp.seconds : null
}

/** Whole numbers that lie at least this far apart on average are milliseconds: nobody speaks for 100 s a row. */
const millisecondsApart = 100

const unitOf = (heading: string, starts: readonly string[]): number => {
  if (/\bms\b|milli/i.test(heading.replaceAll('_', ' '))) return 0.001
  const numbers = starts.filter(cell => /^\s*\d{1,15}\s*$/.test(cell)).map(Number)
  const span = (numbers.at(-1) ?? 0) - (numbers[0] ?? 0)
  if (numbers.length < starts.length || numbers.length === 0) return 1
  return span > millisecondsApart * numbers.length ? 0.001 : 1
}

/** CSV and TSV: Whisper's `start, end, text` in milliseconds, and any table with words and who or when. */
export const readTable: Reader = ({ text, lines }) => {
  const first = lines.findIndex(line => line.trim() !== '')
  const headings = lines[first] ?? ''
  const table = tableOf(headings)
  if (!table) return null
  const rows = cellsOf(text, table.delimiter)
    .slice(first + 1)
    .filter(cells => cells.length > 1 || (cells[0] ?? '').trim() !== '')
  if (rows.length === 0) return reasons.noSpeech
  const cell = (cells: readonly string[], column: number): string => (column < 0 ? '' : (cells[column] ?? ''))
  // Words are often last and not quoted: what more delimiters cut off belongs to them.
  const last = table.text > Math.max(table.speaker, table.start, table.end)
  const width = headings.split(table.delimiter).length
  const wordsIn = (cells: readonly string[]) =>
    last && table.text === width - 1 && cells.length > width
      ? cells.slice(table.text).join(table.delimiter)
      : cell(cells, table.text)
  // Segments of the ends tell the unit where there are some: their distance is one row's speech.
  const unit = unitOf(
    headings.split(table.delimiter)[table.start] ?? '',
    rows.flatMap(cells => [cell(cells, table.start), ...(table.end < 0 ? [] : [cell(cells, table.end)])]),
  )
  const seconds = (written: string): number | null => {
    const time = timeOf(written)
    return time === null ? null : written.includes(':') ? time : Math.round(time * unit * 1000) / 1000
  }
  const pieces = rows.map((cells, cue): Piece => ({
    cue,
    speaker: cell(cells, table.speaker).trim() || null,
    start: seconds(cell(cells, table.start)),
    end: seconds(cell(cells, table.end)),
    text: wordsIn(cells),
  }))
  return { format: table.delimiter === '\t' ? 'tsv' : 'csv', cues: rows.length, pieces, problems: [] }
}
