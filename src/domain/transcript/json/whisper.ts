import type { Piece } from '../cues.ts'
import type { Reading } from '../reading.ts'
import { type Fields, type JsonReader, fieldsOf, rowsOf, secondsOf, speakerOf, textOf } from './shape.ts'
import { piecesOfWords, readSegments, readWords, type Word } from './words.ts'

const wordOf = ({ word, text, start, end, speaker }: Fields): Word => ({
  speaker: speakerOf(speaker),
  start: secondsOf(start),
  end: secondsOf(end),
  text: textOf(word ?? text),
})

/** A segment in which WhisperX heard two voices is one cue of two pieces. */
const piecesOf = (segment: Fields, cue: number): Piece[] => {
  const { start, end, text } = wordOf({ ...segment, word: undefined })
  const own = speakerOf(segment.speaker)
  const words = rowsOf(segment.words)?.map(row => ({
    ...wordOf(row),
    speaker: speakerOf(row.speaker) ?? own,
  }))
  const voices = new Set(words?.map(({ speaker }) => speaker))
  if (!words || voices.size < 2) return [{ cue, speaker: own ?? [...voices][0] ?? null, start, end, text }]
  return piecesOfWords(words).map(piece => ({ ...piece, cue }))
}

/**
 * Whisper `{text, segments:[{start, end, text, tokens…}], language}` and WhisperX, which adds `speaker`
 * and `words`; seconds. faster-whisper's bare list of segments too.
 */
const readSegmented = (value: unknown): Reading | null => {
  const segments = rowsOf(fieldsOf(value)?.segments) ?? rowsOf(value)
  const isSegment = ({ text, start, end }: Fields) =>
    typeof text === 'string' && secondsOf(start) !== null && secondsOf(end) !== null
  if (!segments?.some(isSegment)) return null
  const pieces = segments.flatMap(piecesOf)
  const isAligned = segments.some(({ speaker, words }) => speaker !== undefined || Array.isArray(words))
  return { format: isAligned ? 'whisperx' : 'whisper', cues: segments.length, pieces, problems: [] }
}

/** whisper.cpp `{transcription:[{timestamps, offsets:{from, to}, text}]}`, milliseconds. */
const readOffsets = (value: unknown): Reading | null => {
  const segments = rowsOf(fieldsOf(value)?.transcription)
  if (!segments?.some(({ offsets, text }) => fieldsOf(offsets) && typeof text === 'string')) return null
  return readSegments(
    'whisper',
    segments.map(({ offsets, text, speaker }) => ({
      speaker: speakerOf(speaker),
      start: secondsOf(fieldsOf(offsets)?.from, 0.001),
      end: secondsOf(fieldsOf(offsets)?.to, 0.001),
      text: textOf(text),
    })),
  )
}

/** Whisper in a pipeline `{text, chunks:[{timestamp:[0, 1.5], text}], speakers?:[…]}`, seconds. */
const readChunks = (value: unknown): Reading | null => {
  const file = fieldsOf(value)
  const chunks = rowsOf(file?.speakers) ?? rowsOf(file?.chunks)
  if (!chunks?.some(({ timestamp, text }) => Array.isArray(timestamp) && typeof text === 'string'))
    return null
  return readSegments(
    'whisper',
    chunks.map(({ timestamp, text, speaker }) => {
      const [start, end] = Array.isArray(timestamp) ? (timestamp as unknown[]) : []
      return { speaker: speakerOf(speaker), start: secondsOf(start), end: secondsOf(end), text: textOf(text) }
    }),
  )
}

/** Nothing but words: `word_segments` of WhisperX, or the bare `{text}` of the interface. */
const readRest = (value: unknown): Reading | null => {
  const file = fieldsOf(value)
  const words = rowsOf(file?.word_segments)
  if (words?.some(({ word }) => typeof word === 'string')) return readWords('whisperx', words.map(wordOf))
  const spoken = textOf(file?.text)
  const isAlone = file !== null && Object.keys(file).every(key => plainKeys.has(key))
  if (spoken.trim() === '' || !isAlone) return null
  const timed = rowsOf(file.words)
  if (timed)
    return timed.some(({ word }) => typeof word === 'string') ? readWords('whisper', timed.map(wordOf)) : null
  return readWords(
    'whisper',
    spoken.split(/\s/u).map(text => ({ speaker: null, start: null, end: null, text })),
  )
}

const plainKeys = new Set([
  'text',
  'task',
  'language',
  'duration',
  'segments',
  'words',
  'usage',
  'word_segments',
])

/** Whisper and its kin: segments, whisper.cpp's offsets, a pipeline's chunks, or the bare text. */
export const readWhisper: JsonReader = value =>
  readSegmented(value) ?? readOffsets(value) ?? readChunks(value) ?? readRest(value)
