import { linesOf, type Piece } from './cues.ts'
import { decodeText, looksBinary, sourceOf } from './decode.ts'
import { documentText } from './docx.ts'
import { kindOfSpeakers, speakerFrom } from './labels.ts'
import { largestFile, mostCues, mostSpokenText } from './limits.ts'
import { isNotice } from './notices.ts'
import { readers } from './readers.ts'
import { firstOf, type Reading } from './reading.ts'
import { notText, type Reason, reasons, refuseBinary } from './refuse.ts'
import type { Timing, Transcript } from './transcript.ts'

/**
 * Reads a transcript of any known family, told by its content and not by its name. Never throws:
 * what was not understood is in `problems`, and a file in which nobody speaks has a `refusal`.
 * Time and memory are linear in the number of bytes.
 */
export const readTranscript = (bytes: Uint8Array): Transcript => {
  const text = textOf(bytes)
  if (typeof text !== 'string') return refused(text)
  const source = sourceOf(text)
  if (!source) return refused(reasons.tooMuchText)
  const reading = firstOf(readers)(source) ?? reasons.noSpeech
  return 'code' in reading ? refused(reading) : transcriptOf(reading)
}

const textOf = (bytes: Uint8Array): string | Reason => {
  if (bytes.length === 0) return reasons.empty
  if (bytes.length > largestFile) return reasons.tooLarge
  const document = documentText(bytes)
  if (document !== null && typeof document !== 'string') return document
  const binary = document === null ? refuseBinary(bytes) : null
  if (binary) return binary
  const text = document ?? decodeText(bytes)
  if (text.trim() === '') return reasons.empty
  return looksBinary(text) ? notText : text
}

const transcriptOf = ({ format, cues, pieces, problems, timing }: Reading): Transcript => {
  const spoken = pieces.reduce((sum, piece) => sum + piece.text.length, 0)
  if (spoken > mostSpokenText || cues > mostCues) return refused(reasons.tooMuchText)
  const lines = linesOf(pieces.filter(({ text }) => !isNotice(text)).map(withKnownSpeaker))
  const labels = labelsOf(lines)
  const timed = lines.some(({ start }) => start !== null)
  const shape = {
    format,
    timing: timing ?? ((timed ? 'exact' : 'none') satisfies Timing),
    speakers: kindOfSpeakers(labels),
    // "Unknown Speaker" is a label of the file and counts; the lines call it nobody.
    counts: { cues, lines: lines.length, speakers: labelsOf(pieces).length },
    lines,
    problems,
  }
  return { ...shape, refusal: lines.length === 0 ? reasons.noSpeech : null }
}

const labelsOf = (voices: readonly { readonly speaker: string | null }[]): string[] => [
  ...new Set(voices.flatMap(({ speaker }) => (speaker === null ? [] : [speaker]))),
]

const withKnownSpeaker = (piece: Piece): Piece =>
  piece.speaker === null ? piece : { ...piece, speaker: speakerFrom(piece.speaker) }

const refused = (reason: Reason): Transcript => ({
  format: 'unknown',
  timing: 'none',
  speakers: 'none',
  counts: { cues: 0, lines: 0, speakers: 0 },
  lines: [],
  problems: [],
  refusal: reason,
})
