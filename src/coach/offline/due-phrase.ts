import { dueMatches } from './due-matches.ts'
import type { Utterance } from './utterances.ts'

/**
 * Finds the words that say by when, and copies them. What day they mean is computed elsewhere.
 * A stretch of an utterance, in offsets of the line's text.
 */
export interface DuePhrase {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** Looking back, not ahead: "last Friday", "since Monday"; or how often: "most Fridays", "a Friday". */
const past = /(?:\b(?:last|since|previous|past|early|most|some|until last|for a|on a)\s+|\bago\b|\bfrom\s+)$/i
const firm =
  /^(?:by|before|until|till|no later|end|eod|eow|cob|tomorrow|today|tonight|next|this|within|in|on|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i

/**
 * All due phrases of an utterance, in order. Utterances longer than 1,200 characters are read up to there.
 * Read once and kept beside the utterance: signs, answers and items all ask.
 */
export function duePhrases(utterance: Utterance): readonly DuePhrase[] {
  const known = read.get(utterance)
  if (known !== undefined) return known
  const phrases = readPhrases(utterance)
  read.set(utterance, phrases)
  return phrases
}
const read = new WeakMap<Utterance, readonly DuePhrase[]>()

function readPhrases(utterance: Utterance): DuePhrase[] {
  const start = utterance.from
  const text = lowered(utterance.text.slice(0, 1200).replaceAll('’', "'"))
  const found: DuePhrase[] = []
  for (const { from, length } of dueMatches(text)) {
    const said = text.slice(from, from + length)
    if (past.test(text.slice(Math.max(0, from - 12), from))) continue
    if (
      /^(?:for|in|over|at|after|during|from) (?:a|one|two|three) (?:minutes?|hours?|second|first)/i.test(said)
    )
      continue
    if (/^(?:may|mar|sun|sat|wed|mon|fri|second|first)$/i.test(said)) continue
    // "Come today", "over today": the small word belongs to the verb.
    const small = /^(?:come|over|during) (?:today|tonight|tomorrow|this|next)/i.test(said)
      ? said.indexOf(' ') + 1
      : 0
    found.push(phraseAt(utterance, start + from + small, length - small))
  }
  return found
}

/** In lower case, letter for letter: matching without regard to case costs three times as much. */
const lowered = (text: string) => {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text.replaceAll(/[A-Z]/g, letter => letter.toLowerCase())
}

const phraseAt = ({ line }: Utterance, from: number, length: number): DuePhrase => ({
  text: line.text.slice(from, from + length),
  from,
  to: from + length,
})

/** The phrase that most plainly says by when; of equals the last, because people correct themselves. */
export function duePhrase(utterance: Utterance): DuePhrase | null {
  let best: DuePhrase | null = null
  for (const phrase of duePhrases(utterance)) {
    if (best === null || firm.test(phrase.text) || !firm.test(best.text)) best = phrase
  }
  return best
}
