import { foundWords, searchWords } from './search-words.ts'

/** Hybrid search over one pair's passages: BM25, computed here, and cosine at 1 : 0.4. */

/** A stretch of one transcript or note. */
export interface Place {
  readonly source: string
  readonly ordinal: number
}

/** Where one word of the query stands, source by source: `ordinal, times, length` of each passage. */
export interface FoundPosting {
  readonly word: string
  readonly sources: readonly { readonly source: string; readonly places: readonly number[] }[]
}

/** All passages the asker may see. */
export interface Corpus {
  readonly passages: number
  readonly words: number
}

/** BM25 of every passage that holds a word of the query. */
export interface LexicalScores {
  /** 0 where no word of the query stands. */
  of(place: Place): number
  /** The highest, in order; at most so many. */
  best(most: number): Place[]
}

/** Where the words of a query stand in short texts that no index knows, each a source of its own. */
export const postingsIn = (
  texts: readonly { readonly id: string; readonly text: string }[],
  words: readonly string[],
): FoundPosting[] => {
  const read = texts.map(({ id, text }) => ({ id, words: searchWords(text) }))
  return words.map(word => ({
    word,
    sources: read.flatMap(({ id, words: own }) => {
      const times = own.filter(one => one === word).length
      return times > 0 ? [{ source: id, places: [0, times, own.length] }] : []
    }),
  }))
}

/** Two lists of where words stand as one. */
export const together = (one: readonly FoundPosting[], other: readonly FoundPosting[]): FoundPosting[] =>
  [...new Set([...one, ...other].map(({ word }) => word))].map(word => ({
    word,
    sources: [...one, ...other].filter(posting => posting.word === word).flatMap(({ sources }) => sources),
  }))

/** A place as one word, by which it is ranked. */
export const keyOf = ({ source, ordinal }: Place): string => `${source} ${ordinal}`

/** Robertson & Zaragoza 2009: the usual middle of the range for both. */
const k1 = 1.2
const b = 0.75

/** Words that stand in the text as one and in the index apart do no harm; each word of the query counts once. */
export const lexicalScores = (postings: readonly FoundPosting[], corpus: Corpus): LexicalScores => {
  const average = Math.max(corpus.words / Math.max(corpus.passages, 1), 1)
  // By ordinal within a source: a key of text for each of 15,000 places took eight times as long.
  const scores = new Map<string, number[]>()
  for (const { sources } of postings) {
    const documents = sources.reduce((sum, { places }) => sum + places.length / 3, 0)
    const rarity = Math.log(1 + (Math.max(corpus.passages, documents) - documents + 0.5) / (documents + 0.5))
    for (const { source, places } of sources) {
      const own = scores.get(source) ?? []
      scores.set(source, own)
      for (let at = 0; at + 2 < places.length; at += 3) {
        const [ordinal, times, length] = [places[at]!, places[at + 1]!, places[at + 2]!]
        const score = (rarity * times * (k1 + 1)) / (times + k1 * (1 - b + (b * length) / average))
        own[ordinal] = (own[ordinal] ?? 0) + score
      }
    }
  }
  return {
    of: ({ source, ordinal }) => scores.get(source)?.[ordinal] ?? 0,
    best: most => bestOf(scores, most),
  }
}

const bestOf = (scores: ReadonlyMap<string, readonly number[]>, most: number): Place[] => {
  const sorted = Float64Array.from(
    [...scores.values()].flatMap(own => own.filter(score => score > 0)),
  ).toSorted()
  const least = sorted.at(-most) ?? 0
  return [...scores]
    .flatMap(([source, own]) =>
      own.flatMap((score, ordinal) => (score >= least ? [{ place: { source, ordinal }, score }] : [])),
    )
    .toSorted((one, other) => other.score - one.score)
    .slice(0, most)
    .map(({ place }) => place)
}

/**
 * How many of the best by words are ranked with the 150 nearest by vector: far more than anybody is shown, so that
 * a neighbour can still lift one. QMSum, 634 questions: MRR .284, as with all compared in full (.288); BM25 .258.
 */
const mostShortlisted = 100

/** A passage that may be shown, as far as its rank needs it known. */
export interface SearchCandidate extends Place {
  readonly id: string
  /** Cosine of its vector with the query's; null where one of them has none. */
  readonly similarity: number | null
}

/** A passage whose vector is near the query's. */
export interface NearPlace extends Place {
  readonly similarity: number
}

