import { Client } from 'pg'
import { z } from 'zod'
import { asPerson, type Database } from '../../src/store/database.ts'
import { nearestTo } from '../../src/store/passages.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { query, sql, vector } from '../../src/store/sql.ts'
import { randomFrom } from '../../test/support/random.ts'
import { openBenchServers } from './bench-servers.ts'
import { embedderName, type SearchedPair } from './corpus.ts'
import { atMost, type Part, percentiles, ratio, type Row, spreadOf, timed } from './measure.ts'
import { type Asked, readsOf } from './search.ts'
import { fillServer, passagesOfAPair } from './server-corpus.ts'
import { questionFrom, vectorsFrom } from './talk.ts'

const nearest = 10
const nearEnough = 0.45

/** Searching within one of many pairs on PostgreSQL, beside an approximate index over all of them. */
export const serverSearch: Part = async (size, seed, keep) => {
  const [pairs, indexed, questions] = size === 'full' ? [5_000, 1_000, 300] : [100, 100, 60]
  await using servers = await openBenchServers(keep)
  const { ownerUrl, url } = await servers.filledDatabase(
    `search_${pairs}_${seed}`,
    async (owner, application) => {
      await fillServer(owner, application, pairs, seed)
      await indexApproximately(owner, indexed)
    },
  )
  const random = randomFrom(seed + 1)
  const vectorOf = vectorsFrom(random)
  await using database = await openPostgres({ url, connections: 2 })
  const places = await pairsIn(ownerUrl, questions)
  const asked: Asked[] = places.map(() => ({
    question: questionFrom(random),
    near: { embedder: embedderName, vector: vectorOf(), nearEnough, knows: () => true },
  }))
  return {
    title: 'Search within a pair, on servers',
    about: `${(pairs * passagesOfAPair).toLocaleString('en')} passages of ${pairs.toLocaleString('en')} pairs on PostgreSQL; ${questions} questions, each in another pair, one after another.`,
    rows: [
      await wholeSearch(database, places, asked),
      await nearestTen(database, ownerUrl, places, asked, indexed),
    ],
  }
}

/** The same first ones whoever asks; the pair of the originals is in none of them. */
const someOf = (pairs: number): string =>
  `select pair.id as pair, manager_id as manager, meeting.id as meeting from pair join meeting on pair_id = pair.id
    where meeting.state = 'held' order by md5(pair.id::text) limit ${pairs}`

const pairsIn = async (ownerUrl: string, many: number): Promise<SearchedPair[]> => {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  const { rows } = await owner.query<{ pair: string; manager: string; meeting: string }>(someOf(many))
  await owner.end()
  return rows.map(row => ({ ...row, cookie: '', passages: passagesOfAPair }))
}

const wholeSearch = async (
  database: Database,
  places: readonly SearchedPair[],
  asked: readonly Asked[],
): Promise<Row> => {
  const ours: number[] = []
  const plain: number[] = []
  for (const [index, place] of [...places.slice(0, 20), ...places].entries()) {
    const one = asked[index < 20 ? index : index - 20]!
    const times = [
      await readsOf(database, place, one),
      await timed(() => exactly(database, place, one)),
    ] as const
    // The first make the plans; each pair is asked again, so that none is read from the disk alone.
    if (index < 20) continue
    ours.push(times[0])
    plain.push(times[1])
  }
  const [found, beside] = [spreadOf(ours), spreadOf(plain)]
  return {
    what: `the database's part of a search by words and meaning, a pair of ${passagesOfAPair}`,
    figure: percentiles(found),
    beside: `only every vector of the pair compared: ${percentiles(beside)}`,
    ratio: ratio(found.p95, beside.p95),
    bar: atMost(4, found.p95, 'ms p95'),
  }
}

const Exact = z.object({ id: z.string(), place: z.string(), similarity: z.number() })
const exactly = async (database: Database, { pair, manager }: SearchedPair, { near }: Asked) => {
  const [found] = await database.read(
    asPerson(manager),
    query(
      Exact,
      sql`select id, source_id || ' ' || ordinal as place, 1 - (embedding <=> ${vector(near.vector)}::halfvec) as similarity from passage
        where pair_id = ${pair} and embedder = ${embedderName} order by embedding <=> ${vector(near.vector)}::halfvec limit ${nearest}`,
    ),
  )
  return found
}

/** The ten nearest that are near enough to be shown: how many are found, and how soon. */
const nearestTen = async (
  database: Database,
  ownerUrl: string,
  places: readonly SearchedPair[],
  asked: readonly Asked[],
  indexed: number,
): Promise<Row> => {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  // The servers end before it where something fails, and what failed is to be told.
  owner.on('error', () => undefined)
  await owner.query('set hnsw.iterative_scan = relaxed_order; set enable_sort = off')
  const times = { ours: [] as number[], theirs: [] as number[] }
  const found = { ours: 0, theirs: 0, all: 0 }
  for (const [index, place] of places.entries()) {
    const { near } = asked[index]!
    const right = (await exactly(database, place, asked[index]!)).filter(
      ({ similarity }) => similarity >= nearEnough,
    )
    let mine: readonly string[] = []
    times.ours.push(
      await timed(async () => {
        const [alike] = await database.read(asPerson(place.manager), nearestTo(place.pair, near))
        mine = alike
          .toSorted((one, other) => other.similarity - one.similarity)
          .slice(0, nearest)
          .map(({ source, ordinal }) => `${source} ${ordinal}`)
      }),
    )
    let theirs: readonly string[] = []
    times.theirs.push(
      await timed(async () => {
        const { rows } = await owner.query<{ id: string }>({
          name: 'approximately',
          text: `select id from approximate where pair_id = $1
            order by embedding <=> $2::halfvec(512) limit ${nearest}`,
          values: [place.pair, vector(near.vector)],
        })
        theirs = rows.map(({ id }) => id)
      }),
    )
    found.all += right.length
    found.ours += right.filter(one => mine.includes(one.place)).length
    found.theirs += right.filter(one => theirs.includes(one.id)).length
  }
  await owner.end()
  const [ours, theirs] = [spreadOf(times.ours), spreadOf(times.theirs)]
  const recall = (some: number) => (some / found.all).toFixed(3)
  return {
    what: 'the ten nearest of the pair that are near enough to be shown',
    figure: `${percentiles(ours)}; recall ${recall(found.ours)}`,
    beside: `HNSW over the ${(indexed * passagesOfAPair).toLocaleString('en')} of ${indexed.toLocaleString('en')} pairs, filtered by pair: ${percentiles(theirs)}; recall ${recall(found.theirs)}`,
    ratio: ratio(ours.p95, theirs.p95),
    bar: atLeastAll(found.ours, found.all),
  }
}

const atLeastAll = (some: number, all: number): string => `recall 1: ${some === all ? 'kept' : 'missed'}`

/**
 * As others do it: one index of all vectors, asked with a filter by pair. Building it takes longer than all
 * else here, so it has a fifth of the pairs at most: the fewer there are, the better for it.
 */
const indexApproximately = async (ownerUrl: string, pairs: number): Promise<void> => {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query(
    `create table approximate as select passage.id, pair_id, embedding::halfvec(512) as embedding
      from (${someOf(pairs)}) some join passage on pair_id = some.pair`,
  )
  await owner.query("set maintenance_work_mem = '2GB'")
  await owner.query('create index on approximate using hnsw (embedding halfvec_cosine_ops)')
  await owner.query('analyze approximate')
  await owner.end()
}
