import type { Problem } from './transcript.ts'

const notices: readonly RegExp[] = [
  // Otter's footer. Recognisers learnt it, and the next, from their training texts and write them over silence.
  /^transcribed by (?:https?:\/\/|otter\.ai)\S{0,80}$/i,
  /^subtitles by the amara\.org community$/i,
  // Google Meet.
  /^this editable transcript was computer generated/i,
  /^(?:transcription|meeting|recording) ended after \d/i,
  // Microsoft Teams.
  /^\S.{0,80} (?:started|stopped) (?:transcription|recording)$/i,
]

const telltale = /transcri|subtitles by|ended after|recording/i

/** Whether a text may hold a notice at all: one look at the whole spares one at each of its rows. */
export const mayHoldNotice = (text: string): boolean => telltale.test(text)

/** Rows that programs add above, below and between what was said. */
export const isNotice = (row: string): boolean => {
  if (row.length > 200 || !mayHoldNotice(row)) return false
  const plain = row
    .replace(/^[\s_*]+/, '')
    .trimEnd()
    .replace(/[_*]+$/, '')
  return notices.some(notice => notice.test(plain))
}

/** Enough to see what is wrong with a file; more would bury it. */
const mostProblems = 20

/** One problem for each of the first rows whose time could not be read; rows count from 1. */
export const timesNotUnderstood = (rows: readonly number[]): Problem[] =>
  rows
    .toSorted((a, b) => a - b)
    .slice(0, mostProblems)
    .map(line => ({
      code: 'time-not-understood',
      message: 'A time in this cue is not written as this format demands. The cue was left out.',
      line,
    }))
