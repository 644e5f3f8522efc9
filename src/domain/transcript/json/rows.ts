import { stampAt } from '../stamps.ts'
import { type Fields, type JsonReader, fieldsOf, rowsOf, secondsOf, speakerOf, textOf } from './shape.ts'
import { readSegments } from './words.ts'

const speakerKeys = [
  'speaker',
  'speaker_name',
  'speakerName',
  'speaker_label',
  'speakerLabel',
  'speaker_id',
  'name',
]
const textKeys = ['text', 'transcript', 'sentence', 'utterance', 'body', 'content', 'words', 'caption']
const startKeys = [
  'start',
  'start_time',
  'startTime',
  'start_timestamp',
  'timestamp',
  'time',
  'offset',
  'begin',
  'from',
]
const endKeys = ['end', 'end_time', 'endTime', 'end_timestamp', 'to']

const first = (row: Fields, keys: readonly string[]): unknown =>
  keys.map(key => row[key]).find(value => value !== undefined && value !== null)

/** `"00:01:02"` besides the numbers; a date is no time of a recording. */
const timeOf = (value: unknown): number | null => {
  const written = textOf(value).trim()
  if (!written.includes(':')) return secondsOf(value)
  const stamp = stampAt(written, 0)
  return stamp && stamp.end === written.length ? stamp.seconds : null
}

const speakerIn = (row: Fields): string | null => {
  const value = first(row, speakerKeys)
  return speakerOf(fieldsOf(value)?.name ?? value)
}

const isSpoken = (row: Fields): boolean =>
  typeof first(row, textKeys) === 'string' &&
  (speakerIn(row) !== null || timeOf(first(row, startKeys)) !== null)

/** How far down a list of turns may lie in a file of an unknown program. */
const deepestList = 3

/** The first list in which most objects have words and a voice or a time. */
const turnsIn = (value: unknown, depth: number): readonly Fields[] | null => {
  const rows = rowsOf(value)
  if (rows) return rows.filter(isSpoken).length * 2 > rows.length ? rows : null
  const file = fieldsOf(value)
  if (!file || depth === 0) return null
  for (const part of Object.values(file)) {
    const found = turnsIn(part, depth - 1)
    if (found) return found
  }
  return null
}

/** A program without a family of its own, whose JSON lists turns under the usual names; seconds. */
export const readRows: JsonReader = value => {
  const rows = turnsIn(value, deepestList)
  if (!rows) return null
  return readSegments(
    'json-turns',
    rows.map(row => ({
      speaker: speakerIn(row),
      start: timeOf(first(row, startKeys)),
      end: timeOf(first(row, endKeys)),
      text: textOf(first(row, textKeys)),
    })),
  )
}
