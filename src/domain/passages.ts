import type { Line } from './transcript/transcript.ts'

/** A stretch of text small enough for one vector. */
export interface Passage {
  readonly ordinal: number
  readonly fromLine: number | null
  readonly toLine: number | null
  readonly text: string
}

/** The bundled model reads about 70 words and ignores the rest: 60 leave room for long ones. */
const mostWords = 60

/** Pieces of at most `mostWords` words, cut at a sentence's end where one is near. */
const pieces = (text: string): string[] => {
  const words = text.split(/\s+/u).filter(Boolean)
  const found: string[] = []
  let from = 0
  while (from < words.length) {
    let to = Math.min(from + mostWords, words.length)
    if (to < words.length)
      for (let end = to; end > from + mostWords / 2; end--)
        if (/[.?!…]$/u.test(words[end - 1] ?? '')) {
          to = end
          break
        }
    found.push(words.slice(from, to).join(' '))
    from = to
  }
  return found
}

const countOf = (text: string): number => text.split(/\s+/u).length

/** Lines of a transcript as passages: short ones together, long ones cut, in order. */
export const passagesOf = (lines: readonly Pick<Line, 'no' | 'text'>[]): Passage[] => {
  const found: { fromLine: number; toLine: number; text: string }[] = []
  for (const { no, text } of lines)
    for (const piece of pieces(text)) {
      const last = found.at(-1)
      if (last && countOf(last.text) + countOf(piece) <= mostWords) {
        last.text += `\n${piece}`
        last.toLine = no
      } else found.push({ fromLine: no, toLine: no, text: piece })
    }
  return found.map((passage, ordinal) => ({ ordinal, ...passage }))
}

/** The same for lines with gaps between them: no passage holds words from both sides of a gap. */
export const keptPassages = (lines: readonly Pick<Line, 'no' | 'text'>[]): Passage[] => {
  const runs: Pick<Line, 'no' | 'text'>[][] = []
  for (const line of lines) {
    const run = runs.at(-1)
    if (run && run.at(-1)?.no === line.no - 1) run.push(line)
    else runs.push([line])
  }
  return runs.flatMap(passagesOf).map((passage, ordinal) => ({ ...passage, ordinal }))
}

/** A note's text as passages. */
export const passagesOfText = (text: string): Passage[] =>
  pieces(text).map((piece, ordinal) => ({
    ordinal,
    fromLine: null,
    toLine: null,
    text: piece,
  }))
