import type { Reading } from '../reading.ts'
import { type Fields, type JsonReader, fieldsOf, rowsOf, secondsOf, speakerOf, textOf } from './shape.ts'
import { readSegments, readWords, type Word } from './words.ts'

const wordOf = ({ punctuated_word, word, start, end, speaker }: Fields, channel: string | null): Word => ({
  speaker: speakerOf(speaker) ?? channel,
  start: secondsOf(start),
  end: secondsOf(end),
  text: textOf(punctuated_word ?? word),
})

const fromUtterances = (utterances: readonly Fields[], isMultichannel: boolean): Reading =>
  readSegments(
    'deepgram',
    utterances.map(({ speaker, channel, start, end, transcript }) => ({
      speaker: speakerOf(speaker) ?? (isMultichannel ? channelName(channel) : null),
      start: secondsOf(start),
      end: secondsOf(end),
      text: textOf(transcript),
    })),
  )

/** A transcript without the list of its words, as some callers store it. */
const bareWords = (transcript: unknown): Fields[] =>
  textOf(transcript)
    .split(/\s/u)
    .map(word => ({ word }))

/** Each channel of a recording is a voice of its own where nothing else tells them apart. */
const channelName = (channel: unknown): string | null => {
  const number = Array.isArray(channel) ? (channel as unknown[])[0] : channel
  return typeof number === 'number' ? `Channel ${number}` : null
}

/**
 * Deepgram: `results.utterances` where asked for, else the words of the channels, in order of time;
 * seconds, speakers as whole numbers.
 */
export const readDeepgram: JsonReader = value => {
  const results = fieldsOf(fieldsOf(value)?.results)
  const channels = rowsOf(results?.channels)
  const utterances = rowsOf(results?.utterances)
  const isMultichannel = (channels?.length ?? 1) > 1
  if (utterances?.some(({ transcript }) => typeof transcript === 'string'))
    return fromUtterances(utterances, isMultichannel)
  if (!channels?.some(({ alternatives }) => rowsOf(alternatives))) return null
  const words = channels.flatMap(({ alternatives }, index) => {
    const best = rowsOf(alternatives)?.[0]
    const channel = isMultichannel ? channelName(index) : null
    return (rowsOf(best?.words) ?? bareWords(best?.transcript)).map(word => wordOf(word, channel))
  })
  if (isMultichannel) words.sort((a, b) => (a.start ?? 0) - (b.start ?? 0))
  return readWords('deepgram', words)
}
