import { type Block, captionsOf } from './captions.ts'
import { timesNotUnderstood } from './notices.ts'
import type { Source } from './decode.ts'
import type { Reading } from './reading.ts'
import { timingLine } from './stamps.ts'
import type { Problem } from './transcript.ts'

const hasArrow = (line: string | undefined): boolean => line?.includes('-->') ?? false
const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === ''

/**
 * Blocks after the algorithm of the W3C (WebVTT, 6.1): a row with an arrow begins a cue, also in the
 * header or in a comment; its words reach to an empty row or the next arrow; everything else is not
 * spoken. Two things that people's files hold are read besides: words that stand one empty row below
 * their time, and an "empty" row with spaces in it.
 */
const blocksOf = (lines: readonly string[]): { blocks: Block[]; arrows: number; unread: number[] } => {
  const blocks: Block[] = []
  const unread: number[] = []
  let arrows = 0
  const isSignature = lines[0]?.startsWith('WEBVTT') ?? false
  for (let index = isSignature ? 1 : 0; index < lines.length; index++) {
    if (!hasArrow(lines[index])) continue
    arrows++
    const timing = timingLine(lines[index] ?? '')
    if (!timing) {
      unread.push(index + 1)
      continue
    }
    const line = index + 1
    const end = wordsEnd(lines, line)
    const begin = end === line && isLoneText(lines, line + 1) ? line + 1 : line
    const until = begin === line ? end : wordsEnd(lines, begin)
    blocks.push({ timing, text: lines.slice(begin, until).join('\n'), line })
    index = until - 1
  }
  return { blocks, arrows, unread }
}

/** Index of the row behind the words that begin at `from`. */
const wordsEnd = (lines: readonly string[], from: number): number => {
  let at = from
  while (at < lines.length && lines[at] !== '' && !hasArrow(lines[at])) {
    const aCueFollows = hasArrow(lines[at + 1]) || (!isBlank(lines[at + 1]) && hasArrow(lines[at + 2]))
    if (isBlank(lines[at]) && aCueFollows) break
    at++
  }
  return at
}

/** Words of their own, not the next cue's number and not a section of the file. */
const isLoneText = (lines: readonly string[], at: number): boolean => {
  const line = lines[at]
  if (line === undefined || isBlank(line) || hasArrow(line) || hasArrow(lines[at + 1])) return false
  return !/^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(line)
}

const headerMissing: Problem = {
  code: 'header-missing',
  message: 'The file does not begin with WEBVTT. It was read all the same.',
  line: 1,
}

const hasVoice = (text: string): boolean => /<v[ .\t]/.test(text)

/**
 * WebVTT, also without its header. Unpadded stamps (`0:0:5.32`, `0.860`) count in a cue with a voice
 * tag, or when no stamp of the file is written as demanded and most rows with an arrow can be read so.
 */
export const readVtt = ({ lines }: Source): Reading | null => {
  const isSignature = /^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '')
  if (!lines[0]?.startsWith('WEBVTT') && !lines.some(line => hasArrow(line) && timingLine(line))) return null
  const { blocks: all, arrows, unread } = blocksOf(lines)
  const isStrict = ({ timing }: Block) => timing.strict && !timing.comma
  const allLoose = !all.some(isStrict) && all.length * 2 > arrows
  const blocks = all.filter(block => isStrict(block) || allLoose || hasVoice(block.text))
  const left = all.filter(block => !isStrict(block) && !allLoose && !hasVoice(block.text))
  return {
    ...captionsOf(blocks, 'vtt'),
    problems: [
      ...(isSignature ? [] : [headerMissing]),
      ...timesNotUnderstood([...unread, ...left.map(({ line }) => line)]),
    ],
  }
}
