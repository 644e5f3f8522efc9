import type { Extraction, Quote, Roster } from '../../domain/ports.ts'
import type { Line } from '../../domain/transcript/transcript.ts'

/** What a claim may speak of: the words of this meeting and the names of its people. */
export interface KnownWords {
  /** Whether a claim's own sentence is made of this meeting's words, and of those of the lines it rests on. */
  holds(text: string, evidence?: readonly Quote[]): boolean
  /** Whether a question is about something of it: one word of four letters at least. */
  touches(text: string): boolean
}

const wordsOf = (text: string): string[] =>
  text.normalize('NFKC').match(/[\p{L}\p{M}][\p{L}\p{M}\p{N}'’-]*/gu) ?? []
const stem = (word: string): string =>
  word
    .toLowerCase()
    .replaceAll(/['’].*$/gu, '')
    .slice(0, 4)

/**
 * A quote can stand in its line while the sentence beside it speaks of something else: another pair's
 * affairs, or an order that somebody read out in another line. So a name (a word in capitals inside the
 * sentence) has to be known from the meeting, and of the longer words a quarter from the lines quoted,
 * by their first four letters.
 */
export const knownWords = (
  lines: readonly Pick<Line, 'no' | 'text'>[],
  roster: Roster,
  others: readonly string[],
  /** `translated`: claims are in another language than the lines, so that only names can be compared. */
  { translated = false } = {},
): KnownWords => {
  const names = [roster.manager?.name, roster.report?.name, ...roster.labels].filter(
    name => name !== undefined,
  )
  const stemsOf = (texts: readonly string[]) => new Set(texts.flatMap(wordsOf).map(stem))
  const stems = stemsOf([...lines.map(({ text }) => text), ...names, ...others])
  const byNumber = new Map(lines.map(({ no, text }) => [no, text]))
  const among = (known: ReadonlySet<string>) => (word: string) =>
    word.split('-').some(part => known.has(stem(part)))
  const said = among(stems)
  return {
    touches: text => wordsOf(text).some(word => word.length >= 4 && said(word)),
    holds(text, evidence = []) {
      const quoted = evidence.flatMap(({ line }) => byNumber.get(line) ?? [])
      const near = quoted.length === 0 ? said : among(stemsOf([...quoted, ...names, ...others]))
      const words = wordsOf(text)
      const isName = (word: string, index: number) => index > 0 && /^\p{Lu}\p{Ll}/u.test(word)
      // German writes every noun with a capital: there the quarter has to do.
      const capitals = words.filter(isName).length
      const fewNames = capitals * 3 <= words.length
      if (fewNames && words.some((word, index) => isName(word, index) && !said(word))) return false
      if (translated) return true
      const long = words.filter(word => word.length >= 5)
      return long.length === 0 || long.filter(near).length * 4 >= long.length
    },
  }
}

/** Claims whose sentence is not of this meeting are taken out; how many there were. */
export const withoutForeign = <Found extends Extraction>(
  found: Found,
  known: KnownWords,
): { readonly kept: Found; readonly foreign: number } => {
  let foreign = 0
  const own = <One extends { readonly text: string; readonly evidence: readonly Quote[] }>(
    claims: readonly One[],
  ) => claims.filter(claim => known.holds(claim.text, claim.evidence) || (foreign++, false))
  const kept = {
    ...found,
    actionItems: own(found.actionItems),
    decisions: own(found.decisions),
    roadblocks: own(found.roadblocks),
    feedback: own(found.feedback),
    growth: own(found.growth),
  }
  return { kept, foreign }
}
