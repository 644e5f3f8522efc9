import { randomFrom } from '../../test/support/random.ts'
import { makePerson } from '../../test/support/rows.ts'
import { passagesOf } from '../../src/domain/passages.ts'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { passagesToEmbed, storeTranscriptPassages, storeVectors } from '../../src/store/passages.ts'
import { type Statement, sql } from '../../src/store/sql.ts'
import { openPlain, type PlainSession } from './plain-session.ts'
import { type Random, turn, vectorsFrom } from './talk.ts'
import { cookieOf, makeMeetings, makePair, managerName } from './workspace.ts'

/** A pair to search in. */
export interface SearchedPair {
  readonly pair: string
  readonly manager: string
  readonly meeting: string
  readonly cookie: string
  readonly passages: number
}

/** As many as an hour's talk comes to. */
const perTranscript = 100
/** Everybody else's: no pair of theirs is larger. */
const mostOfOthers = 10_000
/** The bundled embedder's: a request compares with vectors of this name alone. */
export const embedderName = 'use-lite-1'

/**
 * A workspace of `total` passages with their words and vectors, in which the pairs of these sizes are
 * searched. Transcripts arrive in turns, as in life: a pair's rows do not lie side by side on the disk.
 */
export const makeCorpus = async (
  folder: string,
  total: number,
  sizes: readonly number[],
  seed: number,
): Promise<SearchedPair[]> => {
  const pairs = await makePairs(folder, total, sizes)
  const searched = pairs.slice(0, sizes.length)
  await fillPairs(folder, searched, pairs.slice(sizes.length), randomFrom(seed))
  await using database = await openEmbedded({ folder, longestMessage: 600_000 })
  await database.maintain()
  return searched
}

const makePairs = async (
  folder: string,
  total: number,
  sizes: readonly number[],
): Promise<SearchedPair[]> => {
  await using database = await openEmbedded({ folder })
  const left = total - sizes.reduce((sum, size) => sum + size, 0)
  const others = Array.from({ length: Math.ceil(left / mostOfOthers) }, (_, index) =>
    Math.min(mostOfOthers, left - index * mostOfOthers),
  )
  const made: SearchedPair[] = []
  for (const passages of [...sizes, ...others]) made.push(await makeSearched(database, passages))
  return made
}

const makeSearched = async (database: Database, passages: number): Promise<SearchedPair> => {
  const manager = await makePerson(database, managerName)
  const pair = await makePair(database, manager)
  const [meeting = ''] = await makeMeetings(database, manager, pair, 1)
  return { pair, manager, meeting, passages, cookie: await cookieOf(database, manager) }
}

/** A transcript that is still to come. */
interface Coming {
  readonly to: SearchedPair
  readonly passages: number
  readonly order: number
}

const comingTo = (random: Random, pairs: readonly SearchedPair[]): Coming[] =>
  pairs.flatMap(to =>
    Array.from({ length: Math.ceil(to.passages / perTranscript) }, (_, index) => ({
      to,
      passages: Math.min(perTranscript, to.passages - index * perTranscript),
      order: random.next(),
    })),
  )

/** Copying a row takes a third of the time of making it; nobody searches the copies. */
const made = 20

const fillPairs = async (
  folder: string,
  searched: readonly SearchedPair[],
  others: readonly SearchedPair[],
  random: Random,
): Promise<void> => {
  await using database = await openPlain(folder)
  const vectorOf = vectorsFrom(random)
  const originals: string[] = []
  const coming = [...comingTo(random, searched), ...comingTo(random, others)]
  for (const { to, passages } of coming.toSorted((one, other) => one.order - other.order)) {
    const original = originals[random.below(made)]
    if (others.includes(to) && original) await copyTranscript(database, to, original)
    else {
      const id = await makeTranscript(database, to, passages, random, vectorOf)
      if (others.includes(to)) originals.push(id)
    }
  }
}

const insertTranscriptOf = (id: string, { pair, meeting, manager }: SearchedPair): Statement =>
  sql`insert into transcript (id, pair_id, meeting_id, added_by, file_name, byte_count, content_hash, state)
    values (${id}, ${pair}, ${meeting}, ${manager}, 'talk.vtt', 1, decode(replace(${id}, '-', ''), 'hex'), 'read')`

const makeTranscript = async (
  database: PlainSession,
  to: SearchedPair,
  passages: number,
  random: Random,
  vectorOf: () => Float32Array,
): Promise<string> => {
  const id = crypto.randomUUID()
  const lines = Array.from({ length: passages * 2 }, (_, index) => ({ no: index + 1, text: turn(random) }))
  const said = passagesOf(lines).slice(0, passages)
  await database.run(insertTranscriptOf(id, to), ...storeTranscriptPassages(to.pair, id, said))
  const [rows = []] = await database.read(passagesToEmbed(to.pair, id))
  const vectors = (rows as { id: string }[]).map(row => ({ id: row.id, vector: vectorOf() }))
  await database.run(...storeVectors(to.pair, embedderName, vectors))
  return id
}

const copyTranscript = async (database: PlainSession, to: SearchedPair, original: string): Promise<void> => {
  const id = crypto.randomUUID()
  await database.run(
    insertTranscriptOf(id, to),
    sql`insert into indexed_source (id, pair_id, transcript_id, passages, words)
      select ${id}, ${to.pair}, ${id}, passages, words from indexed_source where id = ${original}`,
    sql`insert into passage (pair_id, meeting_id, transcript_id, ordinal, from_line, to_line, text, embedder, embedding)
      select ${to.pair}, ${to.meeting}, ${id}, ordinal, from_line, to_line, text, embedder, embedding
      from passage where transcript_id = ${original}`,
    sql`insert into passage_sketch (source_id, first, pair_id, embedder, sketches)
      select ${id}, first, ${to.pair}, embedder, sketches from passage_sketch where source_id = ${original}`,
    sql`insert into posting (pair_id, word, source_id, places)
      select ${to.pair}, word, ${id}, places from posting where source_id = ${original}`,
  )
}
