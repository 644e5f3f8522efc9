import type { Piece } from '../cues.ts'
import type { Format } from '../format.ts'
import type { Reading } from '../reading.ts'

/** One recognised word; times in seconds. */
export interface Word {
  readonly speaker: string | null
  readonly start: number | null
  readonly end: number | null
  readonly text: string
  /** Punctuation: stands without a space before it, and belongs to whoever spoke last. */
  readonly attached?: boolean
}

/** A silence that ends an utterance, in seconds; a piece also ends with its sentence. */
const longSilence = 1.5
/** Units of one piece when neither sentence nor silence ends it. */
const longestPiece = 400

interface Growing {
  readonly cue: number
  readonly speaker: string | null
  readonly start: number | null
  end: number | null
  text: string[]
  length: number
}

const isOver = ({ text, length, end }: Growing, { start, attached }: Word): boolean => {
  if (attached) return false
  const silence = start !== null && end !== null && start - end > longSilence
  return silence || length > longestPiece || /[.?!。？！]["'”’]?$/u.test(text.at(-1) ?? '')
}

/** One cue per speaker's turn, one piece per sentence, so that a turn's lines keep times of their own. */
export const piecesOfWords = (words: readonly Word[]): Piece[] => {
  const pieces: Growing[] = []
  for (const word of words) {
    if (word.text.trim() === '') continue
    const last = pieces.at(-1)
    const speaker = word.attached && last ? last.speaker : word.speaker
    if (last && last.speaker === speaker && !isOver(last, word)) {
      last.text.push(word.attached ? '' : ' ', word.text)
      last.length += word.text.length + 1
      last.end = word.end ?? last.end
      continue
    }
    const sameTurn = last !== undefined && last.speaker === speaker
    pieces.push({
      cue: last === undefined ? 0 : last.cue + (sameTurn ? 0 : 1),
      speaker,
      start: word.start,
      end: word.end,
      text: [word.text],
      length: word.text.length,
    })
  }
  return pieces.map(({ cue, speaker, start, end, text }) => ({
    cue,
    speaker,
    start,
    end,
    text: text.join(''),
  }))
}

/** Words without blocks. */
export const readWords = (format: Format, words: readonly Word[]): Reading => {
  const pieces = piecesOfWords(words)
  return { format, cues: (pieces.at(-1)?.cue ?? -1) + 1, pieces, problems: [] }
}

/** Voices by time, from a list of its own beside the words. */
export interface VoiceSpan {
  readonly start: number
  readonly end: number
  readonly speaker: string | null
}

/** Words with the speaker of the span their middle lies in, else of the span before; both lists by time. */
export const withVoices = (words: readonly Word[], spans: readonly VoiceSpan[]): Word[] => {
  const ordered = spans.toSorted((a, b) => a.start - b.start)
  let at = 0
  return words.map(word => {
    const middle = ((word.start ?? 0) + (word.end ?? word.start ?? 0)) / 2
    while (at + 1 < ordered.length && (ordered[at + 1]?.start ?? 0) <= middle) at++
    return { ...word, speaker: ordered[at]?.speaker ?? null }
  })
}

/** One block of a recogniser's answer; times in seconds. */
export interface Segment {
  readonly speaker: string | null
  readonly start: number | null
  readonly end: number | null
  readonly text: string
}

/** Timed blocks as they are: one cue each, empty ones too. */
export const readSegments = (format: Format, segments: readonly Segment[]): Reading => ({
  format,
  cues: segments.length,
  pieces: segments.map((segment, cue): Piece => ({ cue, ...segment })),
  problems: [],
})
