import { type Asked, askedFor } from '../domain/ask.ts'
import type { PlaceKind, SearchAnswer, SearchRequest } from '../domain/api/search.ts'
import { toLocal } from '../domain/local-time.ts'
import {
  type LexicalScores,
  lexicalScores,
  highlightsIn,
  keyOf,
  type Place,
  postingsIn,
  rankPassages,
  type SearchCandidate,
  shortlist,
  together,
} from '../domain/search.ts'
import { searchWords } from '../domain/search-words.ts'
import { asPerson, type Database } from '../store/database.ts'
import { pairClock } from '../store/pairs.ts'
import {
  corpusOf,
  indexedSources,
  type Near,
  nearestTo,
  passagesToShow,
  postingsFor,
  type ShownPassage,
} from '../store/passages.ts'
import { rowsWith } from '../store/search-rows.ts'

const passageKinds: readonly PlaceKind[] = ['transcript', 'note', 'own-note']
const rowKinds: readonly PlaceKind[] = ['promise', 'decision', 'roadblock', 'feedback', 'agenda']

type PlaceRow = SearchAnswer['places'][number]
/** A place as it is shown, but for how well it fits. */
type FoundPlace = Omit<PlaceRow, 'score' | 'highlights'>

/** What may answer a query in one pair, by the id it is ranked by. */
interface Gathered {
  readonly pair: string
  readonly lexical: LexicalScores
  readonly candidates: readonly SearchCandidate[]
  /** What is known already of some of them; the others are passages, read when they are to be shown. */
  readonly known: ReadonlyMap<string, FoundPlace>
  /** Whether vectors were compared. */
  readonly byMeaning: boolean
}

/** A question as a vector, with which texts it may be compared and from where on they are near. */
export interface Meant extends Near {
  readonly nearEnough: number
  knows(language: string): boolean
}

/** With a filter more of the nearest are listed: what it takes away may have stood before what it leaves. */
const mostFiltered = 300

/**
 * What may answer a query in one pair, read as its asker; filters apply before anything is ranked. Nothing
 * where the asker has no such pair. All that needs no answer first is asked at once.
 */
const gatherIn = async (
  database: Database,
  person: string,
  pairId: string,
  { kinds, person: by, from, to }: SearchRequest,
  { words }: Asked,
  near: Meant | null,
): Promise<Gathered | null> => {
  const asker = asPerson(person)
  const terms = [...new Set(searchWords(words))]
  const wanted = (kind: PlaceKind) => kinds === undefined || kinds.includes(kind)
  const isNarrow = kinds !== undefined || from !== undefined || to !== undefined
  const [[pair], [corpus], postings, rows, sources, nearest] = await database.read(
    asker,
    pairClock(pairId),
    corpusOf(pairId),
    postingsFor(pairId, terms),
    rowsWith(pairId, rowKinds.some(wanted) ? terms : []),
    indexedSources(pairId, isNarrow),
    nearestTo(
      pairId,
      passageKinds.some(wanted) ? near : null,
      isNarrow || by !== undefined ? mostFiltered : undefined,
    ),
  )
  if (!pair) return null
  const meant = near?.knows(pair.language) ? near : null
  const onDay = (instant: string) => {
    const day = toLocal(instant, pair.timezone).slice(0, 10)
    return (from === undefined || day >= from) && (to === undefined || day <= to)
  }
  const allowed = new Set(
    sources.filter(source => wanted(source.kind) && onDay(source.at)).map(({ source }) => source),
  )
  const mayStand = (source: string) => !isNarrow || allowed.has(source)
  const told = rows.filter(
    row => wanted(row.kind) && onDay(row.at) && (by === undefined || row.person === by),
  )
  const found = postings.map(posting => ({
    word: posting.word,
    sources: posting.sources.filter(({ source }) => mayStand(source)),
  }))
  const lexical = lexicalScores(together(found, postingsIn(told, terms)), corpus ?? { passages: 0, words: 0 })
  const listed = shortlist(lexical, meant ? nearest.filter(({ source }) => mayStand(source)) : [])
  const known = new Map<string, FoundPlace>(
    told.map(({ line, ...row }) => [row.id, { ...row, pair: pair.id, fromLine: line, toLine: line }]),
  )
  // A row's words have no vector.
  const candidates = listed.map(place =>
    known.has(place.source) ? { ...place, id: place.source, similarity: null } : place,
  )
  const gathered = { pair: pair.id, lexical, known, byMeaning: meant !== null && nearest.length > 0 }
  if (by === undefined) return { ...gathered, candidates }
  // Who speaks in a passage is in its lines: they are read of all that could be shown.
  const read = await readPassages(
    database,
    person,
    pair.id,
    candidates.filter(({ id }) => !known.has(id)),
  )
  const theirs = new Set(
    read.filter(({ kind, people }) => (kind === 'own-note' ? by === person : people.includes(by))).map(keyOf),
  )
  return { ...gathered, candidates: candidates.filter(({ id }) => known.has(id) || theirs.has(id)) }
}

const readPassages = async (database: Database, person: string, pair: string, places: readonly Place[]) =>
  places.length === 0 ? [] : (await database.read(asPerson(person), passagesToShow(pair, places)))[0]

/** Where both speak, nobody is named. */
const placeOf = (
  { people, source: _source, ordinal: _ordinal, ...passage }: ShownPassage,
  pair: string,
  person: string,
): FoundPlace => ({
  ...passage,
  pair,
  person: passage.kind === 'own-note' ? person : people.length === 1 ? (people[0] ?? null) : null,
  state: null,
  due: null,
})

/**
 * Each of these pairs is asked for itself, by its own words and weights; then all that was found is ranked
 * together. Tells in how many of them the asker may search at all.
 */
export const searchPairs = async (
  database: Database,
  person: string,
  pairs: readonly string[],
  request: SearchRequest,
  near: Meant | null,
): Promise<{ readonly pairs: number; readonly answer: SearchAnswer }> => {
  const asked = askedFor(request.query)
  const gathered: Gathered[] = []
  for (const pair of pairs) {
    const found = await gatherIn(database, person, pair, request, asked, near)
    if (found) gathered.push(found)
  }
  const ranked = rankPassages({
    query: asked.words,
    candidates: gathered.flatMap(({ candidates }) => candidates),
    lexical: {
      of: place => gathered.reduce((sum, { lexical }) => sum + lexical.of(place), 0),
      best: () => [],
    },
    nearEnough: near?.nearEnough ?? null,
    limit: request.limit,
  })
  const isRanked = new Set(ranked.map(({ id }) => id))
  const known = new Map<string, FoundPlace>()
  for (const found of gathered) {
    for (const [id, place] of found.known) known.set(id, place)
    const unread = found.candidates.filter(({ id }) => isRanked.has(id) && !found.known.has(id))
    for (const passage of await readPassages(database, person, found.pair, unread))
      known.set(keyOf(passage), placeOf(passage, found.pair, person))
  }
  const places = ranked.flatMap(({ id, score }) => {
    const place = known.get(id)
    return place ? [{ ...place, score, highlights: highlightsIn(place.text, asked.words) }] : []
  })
  const isAskedFor = ({ kind }: FoundPlace) => asked.kinds.includes(kind)
  const answer: SearchAnswer = {
    method: gathered.some(({ byMeaning }) => byMeaning) ? 'hybrid' : 'words-only',
    question: asked.isQuestion,
    places: [...places.filter(isAskedFor), ...places.filter(place => !isAskedFor(place))],
  }
  return { pairs: gathered.length, answer }
}
