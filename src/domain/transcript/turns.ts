import type { Reading } from './captions.ts'
import type { Piece } from './cues.ts'
import { mayBeLabel, speakerFrom } from './labels.ts'
import { wholeStamp } from './stamps.ts'

/** A line of its own that says who speaks from here on, and since when. */
interface Header {
  readonly speaker: string | null
  readonly start: number
}

/** A header's line is short; longer ones are words. */
const longestHeader = 100

/** `Name  0:15`, `**Name** 0:15`, `Unknown Speaker  1:02:03`, `0:15`: Otter, and Teams as text. */
const headerOf = (line: string): Header | null => {
  if (line.length > longestHeader) return null
  const plain = line.replaceAll('**', ' ').trim()
  const space = plain.lastIndexOf(' ')
  const start = wholeStamp(plain.slice(space + 1))
  if (start === null) return null
  const name = plain.slice(0, Math.max(space, 0))
  const label = name.trim()
  if (label === '') return { speaker: null, start }
  // One space before the stamp is how people write a time in a sentence.
  const apart = name.endsWith(' ') || line.includes('**') || line.includes('\t')
  return apart && mayBeLabel(label) ? { speaker: speakerFrom(label), start } : null
}

/** `[Name] 10:02:33`: captions saved on the machine of a Zoom participant, in wall-clock time. */
const savedHeaderOf = (line: string): Header | null => {
  if (line[0] !== '[' || line.length > longestHeader) return null
  const close = line.indexOf(']')
  if (close < 2) return null
  const label = line.slice(1, close).trim()
  const start = wholeStamp(line.slice(close + 1).trim())
  return start !== null && mayBeLabel(label) ? { speaker: speakerFrom(label), start } : null
}

/** Lines that programs add below or above what was said. */
const isNotice = (line: string): boolean =>
  /^(?:transcribed by https?:\/\/|.{1,80} (?:started|stopped) transcription$)/i.test(line.trim())

const readHeaders = (
  lines: readonly string[],
  format: string,
  readHeader: (line: string) => Header | null,
): Reading | null => {
  const turns: { header: Header; text: string[] }[] = []
  for (const line of lines) {
    const header = readHeader(line.trim())
    if (header) turns.push({ header, text: [] })
    else if (!isNotice(line)) turns.at(-1)?.text.push(line)
  }
  const spoken = turns.filter(({ text }) => text.some(line => line.trim() !== ''))
  if (spoken.length < 2) return null
  // Saved captions show the clock: seconds count from the first.
  const base = format === 'zoom-saved-captions' ? (turns[0]?.header.start ?? 0) : 0
  const pieces = turns.map(({ header, text }, cue): Piece => {
    const next = turns[cue + 1]
    return {
      cue,
      speaker: header.speaker,
      start: Math.max(0, header.start - base),
      end: next ? Math.max(0, next.header.start - base) : null,
      text: text.join(' '),
    }
  })
  return { format, cues: turns.length, pieces, problems: [] }
}

export const readOtter = (lines: readonly string[]): Reading | null => readHeaders(lines, 'otter', headerOf)

export const readTeamsText = (lines: readonly string[]): Reading | null =>
  readHeaders(lines, 'teams-text', headerOf)

export const readSavedCaptions = (lines: readonly string[]): Reading | null =>
  readHeaders(lines, 'zoom-saved-captions', savedHeaderOf)
