import { readCaptions, type Reading, readSbv } from './captions.ts'
import { linesOf } from './cues.ts'
import { decodeText } from './decode.ts'
import { kindOfSpeakers } from './labels.ts'
import { largestFile, mostSpokenText } from './limits.ts'
import { looksLikeMeet, readLabelled, readMeet, readUnlabelled } from './plain.ts'
import { type Reason, reasons, refuseBinary, refuseOtherText } from './refuse.ts'
import { sbvTimingLine, timingLine } from './stamps.ts'
import type { Timing, Transcript } from './transcript.ts'
import { readOtter, readSavedCaptions, readTeamsText } from './turns.ts'

/**
 * Reads a transcript of any known family, told by its content and not by its name. Never throws:
 * what was not understood is in `problems`, and a file in which nobody speaks has a `refusal`.
 * Time and memory are linear in the number of bytes.
 */
export const readTranscript = (
  bytes: Uint8Array,
  _options: { readonly fileName?: string } = {},
): Transcript => {
  if (bytes.length === 0) return refused(reasons.empty)
  if (bytes.length > largestFile) return refused(reasons.tooLarge)
  const binary = refuseBinary(bytes)
  if (binary) return refused(binary)
  const { lines, text } = decodeText(bytes)
  const start = text.trimStart()[0]
  if (start === undefined) return refused(reasons.empty)
  if ((start === '{' || start === '[') && isJson(text)) return refused(reasons.notYet)
  const reading = readingOf(lines)
  return 'code' in reading ? refused(reading) : transcriptOf(reading)
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const readingOf = (lines: readonly string[]): Reading | Reason => {
  if (lines[0]?.startsWith('WEBVTT')) return readCaptions(lines, 'vtt')
  const timing = lines.findIndex(line => line.includes('-->') && timingLine(line) !== null)
  if (timing >= 0) return readCaptions(lines, lines[timing]?.includes(',') ? 'srt' : 'vtt')
  if (lines.slice(0, 50).some(line => sbvTimingLine(line))) return readSbv(lines)
  const other = refuseOtherText(lines)
  if (other) return other
  if (looksLikeMeet(lines)) {
    const meet = readMeet(lines)
    if (meet) return meet
  }
  if (lines.some(line => / (?:started|stopped) transcription$/.test(line.slice(-60).trimEnd()))) {
    const teams = readTeamsText(lines)
    if (teams) return teams
  }
  return readSavedCaptions(lines) ?? readOtter(lines) ?? readLabelled(lines) ?? readUnlabelled(lines)
}

const transcriptOf = ({ format, cues, pieces, problems }: Reading): Transcript => {
  const spoken = pieces.reduce((sum, piece) => sum + piece.text.length, 0)
  if (spoken > mostSpokenText) return refused(reasons.tooMuchText)
  const lines = linesOf(pieces.filter(({ text }) => !isFooter(text)))
  const labels = [...new Set(lines.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))]
  const counts = { cues, lines: lines.length, speakers: labels.length }
  const timed = lines.some(({ start }) => start !== null)
  const timing: Timing = !timed ? 'none' : format === 'google-meet' ? 'interpolated' : 'exact'
  const shape = { format, timing, speakers: kindOfSpeakers(labels), counts, lines, problems }
  return { ...shape, refusal: lines.length === 0 ? reasons.noSpeech : null }
}

/** Recognisers learnt this line from their training texts and write it over silence. */
const isFooter = (text: string): boolean => /^\s*transcribed by https?:\/\/\S{1,80}\s*$/i.test(text)

const refused = (reason: Reason): Transcript => ({
  format: 'unknown',
  timing: 'none',
  speakers: 'none',
  counts: { cues: 0, lines: 0, speakers: 0 },
  lines: [],
  problems: [],
  refusal: reason,
})
