import { afterAll, beforeEach, vi } from 'vitest'
import { z } from 'zod'
import { asPair, type Database } from '../../src/store/database.ts'
import { type ClaimedJob, claimJob, enqueueStep, type StepName } from '../../src/store/jobs.ts'
import { query, sql } from '../../src/store/sql.ts'
import { openTestDatabase } from './database.ts'
import { type FilledPair, fillPair } from './rows.ts'

const Row = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.string(),
  attempt: z.int(),
  failures: z.int(),
  reason: z.string().nullable(),
  priority: z.int(),
  /** Seconds until it may start. */
  wait: z.number(),
})
type Row = z.infer<typeof Row>

/** Every job, in the order in which they were asked for. */
export const jobsIn = (database: Database): Promise<Row[]> =>
  database.asSystem('jobs', tx =>
    tx.all(
      query(
        Row,
        sql`select id, kind, state, attempt, failures, reason, priority,
          extract(epoch from not_before - now())::float8 as wait from job order by created_at, kind`,
      ),
    ),
  )

export const firstJob = async (database: Database): Promise<Row> => {
  const [first] = await jobsIn(database)
  if (!first) throw new Error('no job')
  return first
}

/** Waits until the first job is as it should be. */
export const untilJob = (database: Database, check: (job: Row) => boolean): Promise<Row> =>
  vi.waitFor(
    async () => {
      const job = await firstJob(database)
      if (!check(job)) throw new Error(`still ${JSON.stringify(job)}`)
      return job
    },
    { timeout: 20_000, interval: 5 },
  )

export const forgetJobs = async (database: Database): Promise<void> => {
  await database.asSystem('jobs', tx => tx.run(sql`delete from job`))
}

/** A database with two pairs for all tests of a file, each of which begins without jobs. */
export const startOfTwo = async () => {
  const database = await openTestDatabase()
  afterAll(() => database[Symbol.asyncDispose]())
  beforeEach(() => forgetJobs(database))
  return { database, one: await fillPair(database, 'one'), two: await fillPair(database, 'two') }
}

export interface Wish {
  readonly kind?: StepName
  readonly priority?: number
  readonly round?: string
}
/** Asks for work on a pair's transcript, in a transaction of its own: later than what was asked before. */
export const askFor = (
  database: Database,
  { pair, meeting, transcript, manager }: FilledPair,
  { kind = 'read', priority = 0, round = 'first' }: Wish = {},
) =>
  database.asPerson(manager, tx => tx.run(enqueueStep(kind, { pair, meeting, transcript }, priority, round)))

export const claim = async (database: Database, leaseSeconds = 60): Promise<ClaimedJob> => {
  const job = await database.asSystem('jobs', tx => tx.first(claimJob(leaseSeconds)))
  if (!job) throw new Error('nothing to claim')
  return job
}

/** How often a job's result was committed. */
export const runsOf = async (database: Database, pair: string, job: string): Promise<number> => {
  const [counted] = await database.read(
    asPair(pair),
    query(z.object({ n: z.int() }), sql`select count(*)::int as n from run where job_id = ${job}`),
  )
  return counted[0]?.n ?? 0
}
