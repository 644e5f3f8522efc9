import type { Roster } from '../../domain/ports.ts'
import type { Utterance } from './utterances.ts'
import { baseOfInflected } from './verbs.ts'
import { contentStems, plainWords, stem, type Word } from './words.ts'

/** Stems with verbs brought to their base, so that "sent the deck" meets "send the deck". */
export function stemsOf(words: readonly Word[]): Set<string> {
  const stems = contentStems(words)
  for (const { text } of words) {
    const base = baseOfInflected(text)
    if (base !== null && base !== 'do' && base !== 'get' && base !== 'make') stems.add(stem(base))
  }
  return stems
}

const days = contentStems(
  plainWords(
    'today tonight tomorrow morning afternoon evening day week weekend month next end first ' +
      'monday tuesday wednesday thursday friday saturday sunday',
  ),
)

/** The stems that say what an item is about: who of the two and by when are said of every other item too. */
export function matterOf(text: string, { manager, report }: Roster): Set<string> {
  const names = stemsOf(plainWords([manager?.name, report?.name].join(' ')))
  return new Set([...stemsOf(plainWords(text))].filter(word => !names.has(word) && !days.has(word)))
}

/** What an item's word that nobody says weighs when the rest is weighed. */
const unsaid = 0.3

/** Words said all the time tell little about which item is meant; words never said tell nothing. */
export function rarityIn(utterances: readonly Utterance[]): (word: string) => number {
  const counts = new Map<string, number>()
  for (const { words } of utterances)
    for (const word of stemsOf(words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return word => (counts.has(word) ? 1 / Math.sqrt(counts.get(word)!) : unsaid)
}

export const sum = (words: Iterable<string>, weight: (word: string) => number) => {
  let total = 0
  for (const word of words) total += weight(word)
  return total
}
