import { type JsonReader, fieldsOf, rowsOf, secondsOf, speakerOf, textOf } from './shape.ts'
import { readSegments } from './words.ts'

/**
 * Fireflies `{title, sentences:[{text, raw_text, start_time, end_time, speaker_name, speaker_id}]}`, alone or
 * as its interface answers, in `data.transcript`; seconds as numbers or strings. The summary beside it is
 * not speech.
 */
export const readFireflies: JsonReader = value => {
  const file = fieldsOf(value)
  const inner = fieldsOf(fieldsOf(file?.data)?.transcript) ?? fieldsOf(file?.transcript) ?? file
  const sentences = rowsOf(inner?.sentences) ?? rowsOf(value)
  const isSentence = sentences?.some(
    row =>
      (row.text ?? row.raw_text ?? row.sentence) !== undefined &&
      ('speaker_name' in row || 'speaker_id' in row),
  )
  if (!sentences || !isSentence) return null
  return readSegments(
    'fireflies',
    sentences.map(row => ({
      speaker: speakerOf(row.speaker_name) ?? speakerOf(row.speaker_id),
      start: secondsOf(row.start_time ?? row.startTime),
      end: secondsOf(row.end_time ?? row.endTime),
      text: textOf(row.text ?? row.raw_text ?? row.sentence),
    })),
  )
}
