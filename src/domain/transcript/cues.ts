import { longestLine } from './limits.ts'
import type { CueSpan, Line } from './transcript.ts'

/** What one voice says in one source cue. A cue may hold several voices or sentences, or none. */
export interface Piece {
  /** Index of the source cue, over the whole file. */
  readonly cue: number
  readonly speaker: string | null
  readonly start: number | null
  readonly end: number | null
  readonly text: string
}

/** Runs of white space become one space; linear, unlike `replace(/\s+$/)` on hostile input. */
export const tidy = (text: string): string => text.split(/\s/u).filter(Boolean).join(' ')

/** Without a speaker nothing says where a turn ends: a sentence's end does, or this many units. */
const longestUnnamed = 400

const endsSentence = (text: string): boolean => /[.?!…。？！]["'”’)]?$/u.test(text)

interface Growing {
  speaker: string | null
  start: number | null
  end: number | null
  text: string
  spans: CueSpan[]
}

const mayGrow = (line: Growing, piece: Piece, text: string): boolean => {
  if (line.speaker !== piece.speaker) return false
  if (line.text.length + text.length > longestLine) return false
  if (piece.speaker !== null) return true
  return line.text.length + text.length <= longestUnnamed && !endsSentence(line.text)
}

/** What was just added belongs to this cue; pieces of one cue share a span. */
const spanTo = (line: Growing, cue: number, from: number): void => {
  const to = line.text.length
  const span = line.spans.at(-1)
  if (span?.cue === cue) line.spans[line.spans.length - 1] = { ...span, to }
  else line.spans.push({ cue, from, to })
}

/** A text longer than a line may be, cut at spaces. */
const portions = (text: string): string[] => {
  const found: string[] = []
  let rest = text
  while (rest.length > longestLine) {
    const space = rest.lastIndexOf(' ', longestLine)
    const cut = space > longestLine / 2 ? space : longestLine
    found.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut).trimStart()
  }
  return rest.length > 0 ? [...found, rest] : found
}

/** Merges adjacent pieces of one speaker into numbered lines that still know their cues. */
export const linesOf = (pieces: readonly Piece[]): Line[] => {
  const lines: Growing[] = []
  for (const piece of pieces)
    for (const text of portions(tidy(piece.text))) {
      const last = lines.at(-1)
      if (last && mayGrow(last, piece, text)) {
        const from = last.text.length + 1
        last.text += ` ${text}`
        spanTo(last, piece.cue, from)
        // Cues may overlap or stand in disorder: a line ends when its last voice does.
        last.end = piece.end === null ? last.end : Math.max(piece.end, last.end ?? 0)
      } else
        lines.push({
          speaker: piece.speaker,
          start: piece.start,
          end: piece.end === null ? null : Math.max(piece.end, piece.start ?? 0),
          text,
          spans: [{ cue: piece.cue, from: 0, to: text.length }],
        })
    }
  return lines.map((line, index) => ({ no: index + 1, ...line }))
}
