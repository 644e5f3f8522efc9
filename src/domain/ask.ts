import type { PlaceKind } from './api/search.ts'
import { foundWords } from './search-words.ts'

/**
 * A question in plain words is answered by the places that answer it, and by nothing else: what it asks
 * for says which kinds of places to put first, and the words around that are not looked for. English only;
 * another language's question is looked for word by word.
 */
export interface Asked {
  readonly isQuestion: boolean
  /** What to look for: the words of the query that tell something, or those of a question that carry it. */
  readonly words: string
  /** Kinds of places that such a question asks for. */
  readonly kinds: readonly PlaceKind[]
}

const opening =
  /^\s*(?:what|which|who|whom|whose|when|where|why|how|did|does|do|has|have|had|is|are|was|were|will|would|can|could|should)\b/iu

const asksFor: readonly (readonly [RegExp, PlaceKind])[] = [
  [/\b(?:deci(?:de|ded|sion|sions)|agree|agreed)\b/iu, 'decision'],
  [/\b(?:promise|promised|promises|said (?:i|you|we) would|owe|owes|due|action items?)\b/iu, 'promise'],
  [/\b(?:stuck|block|blocked|blocking|roadblocks?|in the way)\b/iu, 'roadblock'],
  [/\b(?:feedback)\b/iu, 'feedback'],
  [/\b(?:agenda)\b/iu, 'agenda'],
]

/** Words of grammar: they stand in most passages, so that they tell none apart, and cost the most to look up. */
const grammar =
  'a about above after again all also am an and any are as at be because been before being but by can could did do ' +
  'does doing during each for from had has have having he her his how i if in into is it its just me more most my ' +
  'no not now of off on or our out over she should since so some such than that the their them then there these ' +
  'they this those to too under until up us very was we were what when where which while who whom whose why will ' +
  'with would you your'
/** What a question is built from beyond them, and the words that name what it asks for. */
const asking =
  'ask asked done ever get got here last let like long many may much one same said say says talk talked tell thing ' +
  'things time told decide decided decision decisions agree agreed promise promised promises due stuck block blocked ' +
  'blocking roadblock roadblocks feedback agenda way'
const tellsNothing = new Set(grammar.split(' '))
const carriesNothing = new Set([...tellsNothing, ...asking.split(' ')])

/** The words that are not among these; all of them where no other is left. */
const without = (none: ReadonlySet<string>, query: string): string => {
  const left = foundWords(query).filter(({ word }) => !none.has(word))
  return left.length === 0 ? query : left.map(({ word }) => word).join(' ')
}

/** What somebody typed into the search field, understood as a question where it is one. */
export const askedFor = (query: string): Asked => {
  const isQuestion = (opening.test(query) && foundWords(query).length > 2) || /\?\s*$/u.test(query)
  if (!isQuestion) return { isQuestion, words: without(tellsNothing, query), kinds: [] }
  return {
    isQuestion,
    words: without(carriesNothing, query),
    kinds: asksFor.flatMap(([pattern, kind]) => (pattern.test(query) ? [kind] : [])),
  }
}
