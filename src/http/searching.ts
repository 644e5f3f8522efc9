import { type Asked, askedFor } from '../domain/ask.ts'
import type { PlaceKind, SearchAnswer, SearchRequest } from '../domain/api/search.ts'
import { toLocal } from '../domain/local-time.ts'
import {
  type LexicalScores,
  lexicalScores,
  highlightsIn,
  postingsIn,
  rankPassages,
  type SearchCandidate,
  shortlist,
  together,
} from '../domain/search.ts'
import { searchWords } from '../domain/search-words.ts'
import { asPerson, type Database } from '../store/database.ts'
import { pairById } from '../store/pairs.ts'
import {
  corpusOf,
  indexedSources,
  type Near,
  nearestTo,
  passagesAt,
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

/** With a filter more is compared in full: what it takes away may have stood before what it leaves. */
const mostNearest = { plain: 75, filtered: 300 }

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
  const most = isNarrow || by !== undefined ? mostNearest.filtered : mostNearest.plain
  const [[pair], [corpus], postings, rows, sources, nearest] = await database.read(
    asker,
    pairById(pairId),
    corpusOf(pairId),
    postingsFor(pairId, terms),
    rowsWith(pairId, rowKinds.some(wanted) ? terms : []),
    indexedSources(pairId, isNarrow),
    nearestTo(pairId, near, passageKinds.some(wanted) ? most : 0),
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
  const [passages] = await database.read(asker, passagesAt(pair.id, listed, meant))
  const known = new Map<string, FoundPlace>(
    told.map(({ line, ...row }) => [row.id, { ...row, pair: pair.id, fromLine: line, toLine: line }]),
  )
  const isListed = new Set(listed.map(({ source }) => source))
  const rowsListed = told
    .filter(({ id }) => isListed.has(id))
    .map(({ id }) => ({ id, source: id, ordinal: 0, similarity: null }))
  const gathered = { pair: pair.id, lexical, known, byMeaning: isByMeaning(meant, passages) }
  if (by === undefined) return { ...gathered, candidates: [...passages, ...rowsListed] }
  // Who speaks in a passage is in its lines: they are read of all that could be shown.
  const ids = passages.map(({ id }) => id)
  const read = await readPassages(database, person, pair.id, ids)
  const theirs = read.filter(({ kind, people }) =>
    kind === 'own-note' ? by === person : people.includes(by),
  )
  for (const passage of theirs) known.set(passage.id, placeOf(passage, pair.id, person))
  return { ...gathered, candidates: [...passages, ...rowsListed].filter(({ id }) => known.has(id)) }
}

const isByMeaning = (near: Near | null, passages: readonly SearchCandidate[]): boolean =>
  near !== null && (passages.length === 0 || passages.some(({ similarity }) => similarity !== null))

const readPassages = async (database: Database, person: string, pair: string, ids: readonly string[]) =>
  ids.length === 0 ? [] : (await database.read(asPerson(person), passagesToShow(pair, ids)))[0]

/** Where both speak, nobody is named. */
const placeOf = ({ people, ...passage }: ShownPassage, pair: string, person: string): FoundPlace => ({
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
  const known = new Map<string, FoundPlace>()
  for (const found of gathered) {
    for (const [id, place] of found.known) known.set(id, place)
    const own = new Set(found.candidates.map(({ id }) => id))
    const unread = ranked.map(({ id }) => id).filter(id => own.has(id) && !found.known.has(id))
    for (const passage of await readPassages(database, person, found.pair, unread))
      known.set(passage.id, placeOf(passage, found.pair, person))
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
