import { captionsOf } from '../captions.ts'
import { type JsonReader, fieldsOf, rowsOf, secondsOf, textOf } from './shape.ts'

/** subtitle.js, which podcast hosts use: `[{type:"cue", data:{start, end, text}}]`, milliseconds, labels in the text. */
export const readSubtitles: JsonReader = value => {
  const cues = rowsOf(value)
  if (!cues?.some(({ data }) => typeof fieldsOf(data)?.text === 'string')) return null
  const blocks = cues.map(({ data }, index) => {
    const { start, end, text } = fieldsOf(data) ?? {}
    const [from, to] = [secondsOf(start, 0.001) ?? 0, secondsOf(end, 0.001) ?? 0]
    return {
      timing: { start: from, end: to, strict: true, comma: false },
      text: textOf(text),
      line: index + 1,
    }
  })
  return { ...captionsOf(blocks, 'srt'), format: 'subtitle-json', problems: [] }
}