/**
 * The cosine that a share of differing signs stands for: two vectors differ in as many of their signs as the angle
 * between them has of a half turn (Charikar 2002), with a standard deviation of .06 near a cosine of .45, for 512 of them.
 */
export const similarityOf = (differing: number): number => Math.cos(Math.PI * differing)

/**
 * Share of signs that may differ. What differs in more is not sorted, for it is not near enough to be
 * shown for its vector alone: of 23,000 pairs above that cosine (0.45) none differed in more than .395.
 */
export const mostDiffering = 0.4

/** Far more than are shown, so that the best by words find their place among them. */
export const mostAlike = 150
/**
 * How many of the nearest are compared in full, to be shown for their vector alone or not: each costs as much as
 * the signs of a hundred. Among 75 were 9.7 of the ten nearest (15,000 passages of QMSum, 150 questions); of forty
 * that was not measured.
 */
export const mostCompared = 40

/**
 * The best by words together with the nearest by vector, in order of nearness. Of one that is not among the nearest
 * it is known that it is no nearer than the last of them, and taken to be as near.
 */
export const shortlist = (lexical: LexicalScores, nearest: readonly NearPlace[]): SearchCandidate[] => {
  const farthest = nearest.at(-1)?.similarity ?? null
  const byWords = lexical.best(mostShortlisted).map(place => ({ ...place, similarity: farthest }))
  return [...new Map([...byWords, ...nearest].map(place => [keyOf(place), place]))].map(([id, place]) => ({
    id,
    ...place,
  }))
}

export interface SearchInput {
  readonly query: string
  /** The shortlist, with what is known of each. */
  readonly candidates: readonly SearchCandidate[]
  readonly lexical: LexicalScores
  /** Of the embedder: the cosine below which the vectors of unrelated sentences lie as well. */
  readonly nearEnough: number | null
  readonly limit: number
}

export interface Ranked {
  readonly id: string
  readonly score: number
}

/** Weight of the vector beside BM25, and of the neighbours: measured on QMSum (MRR .608 → .623; nDCG@10 .412 → .478). */
const vectorWeight = 0.4
const neighbourWeight = 0.4

/** To mean 0 and deviation 1, so that two kinds of score can be added. */
const standardised = (values: readonly number[]): number[] => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  return values.map(value => (deviation === 0 ? 0 : (value - mean) / deviation))
}

/** The best passages. An empty query finds nothing. */
export const rankPassages = (input: SearchInput): Ranked[] => {
  const { query, candidates, limit } = input
  if (candidates.length === 0 || searchWords(query).length === 0) return []
  const lexical = candidates.map(place => input.lexical.of(place))
  const known = candidates.flatMap(({ similarity }) => similarity ?? [])
  // Without a vector nothing is known of its meaning: neither near nor far.
  const middle = known.reduce((sum, value) => sum + value, 0) / Math.max(known.length, 1)
  const similar = candidates.map(({ similarity }) => similarity ?? middle)
  const left = standardised(lexical)
  const right = known.length > 0 ? standardised(similar) : []
  const base = left.map((score, index) => score + vectorWeight * (right[index] ?? 0))
  const at = new Map(candidates.map((place, index) => [keyOf(place), base[index] ?? 0]))
  const smoothed = candidates.map(({ source, ordinal }, index) => {
    const beside = [ordinal - 1, ordinal + 1].map(next => at.get(keyOf({ source, ordinal: next })) ?? 0)
    return (base[index] ?? 0) + neighbourWeight * Math.max(0, ...beside)
  })
  return candidates
    .map(({ id }, index) => ({
      id,
      score: smoothed[index] ?? 0,
      told: relevant(lexical[index] ?? 0, candidates[index]?.similarity ?? 0, input.nearEnough ?? 1),
    }))
    .filter(({ told }) => told)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, limit)
    .map(({ id, score }) => ({ id, score }))
}

/** No word and no nearness is no find. */
const relevant = (lexical: number, similarity: number, nearEnough: number): boolean =>
  lexical > 0 || similarity >= nearEnough

/** Ranges `[from, to)` of a text where words of the query stand. */
export const highlightsIn = (text: string, query: string): [number, number][] => {
  const terms = new Set(searchWords(query))
  return foundWords(text).flatMap(({ word, from, to }) => (terms.has(word) ? [[from, to]] : []))
}
