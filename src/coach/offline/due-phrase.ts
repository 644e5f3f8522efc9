import { beginnings, folded } from './beginnings.ts'
import { duePatterns } from './due-patterns.ts'
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

/** Looking back, not ahead: "last Friday", "since Monday"; or how often: "most Fridays". */
const past = /(?:\b(?:last|since|previous|past|early|most|some|until last)\s+|\bago\b|\bfrom\s+)$/i
const firm =
  /^(?:by|before|until|till|no later|end|eod|eow|cob|tomorrow|today|tonight|next|this|within|in|on|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i

/**
 * All due phrases of an utterance, in order. Utterances longer than 1,200 characters are read up to there.
 * Read once and kept beside the utterance: signs, answers and items all ask, and the pattern took 38 % of
 * the time of a long talk.
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
  for (const match of matches(text)) {
    if (past.test(text.slice(Math.max(0, match.index - 12), match.index))) continue
    if (
      /^(?:for|in|over|at|after|during|from) (?:a|one|two|three) (?:minutes?|hours?|second|first)/i.test(
        match[0],
      )
    )
      continue
    if (/^(?:may|mar|sun|sat|wed|mon|fri|second|first)$/i.test(match[0])) continue
    // "Come today", "over today": the small word belongs to the verb.
    if (/^(?:come|over|during) (?:today|tonight|tomorrow|this|next)/i.test(match[0])) {
      const small = match[0].indexOf(' ') + 1
      found.push(phraseAt(utterance, start + match.index + small, match[0].length - small))
      continue
    }
    const from = start + match.index
    found.push(phraseAt(utterance, from, match[0].length))
  }
  return found
}

/** Characters that tell most patterns apart: "by the", "in a w". */
const told = 6
/** Which patterns can begin with these characters, by number; and how many characters the shorter ones have. */
const starts = lazily(() => {
  const byText = new Map<string, number[]>()
  const lengths = new Set([told])
  duePatterns.forEach((pattern, number) => {
    const { cut, whole } = beginnings(pattern, told)
    for (const text of whole) lengths.add(text.length)
    for (const text of cut.union(whole)) {
      const known = byText.get(text)
      if (known === undefined) byText.set(text, [number])
      else known.push(number)
    }
  })
  return { byText, lengths: [...lengths] }
})
const compiled: (RegExp | undefined)[] = []
const regExpOf = (number: number) =>
  (compiled[number] ??= new RegExp(`(?:${duePatterns[number]!})(?![a-z0-9\u00b5-\u1fff])`, 'y'))
const isLetter = /[\p{L}\p{N}']/u

/** From left to right, none within another: at each word only the patterns that can begin there are tried. */
function matches(text: string): { 0: string; index: number }[] {
  const { byText, lengths } = starts()
  const plain = folded(text)
  const found: { 0: string; index: number }[] = []
  for (let i = 0; i < text.length; i++) {
    if (plain[i] === ' ' || (i > 0 && (plain[i - 1] !== ' ' || isLetter.test(text[i - 1]!)))) continue
    const numbers = lengths.flatMap(length => byText.get(plain.slice(i, i + length)) ?? [])
    let match: RegExpExecArray | null = null
    for (const number of numbers.toSorted((a, b) => a - b)) {
      const pattern = regExpOf(number)
      pattern.lastIndex = i
      match = pattern.exec(text)
      if (match !== null) break
    }
    if (match === null) continue
    found.push(match)
    i += match[0].length - 1
  }
  return found
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
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
