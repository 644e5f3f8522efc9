import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Queue as BullQueue, Worker } from 'bullmq'
import { Pool } from 'pg'
import { z } from 'zod'
import { localBus } from '../../src/live/local.ts'
import { openBullWorkers } from '../../src/queue/bullmq.ts'
import type { Handler } from '../../src/queue/queue.ts'
import { openRelay } from '../../src/queue/relay.ts'
import { openRedis, type RedisLink } from '../../src/redis.ts'
import { asPerson, asSystem, type Database } from '../../src/store/database.ts'
import { enqueueChore, finishJob, jobsUnderWay } from '../../src/store/jobs.ts'
import { meetingsOfPair } from '../../src/store/meetings.ts'
import { myPairs, pairById } from '../../src/store/pairs.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { query, sql } from '../../src/store/sql.ts'
import { makePerson } from '../../test/support/rows.ts'
import { openBenchServers } from './bench-servers.ts'
import {
  atLeast,
  atMost,
  load,
  type Part,
  percentiles,
  rates,
  ratio,
  type Row,
  seconds,
  spreadOf,
  timed,
} from './measure.ts'
import { makeMeetings, makePair, managerName } from './workspace.ts'

/** The server size on PostgreSQL and Redis of its own: page reads, and jobs through table, relay and BullMQ. */
export const server: Part = async size => {
  await using opened = new AsyncDisposableStack()
  const servers = opened.use(await openBenchServers(null))
  const { services } = servers
  const { ownerUrl, url } = await servers.newDatabase('bench')
  const database = opened.use(await openPostgres({ url, connections: 20 }))
  const redis = opened.use(await openRedis({ url: services.redisUrl, cluster: false, prefix: 'bench' }))
  const full = size === 'full'
  const place: Place = { database, redis }
  return {
    title: 'On servers',
    about:
      'PostgreSQL with every write on the disk, Redis with its file; both, the program and the asker on this machine.',
    rows: [
      await pageReads(place, ownerUrl, full ? 20_000 : 4_000),
      await starts(place, full ? 1_000 : 200),
      await emptyJobs(place, full ? 20_000 : 2_000),
      await fourWorkers(place, full ? 5_000 : 1_000),
    ],
  }
}

interface Place {
  readonly database: Database
  readonly redis: RedisLink
}

/** One transaction as somebody, with four queries, a hundred at once. */
const pageReads = async ({ database }: Place, ownerUrl: string, milliseconds: number): Promise<Row> => {
  const manager = await makePerson(database, managerName)
  const pair = await makePair(database, manager)
  await makeMeetings(database, manager, pair, 50)
  const queries = [myPairs(), pairById(pair), meetingsOfPair(pair, 50), jobsUnderWay(pair)] as const
  const ours = () => database.read(asPerson(manager), ...queries)
  // The same four questions by somebody whom no policy binds, on as many connections, each used by one at a time.
  const plain = new Pool({ connectionString: ownerUrl, max: 20 })
  await using stack = new AsyncDisposableStack()
  stack.defer(() => plain.end())
  const unbound = async () => {
    const client = await plain.connect()
    try {
      await client.query(`begin read only; set local rapport.person = '${manager}'`)
      for (const [at, { statement }] of queries.entries())
        await client.query({ text: statement.text, values: [...statement.values], name: `q${at}` })
      await client.query('commit')
    } finally {
      client.release()
    }
  }
  await load(100, 1_000, ours)
  const found = await load(100, milliseconds, ours)
  const beside = await load(100, milliseconds, unbound)
  return {
    what: 'a page’s four queries as somebody, 100 askers',
    figure: rates(found),
    beside: `as the superuser, one after another: ${rates(beside)}`,
    ratio: ratio(found.perSecond, beside.perSecond),
    bar: `${atLeast(1_200, found.perSecond, '/s')}; ${atMost(250, found.p99, 'ms p99')}`,
  }
}

