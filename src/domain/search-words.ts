const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u
const spaced = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}\p{N}]+)?/gu

/** Of a script that is written without spaces between words. */
export const isUnspaced = (text: string): boolean => unspaced.test(text)

export interface FoundWord {
  readonly word: string
  readonly from: number
  readonly to: number
}

const wordAt = (written: string, from: number): FoundWord => ({
  word: written.toLowerCase(),
  from,
  to: from + written.length,
})

/** The words a text is found by, and where they stand: letters and digits, lower case, accents kept. */
export const foundWords = (text: string): FoundWord[] => {
  if (isUnspaced(text))
    return [...segmenter.segment(text)]
      .filter(({ isWordLike }) => isWordLike)
      .map(({ segment, index }) => wordAt(segment, index))
  return [...text.matchAll(spaced)].map(match => wordAt(match[0], match.index))
}

/** The words a text is found by. Used for storing and for asking. */
export const searchWords = (text: string): string[] => foundWords(text).map(({ word }) => word)
