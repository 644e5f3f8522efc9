import { describe, expect, test } from 'vitest'
import {
  adoptOrphans,
  type ClaimedJob,
  claimJob,
  enqueueStep,
  failJob,
  finishJob,
  releaseJob,
  renewLease,
} from '../../src/store/jobs.ts'
import { sql } from '../../src/store/sql.ts'
import { askFor, claim, firstJob, jobsIn, startOfTwo } from '../support/jobs.ts'

const { database, one, two } = await startOfTwo()

const claimed = () => database.asSystem('jobs', tx => tx.first(claimJob(60)))
const finish = ({ id, token }: ClaimedJob) => database.asPair(one.pair, tx => tx.first(finishJob(id, token)))

describe('a job', () => {
  test('asked for twice under one key is one job', async () => {
    await askFor(database, one)
    await askFor(database, one)
    await database.asPerson(one.manager, async tx => {
      await tx.run(enqueueStep('read', one, 0, 'first'), enqueueStep('read', one, 0, 'again'))
    })
    expect((await jobsIn(database)).length).toBe(2)
  })

  test('is held by one token for the time of its lease', async () => {
    await askFor(database, one)
    const held = await claim(database)
    expect(await claimed()).toBeUndefined()
    expect(await finish({ ...held, token: crypto.randomUUID() })).toBeUndefined()
    expect(await finish(held)).toEqual({ id: held.id })
    expect(await finish(held)).toBeUndefined()
    expect(await firstJob(database)).toMatchObject({ state: 'done', attempt: 1, failures: 0, reason: null })
  })

  test('whose holder gives no sign of life goes to another; the late one can do nothing more', async () => {
    await askFor(database, one)
    const late = await claim(database, 0)
    const { token } = await claim(database)
    expect(token).not.toBe(late.token)
    const attempts = await database.asSystem('jobs', async tx => [
      ...(await tx.all(renewLease(late.id, late.token, 60, 0.5))),
      ...(await tx.all(failJob(late.id, late.token, 'late', null))),
      ...(await tx.all(finishJob(late.id, late.token))),
      await tx.run(releaseJob(late.id, late.token)),
    ])
    expect(attempts).toEqual([[0]])
    expect(await finish({ ...late, token })).toEqual({ id: late.id })
  })

  test('a sign of life keeps it', async () => {
    await askFor(database, one)
    const held = await claim(database, 0)
    await database.asSystem('jobs', tx => tx.all(renewLease(held.id, held.token, 60, 0.5)))
    expect(await claimed()).toBeUndefined()
  })

  test('given back at the program’s end has spent no attempt', async () => {
    await askFor(database, one)
    const held = await claim(database)
    await database.asSystem('jobs', tx => tx.run(releaseJob(held.id, held.token)))
    expect(await firstJob(database)).toMatchObject({ state: 'ready', attempt: 0 })
  })

  test('the urgent go first, pairs take turns, and nobody starves', async () => {
    for (const round of ['a', 'b', 'c']) await askFor(database, one, { round })
    await askFor(database, two, { round: 'd' })
    await askFor(database, two, { round: 'e', priority: 5 })
    await askFor(database, one, { round: 'urgent', priority: -1 })
    const order: string[] = []
    for (let job = await claimed(); job; job = await claimed()) {
      const { id, token } = job
      order.push(`${job.pairId === one.pair ? 'one' : 'two'} ${job.key.split(':').at(-1)}`)
      await database.asPair(job.pairId ?? '', tx => tx.all(finishJob(id, token)))
    }
    expect(order).toEqual(['one urgent', 'two d', 'one a', 'one b', 'one c', 'two e'])
  })

  test('under way when the process died several times lets the others go first', async () => {
    await askFor(database, one, { round: 'deadly' })
    for (let death = 1; death <= 5; death++) {
      await database.asSystem('jobs', tx => tx.run(sql`update job set not_before = now()`))
      await claim(database)
      await database.asSystem('jobs', tx => tx.run(adoptOrphans()))
      const { wait: seconds } = await firstJob(database)
      expect(seconds).toBeCloseTo([0, 0, 1, 4, 9][death - 1] ?? 0, 0)
    }
    await askFor(database, two, { round: 'harmless' })
    expect((await claim(database)).pairId).toBe(two.pair)
  })
})
