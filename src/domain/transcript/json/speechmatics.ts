import type { Reading } from '../reading.ts'
import { type Fields, type JsonReader, fieldsOf, rowsOf, secondsOf, speakerOf, textOf } from './shape.ts'
import { readWords, withVoices, type Word } from './words.ts'

/** "UU" is how Speechmatics writes that it does not know the voice. */
const known = (value: unknown): string | null => (value === 'UU' ? null : speakerOf(value))

const wordOf = ({ type, start_time, end_time, alternatives, attaches_to }: Fields): Word => {
  const best = rowsOf(alternatives)?.[0]
  return {
    speaker: known(best?.speaker),
    start: secondsOf(start_time),
    end: secondsOf(end_time),
    text: textOf(best?.content),
    attached: type === 'punctuation' && attaches_to !== 'next',
  }
}

/** Version 1: `words:[{name, time, duration}]` and `speakers:[{name, time, duration}]`, strings of seconds. */
const readElder = (file: Fields): Reading | null => {
  const words = rowsOf(file.words)
  if (!words?.some(({ name, time }) => typeof name === 'string' && secondsOf(time) !== null)) return null
  const span = ({ name, time, duration }: Fields) => {
    const start = secondsOf(time) ?? 0
    return { name, start, end: start + (secondsOf(duration) ?? 0) }
  }
  const spoken = words.map(span).map(({ name, start, end }): Word => {
    const text = textOf(name)
    return { speaker: null, start, end, text, attached: /^[.,;:?!]$/.test(text) }
  })
  const speakers = (rowsOf(file.speakers) ?? []).map(span)
  return readWords(
    'speechmatics',
    withVoices(
      spoken,
      speakers.map(({ name, start, end }) => ({ start, end, speaker: known(name) })),
    ),
  )
}

/** Speechmatics `{format:"2.9", job, results:[{type, start_time, end_time, alternatives:[{content, speaker}]}]}`. */
export const readSpeechmatics: JsonReader = value => {
  const file = fieldsOf(value)
  if (!file) return null
  const results = rowsOf(file.results)
  const isWord = ({ type, alternatives, start_time }: Fields) =>
    type === 'word' && start_time !== undefined && rowsOf(alternatives) !== null
  if (!results?.some(isWord)) return readElder(file)
  return readWords('speechmatics', results.filter(({ alternatives }) => rowsOf(alternatives)).map(wordOf))
}
