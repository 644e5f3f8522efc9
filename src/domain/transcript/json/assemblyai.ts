import { type Fields, type JsonReader, fieldsOf, rowsOf, secondsOf, speakerOf, textOf } from './shape.ts'
import { readSegments, readWords } from './words.ts'

const millisecond = 0.001

const segmentOf = ({ speaker, start, end, text }: Fields) => ({
  speaker: speakerOf(speaker),
  start: secondsOf(start, millisecond),
  end: secondsOf(end, millisecond),
  text: textOf(text),
})

const isSpoken = ({ text, start }: Fields): boolean => typeof text === 'string' && secondsOf(start) !== null

/** AssemblyAI: `utterances` where voices were told apart, else `words`; **milliseconds**, speakers as letters. */
export const readAssemblyAi: JsonReader = value => {
  const file = fieldsOf(value)
  const utterances = rowsOf(file?.utterances)
  if (utterances?.some(isSpoken)) return readSegments('assemblyai', utterances.map(segmentOf))
  const words = rowsOf(file?.words)
  return words?.some(isSpoken) ? readWords('assemblyai', words.map(segmentOf)) : null
}
