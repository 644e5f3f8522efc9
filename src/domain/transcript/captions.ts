import type { Piece } from './cues.ts'
import { labelsIn, speakerFrom, splitLabel } from './labels.ts'
import { splitVoices } from './markup.ts'
import { sbvTimingLine, timingLine, type TimingLine } from './stamps.ts'
import type { Problem } from './transcript.ts'

/** Cues as they stand in a timed file, and who speaks in them. */
export interface Reading {
  readonly format: string
  readonly cues: number
  readonly pieces: readonly Piece[]
  readonly problems: readonly Problem[]
}

interface Block {
  readonly timing: TimingLine
  readonly text: string
  /** Line of the file, from 1. */
  readonly line: number
}

const isBlank = (line: string): boolean => line.trim() === ''

/** Blocks of text under a timing line. A blank line or the next arrow ends a block. */
const blocksOf = (lines: readonly string[], readTiming: (line: string) => TimingLine | null): Block[] => {
  const blocks: Block[] = []
  for (let index = 0; index < lines.length; index++) {
    const timing = readTiming(lines[index] ?? '')
    if (!timing) continue
    const line = index + 1
    const text: string[] = []
    while (index + 1 < lines.length) {
      const next = lines[index + 1] ?? ''
      if (next.includes('-->') || (isBlank(next) && text.length > 0) || readTiming(next)) break
      index++
      if (isBlank(next)) {
        // A first blank line may stand between time and words (captions without names from Teams);
        // what follows must then be words, not the next cue's number or identifier.
        if (!wordsFollow(lines, index + 1, readTiming)) break
        continue
      }
      text.push(next)
    }
    blocks.push({ timing, text: text.join('\n'), line })
  }
  return blocks
}

const wordsFollow = (
  lines: readonly string[],
  at: number,
  readTiming: (line: string) => TimingLine | null,
): boolean => {
  const next = lines[at] ?? ''
  const after = lines[at + 1] ?? ''
  return (
    !isBlank(next) &&
    !next.includes('-->') &&
    !after.includes('-->') &&
    !readTiming(next) &&
    !readTiming(after)
  )
}

/** The repeated last line of the block before, as rolling captions show it, says nothing new. */
const withoutRepeats = (texts: readonly string[]): string[] => {
  let before: string[] = []
  const isRolling = texts.filter((text, index) => {
    const first = text.split('\n')[0]
    return index > 0 && first !== undefined && first !== '' && texts[index - 1]?.split('\n').at(-1) === first
  }).length
  if (isRolling < texts.length * 0.3) return [...texts]
  return texts.map(text => {
    const rows = text.split('\n')
    const fresh = rows[0] !== undefined && rows[0] === before.at(-1) ? rows.slice(1) : rows
    before = rows
    return fresh.join('\n')
  })
}

const piecesOf = (blocks: readonly Block[], kind: string): Omit<Reading, 'problems'> => {
  const shown = withoutRepeats(
    blocks.map(({ text }) =>
      splitVoices(text)
        .map(voice => voice.text)
        .join('\n'),
    ),
  )
  const voices = blocks.map(({ text }) => splitVoices(text))
  const tagged = voices.some(parts => parts.some(({ speaker }) => speaker !== null))
  const labels = tagged ? new Set<string>() : labelsIn(shown.filter(text => !isBlank(text)))
  const pieces = blocks.flatMap(({ timing: { start, end } }, cue): Piece[] => {
    const parts = voices[cue] ?? []
    if (tagged) return parts.map(({ speaker, text }) => ({ cue, speaker: named(speaker), start, end, text }))
    return splitTurns(shown[cue] ?? '', labels).map(turn => ({ cue, start, end, ...turn }))
  })
  const format = kind === 'vtt' ? (tagged ? 'teams-vtt' : labels.size > 0 ? 'zoom-vtt' : 'vtt') : kind
  return { format, cues: blocks.length, pieces }
}

const named = (speaker: string | null): string | null => (speaker === null ? null : speakerFrom(speaker))

/** A cue whose rows begin with known labels is one turn per label. */
const splitTurns = (
  text: string,
  labels: ReadonlySet<string>,
): { speaker: string | null; text: string }[] => {
  const turns: { speaker: string | null; text: string }[] = []
  for (const row of text.split('\n')) {
    const found = splitLabel(row.trim())
    const last = turns.at(-1)
    if (found && labels.has(found.label)) turns.push({ speaker: speakerFrom(found.label), text: found.rest })
    else if (last) last.text += ` ${row}`
    else turns.push({ speaker: null, text: row })
  }
  return turns
}

/** Sections of WebVTT that are not speech, and everything above the first blank line. */
const withoutSections = (lines: readonly string[]): string[] => {
  let inside = lines[0]?.startsWith('WEBVTT') ?? false
  return lines.map(line => {
    if (isBlank(line)) inside = false
    else if (!inside && /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(line)) inside = true
    // An arrow always starts a cue: a section that holds one has ended.
    if (inside && timingLine(line)) inside = false
    return inside ? '' : line
  })
}

/** WebVTT and SRT, which differ by a header and a comma. */
export const readCaptions = (lines: readonly string[], kind: 'vtt' | 'srt'): Reading => {
  const problems: Problem[] = []
  if (kind === 'vtt' && !lines[0]?.startsWith('WEBVTT'))
    problems.push({
      code: 'header-missing',
      message: 'The file does not begin with WEBVTT. It was read all the same.',
      line: 1,
    })
  const all = blocksOf(kind === 'vtt' ? withoutSections(lines) : lines, timingLine)
  const allLoose = all.every(({ timing }) => !timing.strict)
  const counts = ({ timing, text }: Block) => timing.strict || allLoose || text.includes('<v')
  const blocks = all.filter(counts)
  for (const { line } of all.filter(block => !counts(block)).slice(0, 20))
    problems.push({
      code: 'time-not-understood',
      message: 'A time in this cue is not written as this format demands. The cue was left out.',
      line,
    })
  return { ...piecesOf(blocks, kind), problems }
}

/** SBV as YouTube writes it. */
export const readSbv = (lines: readonly string[]): Reading => ({
  ...piecesOf(blocksOf(lines, sbvTimingLine), 'sbv'),
  problems: [],
})
