import { isName } from './people.ts'
import { finiteAt } from './impact.ts'
import type { TraitContext } from './traits.ts'
import { isSeenPast } from './verbs.ts'
import type { Sentence, Word } from './words.ts'

/** A stretch of a sentence with one verb's worth of telling. */
export interface Clause {
  start: number
  end: number
  words: Word[]
}

const pronoun =
  /^(?:you|he|she|i|we|they|it|nobody|everybody|everyone|this|that|your|my|our|his|her|their|two|three|four|some|people)$/
const noSubject =
  /^(?:in|on|at|to|for|from|with|of|by|after|before|during|when|while|as|if|because|without|then|not|who|which|and|or|but)$/
const ties = /^(?:and|but|so|because|since|then)$/

/** Cuts a sentence where a new subject with a verb begins: after "and", "so", "because", a comma, a colon. */
export function clausesOf(sentence: Sentence, context: TraitContext): Clause[] {
  const { words } = sentence
  const cuts: number[] = []
  for (let i = 1; i < words.length; i++) {
    const word = words[i]!
    if (inBrackets(sentence, word)) continue
    const tie = ties.test(word.plain)
    if (
      tie
        ? begins(words, i + 1, context, word.plain)
        : word.comma && (begins(words, i, context, '') || which(words, i))
    )
      cuts.push(i)
  }
  const starts = [0, ...cuts.filter(cut => cut >= 2 || words[cut]!.comma)]
  return starts
    .map((from, index) => {
      const to = starts[index + 1] ?? words.length
      const first = words[from]
      const next = words[to]
      return {
        start: from === 0 ? sentence.start : first!.start,
        end: next === undefined ? sentence.end : next.start,
        words: words.slice(from, to),
      }
    })
    .filter(clause => clause.words.length > 0)
}

const inBrackets = (sentence: Sentence, word: Word) => {
  const before = sentence.text.slice(0, word.start - sentence.start)
  return before.lastIndexOf('(') > before.lastIndexOf(')')
}
const which = (words: readonly Word[], at: number) => words[at]!.plain === 'which'

/** Whether a clause of its own begins here: a subject, and a verb before long. */
function begins(words: readonly Word[], at: number, context: TraitContext, tie: string): boolean {
  const first = words[at]
  if (first === undefined || first.opens) return false
  // Notes leave the subject out: "left early, didn't tell anyone".
  if (tie === '' && (isSeenPast(first.plain) || (first.plain === 'did' && words[at + 1]?.plain === "n't")))
    return true
  const note =
    tie === '' &&
    context.topic.size === 0 &&
    !context.addressed &&
    /^[a-z]/.test(first.plain) &&
    !noSubject.test(first.plain)
  const subject =
    note ||
    pronoun.test(first.plain) ||
    isName(words, at, context.known) ||
    /^(?:the|a|an|no|[a-z]+s)$/.test(first.plain)
  if (!subject) return false
  for (let i = at + 1; i < Math.min(words.length, at + 6); i++) {
    const { plain, opens, comma } = words[i]!
    if (opens || /^(?:who|that|which|to|when|while|if)$/.test(plain) || (comma && i > at + 1)) return false
    if (finiteAt(words, i) || /^(?:leaves?|says?|goes|never|always|wo|ca)$/.test(plain)) return true
  }
  return false
}
