import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { failureName, Refusal } from '../../src/domain/errors.ts'
import { localBus } from '../../src/live/local.ts'
import type { CarryOptions } from '../../src/queue/carry.ts'
import { openLocalQueue } from '../../src/queue/local.ts'
import type { Handler } from '../../src/queue/queue.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { backgroundPriority, cancelJob, finishJob, retryJob } from '../../src/store/jobs.ts'
import { query, sql } from '../../src/store/sql.ts'
import { temporaryFolder } from '../support/database.ts'
import { askFor, claim, firstJob, jobsIn, untilJob, startOfTwo } from '../support/jobs.ts'
import { fillPair } from '../support/rows.ts'

const { database, one, two } = await startOfTwo()

const done: Handler = async job => {
  await database.asPair(job.pairId ?? '', tx => tx.all(finishJob(job.id, job.token)))
}

/** A queue over the test's database, or another, that notes what is told and what goes wrong. */
const openQueue = async (handler: Handler, options: Partial<CarryOptions> = {}) => {
  const bus = localBus()
  const events: string[] = []
  const errors: unknown[] = []
  bus.subscribe(told => {
    if ('event' in told && told.event !== 'progress') events.push(told.event)
  })
  const queue = await openLocalQueue({
    database,
    bus,
    handler,
    retryAfterSeconds: [0.1, 0.4],
    onError: error => errors.push(error),
    ...options,
  })
  return { ...queue, events, errors }
}
/** Something that a handler waits for and the test lets happen. */
const gate = () => Promise.withResolvers<void>()

