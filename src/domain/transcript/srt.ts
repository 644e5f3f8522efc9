import { type Block, captionsOf } from './captions.ts'
import { longestText } from './limits.ts'
import { timesNotUnderstood } from './notices.ts'
import type { Source } from './decode.ts'
import type { Reading } from './reading.ts'
import { type Reason, reasons } from './refuse.ts'
import { sbvTimingLine, timingLine, type TimingLine } from './stamps.ts'

type ReadTiming = (line: string) => TimingLine | null

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === ''
const isNumber = (line: string | undefined): boolean => line !== undefined && /^\s*\d{1,7}\s*$/.test(line)

/** A row that wants to be a time and is none: what stands under it belongs to no cue. */
const wantsToBeTime = (line: string): boolean =>
  line.includes('-->') || /^\d{1,2}:\d\d:[^,]{1,10},\d{1,2}:\d\d:\S{1,10}\s*$/.test(line)

/**
 * Blocks under timing rows. No standard ends the words at an empty row, and subtitle editors keep one
 * inside a cue: words reach to the next time or its number.
 */
export const looseBlocks = (
  lines: readonly string[],
  readTiming: ReadTiming,
): { blocks: Block[]; unread: number[]; isTooLong: boolean } => {
  const blocks: { timing: TimingLine; rows: string[]; line: number }[] = []
  const unread: number[] = []
  let open = false
  let length = 0
  for (const [index, line] of lines.entries()) {
    const timing = readTiming(line)
    if (timing) {
      blocks.push({ timing, rows: [], line: index + 1 })
      open = true
    } else if (wantsToBeTime(line)) {
      unread.push(index + 1)
      open = false
    } else if (open && !isBlank(line) && !isCounter(lines, index)) {
      blocks.at(-1)?.rows.push(line)
      length += line.length
      if (length > longestText) break
    }
  }
  return {
    blocks: blocks.map(({ rows, ...rest }) => ({ ...rest, text: rows.join('\n') })),
    unread,
    isTooLong: length > longestText,
  }
}

/** The number above a timing row, also where that row is missing. */
const isCounter = (lines: readonly string[], at: number): boolean =>
  isNumber(lines[at]) && (wantsToBeTime(lines[at + 1] ?? '') || isBlank(lines[at - 1]))

const read = (lines: readonly string[], kind: 'srt' | 'sbv', readTiming: ReadTiming): Reading | Reason => {
  const { blocks: all, unread, isTooLong } = looseBlocks(lines, readTiming)
  if (isTooLong) return reasons.tooMuchText
  const allLoose = !all.some(({ timing }) => timing.strict)
  const counts = ({ timing, text }: Block) => timing.strict || allLoose || /<v[ .\t]/.test(text)
  const left = all.filter(block => !counts(block)).map(({ line }) => line)
  return { ...captionsOf(all.filter(counts), kind), problems: timesNotUnderstood([...unread, ...left]) }
}

/** SubRip: WebVTT's elder, with a comma in its stamps, a number above them and no header. */
export const readSrt = ({ lines }: Source): Reading | Reason | null => {
  if (lines[0]?.startsWith('WEBVTT')) return null
  for (const line of lines) {
    const timing = line.includes('-->') ? timingLine(line) : null
    if (timing) return timing.comma ? read(lines, 'srt', timingLine) : null
  }
  return null
}

/** SBV as YouTube writes it: `0:00:01.000,0:00:03.000` above the words. */
export const readSbv = ({ lines }: Source): Reading | Reason | null =>
  lines.slice(0, 50).some(line => sbvTimingLine(line)) ? read(lines, 'sbv', sbvTimingLine) : null
