import { contextOf } from '../feedback.ts'
import { isSeenBase, seenBases } from './verbs.ts'
import { wordsOf } from './words.ts'

/**
 * What was written about somebody, as it would be said to them: "he went home" → "you went home". Only the subject
 * and its verb's ending change; every other word stays the writer's. Words to "you" stay as they are.
 */
export function toYou(text: string, name: string): string {
  const words = wordsOf(text)
  const { addressed, topic } = contextOf(words, [name])
  if (addressed || topic.size === 0) return text
  let told = ''
  let at = 0
  for (const [index, word] of words.entries()) {
    if (word.quoted) continue
    const spoken = topic.has(word.plain)
      ? word.capital && index === 0
        ? 'You'
        : 'you'
      : word.plain === 'his' && topic.has('he')
        ? 'your'
        : topic.has(words[index - 1]?.plain ?? '')
          ? toldVerb(word.plain)
          : null
    if (spoken === null) continue
    told += text.slice(at, word.start) + spoken
    at = word.end
  }
  return told + text.slice(at)
}

const verbs: Record<string, string> = {
  was: 'were',
  is: 'are',
  has: 'have',
  does: 'do',
  "'s": "'re",
  goes: 'go',
}
function toldVerb(word: string): string | null {
  if (verbs[word] !== undefined) return verbs[word]
  if (!word.endsWith('s') || !isSeenBase(word) || seenBases.has(word)) return null
  return (
    [word.replace(/ies$/, 'y'), word.replace(/es$/, ''), word.replace(/s$/, '')].find(stem =>
      seenBases.has(stem),
    ) ?? null
  )
}
