import { reasons, type Reason } from '../refuse.ts'
import type { Reading } from '../reading.ts'
import { type Fields, fieldsOf, rowsOf, secondsOf, speakerOf, textOf } from './shape.ts'
import { readWords, type VoiceSpan, withVoices, type Word } from './words.ts'

const wordOf = ({ punct, word, start, end }: Fields): Word => ({
  speaker: null,
  start: secondsOf(start),
  end: secondsOf(end),
  text: textOf(punct ?? word),
})

const spanOf = ({ start, duration, speaker }: Fields): VoiceSpan => {
  const from = secondsOf(start) ?? 0
  return {
    start: from,
    end: from + (secondsOf(duration) ?? 0),
    speaker: speakerOf(fieldsOf(speaker)?.['@id'] ?? speaker),
  }
}

/**
 * Kaldi as the BBC runs it: `words:[{word, punct, start, end}]`, alone or in `retval`, with the voices in
 * `segmentation.segments` beside them; seconds. The segmentation alone holds no words.
 */
export const readKaldi = (value: unknown): Reading | Reason | null => {
  const file = fieldsOf(value)
  const inner = fieldsOf(file?.retval) ?? file
  const spans = rowsOf(fieldsOf(inner?.segmentation ?? file?.segmentation)?.segments)
  const words = rowsOf(inner?.words)
  const isWord = ({ word, punct, start }: Fields) =>
    typeof (punct ?? word) === 'string' && secondsOf(start) !== null
  if (!words?.some(isWord))
    return spans?.some(({ duration }) => secondsOf(duration) !== null) ? reasons.noWords : null
  const spoken = words.map(wordOf)
  return readWords('kaldi', spans ? withVoices(spoken, spans.map(spanOf)) : spoken)
}
