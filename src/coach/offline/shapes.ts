import type { Reading } from './features.ts'
import { baseOfInflected, durable, momentary } from './verbs.ts'
import { stem } from './words.ts'

const small = new Set(
  "@ i i'll i'm i've i'd me my you you'll you're you've you'd your we we'll we're us our he she they him her them it it's this that that's those these a an the and or but so then if when because to of for with on at by in from about not no never don't didn't can't won't haven't hasn't isn't doesn't do does did is are was were be been have has had will would could should can may might must let let's please ok yes maybe just still already now what who why how where want need going get got gone made said told asked says think know there here nobody somebody someone everybody until before after since more very".split(
    ' ',
  ),
)
const days = new Set(
  'today tonight tomorrow monday tuesday wednesday thursday friday saturday sunday week month weekend morning afternoon evening'.split(
    ' ',
  ),
)

/** The word as its part in the sentence: small words stay, the others become what kind they are. */
function shapeOf(word: string): string {
  if (small.has(word)) return word
  if (days.has(word)) return 'DAY'
  if (durable.has(word)) return 'DO'
  if (momentary.has(word)) return 'BE'
  if (/^\d/.test(word)) return '#'
  const base = baseOfInflected(word)
  if (base !== null) return word.endsWith('ing') ? 'DOING' : word.endsWith('s') ? 'DOES' : 'DID'
  if (word.endsWith('ing')) return 'ING'
  if (word.endsWith('ed')) return 'ED'
  if (word.endsWith('ly')) return 'LY'
  return 'X'
}

/**
 * Stems, and threes of words in which only small words stand as they are: "I'll DO the X". So one trade's
 * promises teach something about another's.
 */
export function shapes(names: string[], { utterance, candidate }: Reading, words: readonly string[]): void {
  // What the rules make of it counts thrice: the pull towards zero should not keep it from telling.
  if (candidate !== null) {
    const strength = Math.round(candidate.strength * 8)
    for (const copy of ['x', 'y', 'z'])
      names.push(`${copy}:${candidate.act.kind}:${strength}`, `${copy}:${strength}`)
    for (let step = 1; step <= strength; step++) names.push(`up:${step}`)
  } else names.push('x:none', 'y:none', 'z:none')
  for (const { text } of utterance.words) names.push(`st:${stem(text)}`)
  let [before, last] = ['^', '^']
  for (let i = 0; i < words.length && i < longest; i++) {
    const here = shapeOf(words[i]!)
    names.push(`a2:${last} ${here}`, `a3:${before} ${last} ${here}`)
    ;[before, last] = [last, here]
  }
}
const longest = 50