/** A relay, and workers that do jobs by this handler; each with `atOnce` at a time. */
const openWorkers = ({ database, redis }: Place, workers: number, atOnce: number, handler: Handler) => {
  const prefix = `{bench-${randomUUID().slice(0, 8)}}`
  const stack = new AsyncDisposableStack()
  const onError = (error: unknown) => void process.stderr.write(`${String(error)}\n`)
  const relay = stack.use(openRelay({ database, connection: redis.connect('prompt'), prefix, onError }))
  const concurrency = { prompt: atOnce, background: 1 }
  for (let one = 0; one < workers; one++)
    stack.use(
      openBullWorkers({
        database,
        bus: localBus(),
        handler,
        onError,
        connection: redis.connect('patient'),
        prefix,
        concurrency,
        relay,
      }),
    )
  return { wake: relay.wake, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

const enqueue = (database: Database, many: number) =>
  database.asSystem('jobs', tx =>
    tx.run(
      ...Array.from({ length: many }, () =>
        enqueueChore({ kind: 'bench', key: `bench:${randomUUID()}`, priority: 0 }),
      ),
    ),
  )
const finish =
  ({ database }: Place): Handler =>
  async job =>
    void (await database.change(asSystem('jobs'), finishJob(job.id, job.token)))
const Left = z.object({ n: z.int() })
const untilDone = async (database: Database) => {
  for (;;) {
    const left = await database.asSystem('jobs', tx =>
      tx.first(query(Left, sql`select count(*)::int as n from job where state in ('ready', 'active')`)),
    )
    if (left?.n === 0) return
    await wait(20)
  }
}

const starts = async (place: Place, many: number): Promise<Row> => {
  const { database } = place
  const begun: number[] = []
  let acknowledged = 0
  const next = { started: Promise.withResolvers<void>() }
  await using workers = openWorkers(place, 1, 4, async (job, context) => {
    begun.push(performance.now() - acknowledged)
    await finish(place)(job, context)
    next.started.resolve()
  })
  for (let one = 0; one < many; one++) {
    next.started = Promise.withResolvers<void>()
    await enqueue(database, 1)
    acknowledged = performance.now()
    workers.wake()
    await next.started.promise
  }
  const found = spreadOf(begun.slice(10))
  const plain = spreadOf((await plainStarts(place.redis, many)).slice(10))
  return {
    what: 'from a job acknowledged to a job begun',
    figure: percentiles(found),
    beside: `BullMQ alone: ${percentiles(plain)}`,
    ratio: ratio(found.p99, plain.p99),
    bar: atMost(50, found.p99, 'ms p99'),
  }
}

const plainStarts = async (redis: RedisLink, many: number): Promise<number[]> => {
  const prefix = '{bench-starts}'
  const queue = new BullQueue('plain', { connection: redis.connect('prompt'), prefix })
  const next = { started: Promise.withResolvers<void>() }
  const worker = new Worker('plain', async () => next.started.resolve(), {
    connection: redis.connect('patient'),
    prefix,
    concurrency: 4,
  })
  const taken: number[] = []
  for (let one = 0; one < many; one++) {
    next.started = Promise.withResolvers<void>()
    taken.push(
      await timed(async () => {
        await queue.add('job', {})
        await next.started.promise
      }),
    )
  }
  await worker.close()
  await queue.close()
  return taken
}

const emptyJobs = async (place: Place, many: number): Promise<Row> => {
  const { database, redis } = place
  const atOnce = 20
  await enqueue(database, many)
  const ours = await timed(async () => {
    await using workers = openWorkers(place, 1, atOnce, finish(place))
    workers.wake()
    await untilDone(database)
  })
  const plain = await plainJobs(redis, many, atOnce)
  const [rate, other] = [ours, plain].map(time => (many / time) * 1_000) as [number, number]
  return {
    what: `${many} empty jobs through table, relay and worker`,
    figure: `${Math.round(rate)}/s`,
    beside: `BullMQ alone: ${Math.round(other)}/s`,
    ratio: ratio(rate, other),
    bar: atLeast(1_500, rate, '/s'),
  }
}

const plainJobs = async (redis: RedisLink, many: number, concurrency: number): Promise<number> => {
  const prefix = '{bench-plain}'
  const queue = new BullQueue('plain', { connection: redis.connect('prompt'), prefix })
  await queue.addBulk(Array.from({ length: many }, () => ({ name: 'job', data: {} })))
  let left = many
  const done = Promise.withResolvers<void>()
  const time = timed(() => done.promise)
  const worker = new Worker('plain', async () => void (--left === 0 && done.resolve()), {
    connection: redis.connect('patient'),
    prefix,
    concurrency,
  })
  const taken = await time
  await worker.close()
  await queue.close()
  return taken
}

/** Jobs that wait for a model: the work of processes adds up. */
const fourWorkers = async (place: Place, model: number): Promise<Row> => {
  const many = 16
  const by = async (workers: number) => {
    await enqueue(place.database, many)
    return timed(async () => {
      await using opened = openWorkers(place, workers, 1, async (job, context) => {
        await wait(model)
        await finish(place)(job, context)
      })
      opened.wake()
      await untilDone(place.database)
    })
  }
  const [one, four] = [await by(1), await by(4)]
  return {
    what: `${many} jobs that wait ${seconds(model)} for a model, four workers`,
    figure: seconds(four),
    beside: `one worker: ${seconds(one)}`,
    ratio: ratio(one, four),
    bar: atLeast(3.6, one / four, ' × as much'),
  }
}