describe('the queue', () => {
  test('tries what failed again, later each time, then leaves it with its reason; a person retries it', async () => {
    const tries: number[] = []
    let broken = true
    await using queue = await openQueue(async (job, context) => {
      tries.push(performance.now())
      if (broken) throw new Error('canary\n    at canary:1:1 of somebody')
      await done(job, context)
    })
    await askFor(database, one)
    queue.wake()
    const failed = await untilJob(database, ({ state }) => state === 'failed')
    expect(failed).toMatchObject({ failures: 3, reason: 'internal' })
    expect(queue.events).toEqual(['waiting', 'waiting', 'failed'])
    expect(queue.errors.length).toBe(3)
    // Never sooner than it should; how much later is the machine's business. (Timers may be 1 ms early.)
    const [first = 0, second = 0, third = 0, ...others] = tries
    expect([second - first > 95, third - second > 395, others]).toEqual([true, true, []])
    // The words of an error stay out of the row, all of it, and out of what is logged of it.
    const everything = await database.asSystem('jobs', tx =>
      tx.all(query(z.object({ all: z.string() }), sql`select job::text as all from job`)),
    )
    expect([JSON.stringify(everything), queue.errors.map(failureName).join()].join()).not.toContain('canary')

    broken = false
    const [retried] = await database.asPerson(one.report, tx => tx.all(retryJob(one.pair, failed.id)))
    expect(retried).toMatchObject({ state: 'ready', failures: 0, reason: null })
    queue.wake()
    await untilJob(database, ({ state, reason }) => state === 'done' && reason === null)
    // What is done is not done again.
    expect(await database.asPerson(one.report, tx => tx.all(retryJob(one.pair, failed.id)))).toEqual([])
  })

  test.for<[status: number, tries: number]>([
    [422, 1],
    [503, 3],
  ])('a refusal with %i is final after %i tries, under its own code', async ([status, tries]) => {
    await using queue = await openQueue(() => Promise.reject(new Refusal('canary-code', status, 'words')), {
      retryAfterSeconds: [0, 0],
    })
    await askFor(database, one)
    queue.wake()
    expect(await untilJob(database, ({ state }) => state === 'failed')).toMatchObject({
      failures: tries,
      reason: 'canary-code',
    })
    expect(queue.errors).toEqual([])
  })

  test('what somebody waits for never stands behind what nobody does, and one goes at a time', async () => {
    const embedding = gate()
    let together = 0
    let most = 0
    await using queue = await openQueue(async (job, context) => {
      if (job.kind === 'embed') {
        await embedding.promise
        return done(job, context)
      }
      most = Math.max(most, ++together)
      await wait(5)
      together--
      await done(job, context)
    })
    await askFor(database, one, { kind: 'embed', priority: backgroundPriority })
    queue.wake()
    await untilJob(database, ({ state }) => state === 'active')
    for (const round of ['a', 'b', 'c']) await askFor(database, two, { round })
    queue.wake()
    await vi.waitFor(async () =>
      expect((await jobsIn(database)).map(({ state }) => state)).toEqual(['active', 'done', 'done', 'done']),
    )
    expect(most).toBe(1)
    embedding.resolve()
    await untilJob(database, ({ state }) => state === 'done')
  })

  test('a long job keeps its lease; one that is cancelled is told, and writes nothing', async () => {
    const ended = gate()
    let reason: unknown
    await using queue = await openQueue(
      async (job, { signal }) => {
        await new Promise(resolve => signal.addEventListener('abort', resolve))
        reason = signal.reason
        await done(job, { signal, progress: () => undefined })
        ended.resolve()
      },
      { leaseSeconds: 0.3 },
    )
    await askFor(database, one)
    queue.wake()
    await untilJob(database, ({ state }) => state === 'active')
    await wait(900)
    const held = await firstJob(database)
    expect(held).toMatchObject({ state: 'active', attempt: 1 })
    await database.asPerson(one.manager, tx => tx.all(cancelJob(one.pair, held.id)))
    await ended.promise
    expect(reason).toMatchObject({ code: 'job-taken' })
    expect(await firstJob(database)).toMatchObject({ state: 'cancelled', failures: 0 })
  })

  test('goes on after a start with what was under way before', async () => {
    await askFor(database, one)
    await claim(database)
    await using queue = await openQueue(done)
    expect(await untilJob(database, ({ state }) => state === 'done')).toMatchObject({
      attempt: 2,
      failures: 0,
    })
    expect(queue.errors).toEqual([])
  })

  test('gives up what was under way at eight ends of the program', async () => {
    await askFor(database, one)
    await database.asSystem('jobs', tx => tx.run(sql`update job set attempt = 8`))
    const handler = vi.fn<Handler>(done)
    await using queue = await openQueue(handler)
    queue.wake()
    expect(await untilJob(database, ({ state }) => state === 'failed')).toMatchObject({ reason: 'gave-up' })
    expect(handler).not.toHaveBeenCalled()
  })

  test('closing tells what is running, waits for it and gives it back', async () => {
    const started = gate()
    const queue = await openQueue(async (_job, { signal }) => {
      started.resolve()
      await new Promise(resolve => signal.addEventListener('abort', resolve))
      throw signal.reason
    })
    await askFor(database, one)
    queue.wake()
    await started.promise
    await queue[Symbol.asyncDispose]()
    expect(await firstJob(database)).toMatchObject({ state: 'ready', attempt: 0, failures: 0, reason: null })
  })

  test('outlives a database that ends under a job', async () => {
    await using kept = await temporaryFolder()
    await using mortal = await openEmbedded({ folder: kept.folder, longestMessage: 1_000 })
    const pair = await fillPair(mortal, 'mortal')
    let tries = 0
    await using queue = await openQueue(
      async job => {
        const endless = sql`select count(*)::int as n from generate_series(1, 1000000000)`
        if (++tries === 1)
          await mortal.asSystem('jobs', tx => tx.all(query(z.object({ n: z.int() }), endless)))
        await mortal.asPair(pair.pair, tx => tx.all(finishJob(job.id, job.token)))
      },
      { database: mortal },
    )
    const job = await untilJob(mortal, ({ state }) => state === 'done')
    expect([job.failures, tries, queue.errors.length]).toEqual([1, 2, 1])
  })
})
