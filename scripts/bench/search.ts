import { z } from 'zod'
import { throwAwayFolder } from '../../src/commands/throw-away.ts'
import { searchWords } from '../../src/domain/search-words.ts'
import { asPerson, type Database, type Identity } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { type Meant, searchPairs } from '../../src/http/searching.ts'
import { type Query, query, type Statement, sql } from '../../src/store/sql.ts'
import { startProcess } from '../../test/support/process.ts'
import { randomFrom } from '../../test/support/random.ts'
import { askingAt } from './asking.ts'
import { embedderName, makeCorpus, type SearchedPair } from './corpus.ts'
import {
  atMost,
  type Part,
  percentiles,
  ratio,
  type Row,
  type Spread,
  spreadOf,
  timed,
  timedEach,
} from './measure.ts'
import { questionFrom, vectorsFrom } from './talk.ts'

const warmUp = 60

/** A question, and a vector as its embedding would be. */
export interface Asked {
  readonly question: string
  readonly near: Meant
}

/** Searching within a pair of a large workspace: the database's part, and the request as a whole. */
export const search: Part = async (size, seed) => {
  const [total, sizes, questions] =
    size === 'full' ? [400_000, [200, 15_000], 300] : [20_000, [200, 2_000], 100]
  await using kept = await throwAwayFolder()
  const pairs = await makeCorpus(kept.folder, total, sizes, seed)
  const random = randomFrom(seed + 1)
  const vectorOf = vectorsFrom(random)
  const asked = Array.from({ length: questions }, () => ({
    question: questionFrom(random),
    near: { embedder: embedderName, vector: vectorOf(), nearEnough: 0.45, knows: () => true },
  }))
  const reads = await measureReads(kept.folder, pairs, asked)
  const requests = await measureRequests(kept.folder, pairs, asked)
  return {
    title: 'Search within a pair',
    about: `${total.toLocaleString('en')} passages in all with their words and vectors; ${questions} questions of one to seven words, one after another.`,
    rows: pairs.flatMap((pair, index) => rowsOf(pair, reads[index]!, requests[index]!)),
  }
}

const rowsOf = ({ passages }: SearchedPair, { ours, plain }: Reads, request: Spread): Row[] => {
  const beside = `vectors and text gone through: ${percentiles(plain)}`
  return [
    {
      what: `the database's part, a pair of ${passages.toLocaleString('en')}`,
      figure: percentiles(ours),
      beside,
      ratio: ratio(ours.p95, plain.p95),
      bar: atMost(8, ours.p95, 'ms p95'),
    },
    {
      what: `the request over HTTP, its question embedded, a pair of ${passages.toLocaleString('en')}`,
      figure: percentiles(request),
      beside,
      ratio: ratio(request.p95, plain.p95),
      bar: atMost(40, request.p95, 'ms p95'),
    },
  ]
}

interface Reads {
  readonly ours: Spread
  readonly plain: Spread
}

const measureReads = async (
  folder: string,
  pairs: readonly SearchedPair[],
  asked: readonly Asked[],
): Promise<Reads[]> => {
  await using database = await openEmbedded({ folder })
  const found: Reads[] = []
  for (const pair of pairs) {
    const ours: number[] = []
    const plain: number[] = []
    // In turns, so that what else the machine does meets both alike. The first are not counted: until the
    // database's program has been compiled a second time, a process that has just begun is half as fast.
    for (const [index, one] of [...asked.slice(0, warmUp), ...asked].entries()) {
      const times = [
        await readsOf(database, pair, one),
        await timed(() => plainScan(database, pair, one)),
      ] as const
      if (index < warmUp) continue
      ours.push(times[0])
      plain.push(times[1])
    }
    found.push({ ours: spreadOf(ours), plain: spreadOf(plain) })
  }
  return found
}

/** What the route asks of the database, and nothing of what it reckons between. */
export const readsOf = async (
  database: Database,
  { pair, manager }: SearchedPair,
  { question, near }: Asked,
): Promise<number> => {
  let spent = 0
  const read = async (asker: Identity, ...queries: readonly Query<unknown>[]) => {
    const begun = performance.now()
    const found = await database.read(asker, ...queries)
    spent += performance.now() - begun
    return found
  }
  const counted: Database = { ...database, read: read as Database['read'] }
  await searchPairs(counted, manager, [pair], { query: question, limit: 10 }, near)
  return spent
}

const Found = z.object({ id: z.string(), text: z.string() })

/** Without any index of ours: every vector compared, every text looked through, as the same person. */
const plainScan = (database: Database, { pair, manager }: SearchedPair, { question, near }: Asked) => {
  const [first, ...others] = searchWords(question).map(word => sql`text ilike ${`%${word}%`}`)
  const anyWord = others.reduce<Statement>((all, one) => sql`${all} or ${one}`, first ?? sql`false`)
  return database.read(
    asPerson(manager),
    query(
      Found,
      sql`select id, text from passage where pair_id = ${pair} and embedder = ${near.embedder}
        order by embedding <=> ${`[${near.vector.join(',')}]`}::halfvec limit 50`,
    ),
    query(Found, sql`select id, text from passage where pair_id = ${pair} and (${anyWord}) limit 150`),
  )
}

const measureRequests = async (
  folder: string,
  pairs: readonly SearchedPair[],
  asked: readonly Asked[],
): Promise<Spread[]> => {
  await using program = await startProcess(folder)
  const found: Spread[] = []
  for (const { pair, cookie } of pairs) {
    const asking = askingAt(program.url, cookie)
    const ask = async (index: number) => {
      const { method } = await asking.search(pair, asked[index]?.question ?? '')
      if (method !== 'hybrid') throw new Error(`searched by ${method}`)
    }
    found.push(spreadOf(await timedEach(asked.length, ask, 10)))
  }
  return found
}
