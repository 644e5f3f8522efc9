import type { Word } from './words.ts'

/** Up to `count` words before, of the same sentence. */
export const preceding = (words: readonly Word[], at: number, count: number) => {
  let from = at
  while (from > 0 && at - from < count && !words[from]!.opens) from--
  return words
    .slice(from, at)
    .map(word => word.plain)
    .join(' ')
}
/** Up to `count` words after, of the same sentence. */
export const following = (words: readonly Word[], at: number, count: number) => {
  let to = at + 1
  while (to < words.length && to - at <= count && !words[to]!.opens) to++
  return words
    .slice(at + 1, to)
    .map(word => word.plain)
    .join(' ')
}
export const around = (words: readonly Word[], at: number) =>
  `${preceding(words, at, 8)} ${following(words, at, 8)}`
