import type { Reading } from '../reading.ts'
import { type Fields, type JsonReader, fieldsOf, rowsOf, secondsOf, speakerOf, textOf } from './shape.ts'
import { readSegments, readWords, type VoiceSpan, withVoices, type Word } from './words.ts'

const wordOf = (
  { type, start_time, end_time, alternatives, speaker_label }: Fields,
  channel?: string,
): Word => ({
  speaker: speakerOf(speaker_label) ?? channel ?? null,
  start: secondsOf(start_time),
  end: secondsOf(end_time),
  text: textOf(rowsOf(alternatives)?.[0]?.content),
  attached: type === 'punctuation',
})

const spanOf = ({ start_time, end_time, speaker_label }: Fields): VoiceSpan => ({
  start: secondsOf(start_time) ?? 0,
  end: secondsOf(end_time) ?? 0,
  speaker: speakerOf(speaker_label),
})

/** Two channels: the words of each, put in order of time; punctuation stays with its word. */
const fromChannels = (channels: readonly Fields[]): Reading => {
  const words = channels.flatMap(({ channel_label, items }) => {
    let last = 0
    return (rowsOf(items) ?? []).map(item => {
      const word = wordOf(item, speakerOf(channel_label) ?? undefined)
      last = word.start ?? last
      return { word, at: last }
    })
  })
  return readWords(
    'aws-transcribe',
    words.toSorted((a, b) => a.at - b.at).map(({ word }) => word),
  )
}

/**
 * Amazon Transcribe `{jobName, results:{transcripts, items, speaker_labels?, audio_segments?}}`: times are
 * strings of seconds. Voices stand on each item, or in `speaker_labels.segments` beside them.
 */
export const readAws: JsonReader = value => {
  const results = fieldsOf(fieldsOf(value)?.results)
  const segments = rowsOf(results?.audio_segments)
  if (segments?.some(({ transcript }) => typeof transcript === 'string'))
    return readSegments(
      'aws-transcribe',
      segments.map(row => ({ ...spanOf(row), text: textOf(row.transcript) })),
    )
  const channels = rowsOf(fieldsOf(results?.channel_labels)?.channels)
  if (channels?.some(({ items }) => rowsOf(items))) return fromChannels(channels)
  const items = rowsOf(results?.items)
  if (!items?.some(({ type, alternatives }) => type === 'pronunciation' && rowsOf(alternatives))) return null
  const words = items.map(item => wordOf(item))
  const spans = rowsOf(fieldsOf(results?.speaker_labels)?.segments)
  const isLabelled = words.some(({ speaker }) => speaker !== null)
  return readWords('aws-transcribe', spans && !isLabelled ? withVoices(words, spans.map(spanOf)) : words)
}
