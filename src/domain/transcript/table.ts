import type { Piece } from './cues.ts'
import { mostSpokenText } from './limits.ts'
import type { Reader } from './reading.ts'
import { reasons } from './refuse.ts'
import { stampAt } from './stamps.ts'

type Delimiter = ',' | ';' | '\t'

/**
 * Rows of a table of `width` columns. A quoted field may hold delimiters and rows; a quote that nothing
 * closes is a letter, looked for once. The last column takes the rest of its row: words are often last
 * and not quoted. Whisper's TSV knows no quotes.
 */
const cellsOf = (text: string, delimiter: Delimiter, width: number): string[][] => {
  const rows: string[][] = []
  let cells: string[] = []
  let mayQuote = delimiter !== '\t'
  for (let at = 0; at <= text.length;) {
    const quoted: Quoted | null = mayQuote && text[at] === '"' ? quotedCell(text, at, delimiter) : null
    if (quoted === 'unclosed') {
      mayQuote = false
      continue
    }
    const isLast = cells.length === width - 1
    const end: number = quoted?.end ?? cellEnd(text, at, isLast ? '\n' : delimiter)
    cells.push(quoted?.cell ?? unquoted(text.slice(at, end)))
    if (text[end] === delimiter && !isLast) {
      at = end + 1
      continue
    }
    rows.push(cells)
    cells = []
    at = cellEnd(text, end, '\n') + 1
  }
  return rows
}

/** Two quotes stand for one. A cell longer than any speech is refused later: it stays as it is. */
const withSingleQuotes = (cell: string): string =>
  cell.length > mostSpokenText ? cell : cell.replaceAll('""', '"')

const unquoted = (cell: string): string =>
  cell.length > 1 && cell.startsWith('"') && cell.endsWith('"') ? withSingleQuotes(cell.slice(1, -1)) : cell

const cellEnd = (text: string, from: number, delimiter: string): number => {
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
      return { cell: withSingleQuotes(text.slice(from + 1, quote)), end: quote + 1 }
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
  readonly width: number
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
      return { delimiter, width: headings.length, text, speaker, start, end: columnIn(headings, columns.end) }
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

const cellIn = (cells: readonly string[], column: number): string => (column < 0 ? '' : (cells[column] ?? ''))

/** Rows looked at to tell a table of something else from prose. */
const rowsSeen = 50

/** The same number of cells in every row, with no space behind a comma as in prose. */
const isOtherTable = (lines: readonly string[]): boolean => {
  const rows = lines.filter(line => line.trim() !== '').slice(0, rowsSeen)
  const isEven = (delimiter: Delimiter) => {
    const widths = new Set(rows.map(row => row.slice(0, longestHeadings).split(delimiter).length))
    return widths.size === 1 && !widths.has(1) && !rows.some(row => row.includes(`${delimiter} `))
  }
  return rows.length > 1 && !rows.some(row => row.includes(': ')) && ([',', ';'] as const).some(isEven)
}

/** CSV and TSV: Whisper's `start, end, text` in milliseconds, and any table with words and who or when. */
export const readTable: Reader = ({ text, lines }) => {
  const first = lines.findIndex(line => line.trim() !== '')
  const headings = lines[first] ?? ''
  const table = tableOf(headings)
  if (!table) return isOtherTable(lines) ? reasons.unknown : null
  const rows = cellsOf(text, table.delimiter, table.width)
    .slice(first + 1)
    .filter(cells => cells.length > 1 || cellIn(cells, 0).trim() !== '')
  if (rows.length === 0) return reasons.noSpeech
  const unit = unitOf(
    headings.split(table.delimiter)[table.start] ?? '',
    rows.map(cells => cellIn(cells, table.start)),
  )
  const seconds = (cells: readonly string[], column: number): number | null => {
    const written = cellIn(cells, column)
    const time = timeOf(written)
    return time === null || written.includes(':') ? time : Math.round(time * unit * 1000) / 1000
  }
  const pieces = rows.map((cells, cue): Piece => ({
    cue,
    speaker: cellIn(cells, table.speaker).trim() || null,
    start: seconds(cells, table.start),
    end: seconds(cells, table.end),
    text: cellIn(cells, table.text),
  }))
  return { format: table.delimiter === '\t' ? 'tsv' : 'csv', cues: rows.length, pieces, problems: [] }
}
