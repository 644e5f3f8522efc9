import { type Asked, askedFor } from '../domain/ask.ts'
import type { PlaceKind, SearchAnswer, SearchRequest } from '../domain/api/search.ts'
import { toLocal } from '../domain/local-time.ts'
import {
  type LexicalScores,
  lexicalScores,
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
  postingsFor,
  speakersIn,
} from '../store/passages.ts'
import { type FoundRow, rowsWith } from '../store/search-rows.ts'

const passageKinds: readonly PlaceKind[] = ['transcript', 'note', 'own-note']
const rowKinds: readonly PlaceKind[] = ['promise', 'decision', 'roadblock', 'feedback', 'agenda']

/** A place as it may be shown, before it is known how well it fits. */
interface FoundPlace extends SearchCandidate {
  readonly pair: string
  readonly kind: PlaceKind
  readonly meeting: string | null
  readonly at: string
  readonly transcript: string | null
  readonly fromLine: number | null
  readonly toLine: number | null
  readonly person: string | null
  readonly state: FoundRow['state']
  readonly due: string | null
}

interface Gathered {
  readonly pair: string
  readonly lexical: LexicalScores
  readonly places: readonly FoundPlace[]
  /** Whether vectors were compared. */
  readonly byMeaning: boolean
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
  near: Near | null,
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
  const meant = near && pair.language.startsWith('en') ? near : null
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
  const speaks =
    by === undefined ? new Map<string, never>() : await speakersOf(database, person, pair.id, passages)
  const isTheirs = ({ id, kind }: { id: string; kind: PlaceKind }) =>
    by === undefined || (kind === 'own-note' ? by === person : (speaks.get(id)?.includes(by) ?? false))
  const isListed = new Set(listed.map(({ source }) => source))
  return {
    pair: pair.id,
    lexical,
    byMeaning:
      meant !== null &&
      passageKinds.some(wanted) &&
      (passages.length === 0 || passages.some(one => one.similarity !== null)),
    places: [
      ...passages.filter(isTheirs).map(({ meetingAt, ...passage }) => ({
        ...passage,
        pair: pair.id,
        at: meetingAt,
        person: passage.kind === 'own-note' ? person : null,
        state: null,
        due: null,
      })),
      ...told
        .filter(({ id }) => isListed.has(id))
        .map(({ line, ...row }) => ({
          ...row,
          pair: pair.id,
          source: row.id,
          ordinal: 0,
          similarity: null,
          fromLine: line,
          toLine: line,
        })),
    ],
  }
}

/** Who speaks in each of these, by place. */
const speakersOf = async (
  database: Database,
  person: string,
  pair: string,
  places: readonly Pick<FoundPlace, 'id' | 'kind' | 'transcript' | 'fromLine' | 'toLine'>[],
): Promise<ReadonlyMap<string, readonly (string | null)[]>> => {
  const spoken = places.filter(({ kind }) => kind === 'transcript')
  if (spoken.length === 0) return new Map()
  const [speakers] = await database.read(
    asPerson(person),
    speakersIn(
      pair,
      spoken.map(({ id, transcript, fromLine, toLine }) => ({ id, transcript, fromLine, toLine })),
    ),
  )
  return new Map(speakers.map(({ id, people }) => [id, people]))
}

/** Who alone speaks in those that are shown; where both do, nobody is named. */
const soleSpeakers = async (
  database: Database,
  person: string,
  pair: string,
  places: readonly FoundPlace[],
): Promise<ReadonlyMap<string, string>> => {
  const own = places.filter(place => place.pair === pair)
  return new Map(
    [...(await speakersOf(database, person, pair, own))].flatMap(([id, [one, other]]) =>
      one && other === undefined ? [[id, one] as const] : [],
    ),
  )
}

/**
 * Each of these pairs is asked for itself, by its own words and weights; then all that was found is ranked
 * together. Tells in how many of them the asker may search at all.
 */
export const searchPairs = async (
  database: Database,
  person: string,
  pairs: readonly string[],
  request: SearchRequest,
  near: Near | null,
): Promise<{ readonly pairs: number; readonly answer: SearchAnswer }> => {
  const asked = askedFor(request.query)
  const gathered: Gathered[] = []
  for (const pair of pairs) {
    const found = await gatherIn(database, person, pair, request, asked, near)
    if (found) gathered.push(found)
  }
  const places = gathered.flatMap(found => found.places)
  const byId = new Map(places.map(place => [place.id, place]))
  const ranked = rankPassages({
    query: asked.words,
    candidates: places,
    lexical: {
      of: place => gathered.reduce((sum, { lexical }) => sum + lexical.of(place), 0),
      best: () => [],
    },
    limit: request.limit,
  }).flatMap(({ id, score, highlights }) => {
    const place = byId.get(id)
    return place ? [{ place, score, highlights }] : []
  })
  const shown = ranked.map(({ place }) => place)
  const speakers = new Map<string, string>()
  for (const { pair } of gathered)
    for (const [place, speaker] of await soleSpeakers(database, person, pair, shown))
      speakers.set(place, speaker)
  const isAskedFor = ({ place }: (typeof ranked)[number]) => asked.kinds.includes(place.kind)
  const answer: SearchAnswer = {
    method: gathered.some(({ byMeaning }) => byMeaning) ? ('hybrid' as const) : ('words-only' as const),
    question: asked.isQuestion,
    places: [...ranked.filter(isAskedFor), ...ranked.filter(one => !isAskedFor(one))].map(
      ({ place: { source: _source, ordinal: _ordinal, similarity: _similarity, ...place }, ...found }) => ({
        ...place,
        person: place.person ?? speakers.get(place.id) ?? null,
        ...found,
      }),
    ),
  }
  return { pairs: gathered.length, answer }
}
