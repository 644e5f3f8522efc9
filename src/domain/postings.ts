import type { Passage } from './passages.ts'
import { searchWords } from './search-words.ts'

/** Where one word stands in one transcript or note: the unit of an inverted index. */
export interface Posting {
  readonly word: string
  /** `ordinal, times, length` of each passage that holds the word, in one row of numbers. */
  readonly places: readonly number[]
}

/** Longer ones are no words; an index key has to end somewhere. */
const longestWord = 64

/**
 * The inverted index of a text's passages, with the number of words in all of them. What stands in most
 * passages comes first: questions are full of such words, and what is stored together is read together.
 */
export const postingsOf = (
  passages: readonly Pick<Passage, 'ordinal' | 'text'>[],
): { readonly postings: Posting[]; readonly words: number } => {
  const byWord = new Map<string, number[]>()
  let total = 0
  for (const { ordinal, text } of passages) {
    const words = searchWords(text)
    total += words.length
    const times = new Map<string, number>()
    for (const word of words) if (word.length <= longestWord) times.set(word, (times.get(word) ?? 0) + 1)
    for (const [word, count] of times) {
      const places = byWord.get(word)
      if (places) places.push(ordinal, count, words.length)
      else byWord.set(word, [ordinal, count, words.length])
    }
  }
  const postings = [...byWord].map(([word, places]) => ({ word, places }))
  return {
    postings: postings.toSorted((one, other) => other.places.length - one.places.length),
    words: total,
  }
}
