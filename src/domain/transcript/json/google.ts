import type { Reading } from '../reading.ts'
import { type Fields, type JsonReader, fieldsOf, rowsOf, secondsOf, speakerOf, textOf } from './shape.ts'
import { readSegments, readWords, type Word } from './words.ts'

const wordOf = ({
  word,
  startTime,
  startOffset,
  endTime,
  endOffset,
  speakerTag,
  speakerLabel,
}: Fields): Word => ({
  // Tag 0 is how the recogniser writes that it told no voices apart.
  speaker: speakerTag === 0 ? null : speakerOf(speakerTag ?? speakerLabel),
  start: secondsOf(startTime ?? startOffset),
  end: secondsOf(endTime ?? endOffset),
  text: textOf(word),
})

/**
 * Google Speech-to-Text `{results:[{alternatives:[{transcript, words:[{word, startTime:"1.2s", speakerTag}]}]}]}`.
 * With voices told apart the last result repeats all words with their tags: it alone is read then.
 */
export const readGoogleSpeech: JsonReader = value => {
  const file = fieldsOf(value)
  const results = rowsOf(file?.results) ?? rowsOf(fieldsOf(file?.response)?.results) ?? rowsOf(value)
  const best = (results ?? []).flatMap(({ alternatives }) => rowsOf(alternatives)?.slice(0, 1) ?? [])
  if (!best.some(({ transcript, words }) => typeof transcript === 'string' || rowsOf(words))) return null
  const parts = best.map(({ words }) => (rowsOf(words) ?? []).map(wordOf))
  const last = parts.at(-1) ?? []
  if (last.some(({ speaker }) => speaker !== null))
    return readWords(
      'google-speech',
      parts
        .slice(0, -1)
        .flat()
        .some(({ speaker }) => speaker !== null)
        ? parts.flat()
        : last,
    )
  return fromResults(best, parts)
}

const fromResults = (best: readonly Fields[], parts: readonly (readonly Word[])[]): Reading =>
  readSegments(
    'google-speech',
    best.map(({ transcript }, index) => ({
      speaker: null,
      start: parts[index]?.[0]?.start ?? null,
      end: parts[index]?.at(-1)?.end ?? null,
      text: textOf(transcript),
    })),
  )

/** Google Meet's interface: `{transcriptEntries:[{participant, text, startTime:"2026-01-15T10:30:00Z", endTime}]}`. */
export const readMeetEntries: JsonReader = value => {
  const file = fieldsOf(value)
  const entries = rowsOf(file?.transcriptEntries) ?? rowsOf(file?.entries) ?? rowsOf(value)
  if (!entries?.some(({ participant, text }) => typeof participant === 'string' && typeof text === 'string'))
    return null
  const moment = (time: unknown) => Date.parse(textOf(time)) / 1000
  const first = entries.map(({ startTime }) => moment(startTime)).find(Number.isFinite) ?? 0
  return readSegments(
    'google-meet-entries',
    entries.map(({ participant, text, startTime, endTime }) => ({
      speaker: speakerOf(textOf(participant).replace(/^.*\/(?=participants\/)/, '')),
      start: secondsOf(moment(startTime) - first),
      end: secondsOf(moment(endTime) - first),
      text: textOf(text),
    })),
  )
}
