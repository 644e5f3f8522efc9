import { type JsonReader, fieldsOf, rowsOf, secondsOf, speakerOf, textOf } from './shape.ts'
import { readSegments } from './words.ts'

/** The podcast namespace: `{version, segments:[{speaker?, startTime, endTime?, body}]}`, seconds. */
export const readPodcast: JsonReader = value => {
  const segments = rowsOf(fieldsOf(value)?.segments)
  if (!segments?.some(({ body, startTime }) => typeof body === 'string' && startTime !== undefined))
    return null
  return readSegments(
    'podcast-json',
    segments.map(({ speaker, startTime, endTime, body }) => ({
      speaker: speakerOf(speaker),
      start: secondsOf(startTime),
      end: secondsOf(endTime),
      text: textOf(body),
    })),
  )
}
