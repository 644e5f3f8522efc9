import type { Asked } from '../domain/ask.ts'
import type { PlaceKind, SearchRequest } from '../domain/api/search.ts'
import { toLocal } from '../domain/local-time.ts'
import {
  type LexicalScores,
  lexicalScores,
  postingsIn,
  type SearchCandidate,
  shortlist,
  together,
} from '../domain/search.ts'
import { searchWords } from '../domain/search-words.ts'
import { asPerson, type Database } from '../store/database.ts'
import type { PairRecord } from '../store/pairs.ts'
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
export interface FoundPlace extends SearchCandidate {
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

export interface Gathered {
  readonly lexical: LexicalScores
  readonly places: readonly FoundPlace[]
  /** Whether vectors were compared. */
  readonly byMeaning: boolean
}

/** With a filter more is compared in full: what it takes away may have stood before what it leaves. */
const mostNearest = { plain: 75, filtered: 300 }

/** What may answer a query in one pair, read as its asker; filters apply before anything is ranked. */
export const gatherIn = async (
  database: Database,
  person: string,
  pair: PairRecord,
  { kinds, person: by, from, to }: SearchRequest,
  { words }: Asked,
  near: Near | null,
): Promise<Gathered> => {
  const asker = asPerson(person)
  const terms = [...new Set(searchWords(words))]
  const wanted = (kind: PlaceKind) => kinds === undefined || kinds.includes(kind)
  const onDay = (instant: string) => {
    const day = toLocal(instant, pair.timezone).slice(0, 10)
    return (from === undefined || day >= from) && (to === undefined || day <= to)
  }
  const isNarrow = kinds !== undefined || from !== undefined || to !== undefined
  const [[corpus], postings, rows, sources] = await database.read(
    asker,
    corpusOf(pair.id),
    postingsFor(pair.id, terms),
    rowsWith(pair.id, rowKinds.some(wanted) ? terms : []),
    indexedSources(pair.id, isNarrow),
  )
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
  const meant = near && passageKinds.some(wanted) && pair.language.startsWith('en') ? near : null
  const most = isNarrow || by !== undefined ? mostNearest.filtered : mostNearest.plain
  const [nearest] = meant ? await database.read(asker, nearestTo(pair.id, meant, most)) : [[]]
  const listed = shortlist(
    lexical,
    nearest.filter(({ source }) => mayStand(source)),
  )
  const [passages] = await database.read(asker, passagesAt(pair.id, listed, meant))
  const speaks =
    by === undefined ? new Map<string, never>() : await speakersOf(database, person, pair.id, passages)
  const isTheirs = ({ id, kind }: { id: string; kind: PlaceKind }) =>
    by === undefined || (kind === 'own-note' ? by === person : (speaks.get(id)?.includes(by) ?? false))
  const isListed = new Set(listed.map(({ source }) => source))
  return {
    lexical,
    byMeaning: meant !== null && (passages.length === 0 || passages.some(one => one.similarity !== null)),
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
export const soleSpeakers = async (
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
