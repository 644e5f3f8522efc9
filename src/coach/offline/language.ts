import type { Line } from '../../domain/transcript/transcript.ts'

/**
 * English is told by its small words. In English talk about half of all words are in this list; in
 * German, French, Spanish, Dutch or Portuguese fewer than one in eight is (own samples of each).
 */
const small = new Set(
  (
    'the and to of that it is you i we was this have for on with but they be not so what do just about are know like ' +
    "if can as at from or would there how when your my then will which who been get going think yes yeah okay ok it's i'm " +
    "that's don't because really right well good up out all one me he she them our here could should has had did a in an no"
  ).split(' '),
)
const shortest = 6
const enough = 0.28

/** Words of a line, and how many of them are small English words. */
function count(text: string): { words: number; small: number } {
  let words = 0
  let hits = 0
  for (const match of text
    .toLowerCase()
    .replaceAll('’', "'")
    .matchAll(/[\p{L}\p{M}]+(?:'[\p{L}]+)*/gu)) {
    // Scripts without spaces run together: every three characters weigh as a word.
    const latin = /^[a-z']+$/.test(match[0])
    words += latin ? 1 : Math.max(1, Math.round(match[0].length / 3))
    if (latin && small.has(match[0])) hits += 1
  }
  return { words, small: hits }
}

/** Whether one line can be read as English. Lines of fewer than six words get the benefit of the doubt. */
export function readsAsEnglish(text: string): boolean {
  const { words, small: hits } = count(text)
  if (words < shortest) return /^[^\p{L}]*$/u.test(text) || /\p{Script=Latin}/u.test(text)
  return hits / words >= (words < 15 ? 0.15 : enough * 0.75)
}

/**
 * Whether the meeting as a whole is English: enough small words over all, and most of the words in
 * lines that read as English. A meeting of a handful of words is read when it is in Latin letters.
 */
export function isEnglish(lines: readonly Line[]): boolean {
  let words = 0
  let hits = 0
  let readable = 0
  for (const line of lines) {
    const counted = count(line.text)
    words += counted.words
    hits += counted.small
    if (readsAsEnglish(line.text)) readable += counted.words
  }
  if (words === 0) return true
  if (words < 12) return readable >= words / 2
  return hits / words >= enough && readable / words >= 0.5
}
