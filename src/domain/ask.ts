import type { PlaceKind } from './api/search.ts'
import { foundWords } from './search-words.ts'

/**
 * A question in plain words is answered by the places that answer it, and by nothing else: what it asks
 * for says which kinds of places to put first, and the words around that are not looked for. English only;
 * another language's question is looked for word by word.
 */
export interface Asked {
  readonly isQuestion: boolean
  /** What to look for: the query itself, or the words of a question that carry it. */
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

/** Words that a question is built from, and those that name what it asks for. */
const carriesNothing = new Set(
  (
    'a about above after again all also am an and any are as ask asked at be because been before being but by can ' +
    'could did do does doing done during each ever for from get got had has have having he her here his how i if in ' +
    'into is it its just last let like long many may me more most much my no not now of off on one or our out over ' +
    'said same say says she should since so some such talk talked tell than that the their them then there these ' +
    'they thing things this those time to told too under until up us very was we were what when where which while ' +
    'who whom whose why will with would you your decide decided decision decisions agree agreed promise promised ' +
    'promises due stuck block blocked blocking roadblock roadblocks feedback agenda way'
  ).split(' '),
)

/** What somebody typed into the search field, understood as a question where it is one. */
export const askedFor = (query: string): Asked => {
  const found = foundWords(query)
  const isQuestion = (opening.test(query) && found.length > 2) || /\?\s*$/u.test(query)
  if (!isQuestion) return { isQuestion, words: query, kinds: [] }
  const carrying = found.filter(({ word }) => !carriesNothing.has(word))
  return {
    isQuestion,
    words: carrying.length === 0 ? query : carrying.map(({ word }) => word).join(' '),
    kinds: asksFor.flatMap(([pattern, kind]) => (pattern.test(query) ? [kind] : [])),
  }
}
