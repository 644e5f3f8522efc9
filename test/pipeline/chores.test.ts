import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { BusEvent } from '../../src/domain/ports.ts'
import { localBus } from '../../src/live/local.ts'
import type { AnyChore } from '../../src/pipeline/chore.ts'
import { forget, forgetDaily } from '../../src/pipeline/forget.ts'
import { runnerOf } from '../../src/pipeline/runner.ts'
import { keepTicking, type Schedule } from '../../src/pipeline/schedule.ts'
import type { AnyStep } from '../../src/pipeline/step.ts'
import { openLocalQueue } from '../../src/queue/local.ts'
import { asPair, asPerson, asSystem, type Identity } from '../../src/store/database.ts'
import { claimJob, enqueueChore, type NewChore, retryJob } from '../../src/store/jobs.ts'
import { query, sql } from '../../src/store/sql.ts'
import { askFor, claim, jobsIn, startOfTwo } from '../support/jobs.ts'
import { makePerson } from '../support/rows.ts'

const { database, one, two } = await startOfTwo()
const administrator = await makePerson(database, 'Ada Admin', true)

const context = { signal: new AbortController().signal, progress: () => undefined }
const carry = async (chores: readonly AnyChore[], steps: readonly AnyStep[] = []) =>
  runnerOf({ database, bus: localBus(), steps, chores })(await claim(database), context)

const Text = z.object({ text: z.string() })
const notes = query(Text, sql`select text from note order by text`)
/** Writes down what whoever it runs as can read, in a shared decision. */
const readNotes: AnyChore = {
  name: 'read-notes',
  load: async (tx, { pairId, meetingId }) => ({ pairId, meetingId, read: await tx.all(notes) }),
  run: async (_context, { pairId, meetingId, read }) => ({
    engine: 'test',
    counts: { read: read.length },
    next: [],
    write: async tx => {
      const text = read.map((note: { text: string }) => note.text).join('; ')
      await tx.run(
        sql`insert into decision (pair_id, meeting_id, text) values (${pairId}, ${meetingId}, ${text})`,
      )
    },
  }),
}
const decisions = async () =>
  (
    await database.asPair(one.pair, tx =>
      tx.all(query(Text, sql`select text from decision order by created_at`)),
    )
  ).map(({ text }) => text)

const chore = (wish: Partial<NewChore> = {}): NewChore => ({
  kind: 'read-notes',
  key: `read-notes:${crypto.randomUUID()}`,
  pair: one.pair,
  meeting: one.meeting,
  priority: 0,
  ...wish,
})
const ask = (identity: Identity, wish: NewChore) => database.as(identity, tx => tx.run(enqueueChore(wish)))
const sees = (identity: Identity, table: 'job' | 'run') =>
  database
    .as(identity, tx =>
      tx.all(
        query(
          z.object({ kind: z.string() }),
          table === 'job' ? sql`select kind from job` : sql`select step as kind from run`,
        ),
      ),
    )
    .then(rows => rows.filter(({ kind }) => kind === 'read-notes').length)

describe('a chore', () => {
  test('runs as the person it is for: the other’s private words cannot be in it', async () => {
    await ask(asPair(one.pair), chore({ person: one.manager }))
    await carry([readNotes])
    expect((await decisions()).at(-1)).toBe('private to the manager of one; shared by one')
  })

  test('of a pair runs as the pair, and reads nobody’s private words', async () => {
    await ask(asPerson(one.report), chore())
    await carry([readNotes])
    expect((await decisions()).at(-1)).toBe('shared by one')
  })

  test('of one person is seen and changed by nobody else, nor its run', async () => {
    await ask(asSystem('calendar'), chore({ person: one.report }))
    await carry([readNotes])
    await ask(asSystem('calendar'), chore({ person: one.report }))
    expect([await sees(asPerson(one.report), 'job'), await sees(asPerson(one.report), 'run')]).toEqual([2, 1])
    for (const other of [
      asPerson(one.manager),
      asPair(one.pair),
      asPerson(two.report),
      asPerson(administrator),
    ])
      expect([await sees(other, 'job'), await sees(other, 'run')]).toEqual([0, 0])
    const job = await claim(database)
    await database.asSystem('jobs', tx => tx.run(sql`update job set state = 'failed'`))
    const tries = await Promise.all(
      [one.manager, one.report].map(person =>
        database.asPerson(person, tx => tx.all(retryJob(one.pair, job.id))),
      ),
    )
    expect(tries.map(rows => rows.length)).toEqual([0, 1])
  })

  test('asked for twice is one, also after it is done', async () => {
    const wish = chore({ key: `read-notes:${one.meeting}` })
    expect(await ask(asPair(one.pair), { ...wish, person: one.manager })).toEqual([1])
    expect(await ask(asPerson(one.report), { ...wish, person: one.report })).toEqual([0])
    await carry([readNotes])
    expect(await ask(asSystem('calendar'), wish)).toEqual([0])
  })

  test.for<[string, () => Identity, () => Partial<NewChore>]>([
    ['of another pair', () => asPerson(two.manager), () => ({})],
    ['that runs as somebody outside the pair', () => asPair(one.pair), () => ({ person: two.manager })],
    ['that runs as an administrator', () => asPerson(one.report), () => ({ person: administrator })],
    ['of one’s own about another pair', () => asPerson(two.manager), () => ({ person: two.manager })],
    ['that runs as the system', () => asPerson(one.manager), () => ({ pair: undefined, meeting: undefined })],
  ])('%s cannot be asked for', async ([, identity, wish]) => {
    const { pair, meeting, ...rest } = { ...chore(), ...wish() }
    const asked = { ...rest, ...(pair && { pair }), ...(meeting && { meeting }) }
    await expect(ask(identity(), asked)).rejects.toMatchObject({ code: '42501' })
  })

  test('waits for its time', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
    await ask(asPair(one.pair), chore({ notBefore: inAnHour }))
    expect(await database.asSystem('jobs', tx => tx.first(claimJob(60)))).toBeUndefined()
    const [job] = await jobsIn(database)
    expect(job?.wait).toBeGreaterThan(3_500)
  })

  test('follows a step or another chore, and commits with it or not at all', async () => {
    const step = (fails: boolean): AnyStep => ({
      name: 'read',
      load: async () => ({}),
      run: async () => ({
        engine: 'test',
        counts: {},
        next: ['extract', chore({ person: one.manager })],
        write: async () => {
          if (fails) throw new Error('midway')
        },
      }),
    })
    await askFor(database, one)
    await expect(carry([], [step(true)])).rejects.toThrow('midway')
    expect((await jobsIn(database)).map(({ kind }) => kind)).toEqual(['read'])
    await database.asSystem('jobs', tx => tx.run(sql`update job set state = 'ready'`))
    await carry([], [step(false)])
    expect((await jobsIn(database)).map(({ kind, state }) => [kind, state])).toEqual([
      ['read', 'done'],
      ['extract', 'ready'],
      ['read-notes', 'ready'],
    ])
  })

  test('of a kind that this version does not know fails with its reason', async () => {
    await ask(asPair(one.pair), chore({ kind: 'from-the-future' }))
    await expect(carry([readNotes])).rejects.toMatchObject({ code: 'job-unknown' })
  })

  test('of one person is told to that person alone, that of the pair to both', async () => {
    const bus = localBus()
    const told: BusEvent[] = []
    bus.subscribe(event => void told.push(event))
    await ask(asPair(one.pair), chore({ person: one.manager }))
    await using queue = await openLocalQueue({
      database,
      bus,
      handler: runnerOf({ database, bus, steps: [], chores: [readNotes] }),
    })
    const finished = () => told.filter(event => event.channel === 'job' && event.event === 'finished')
    await vi.waitFor(() => expect(finished().length).toBe(1))
    expect(new Set(told.map(event => 'person' in event && event.person))).toEqual(new Set([one.manager]))
    await ask(asPair(one.pair), chore())
    queue.wake()
    await vi.waitFor(() => expect(finished().length).toBe(2))
    expect(told.at(-1)).not.toHaveProperty('person')
  })
})

describe('what is due', () => {
  const errors: unknown[] = []
  const tick = (schedules: readonly Schedule[], every = 60_000) => {
    const wake = vi.fn<() => void>()
    const ticking = keepTicking({
      database,
      schedules,
      clock: { now: () => new Date() },
      wake,
      onError: error => errors.push(error),
      every,
    })
    return { wake, [Symbol.asyncDispose]: () => ticking[Symbol.asyncDispose]() }
  }
  const named = (run: Schedule['run'], everySeconds = 60): Schedule => ({
    name: crypto.randomUUID(),
    everySeconds,
    run,
  })

  test('is looked for by one process at a time, however many there are', async () => {
    const run = vi.fn<Schedule['run']>(async () => 1)
    const schedule = named(run)
    {
      await using here = tick([schedule])
      await using there = tick([schedule])
      await vi.waitFor(() => expect(here.wake.mock.calls.length + there.wake.mock.calls.length).toBe(1))
    }
    expect(run).toHaveBeenCalledTimes(1)
  })

  test('is looked for again when its time has come, and one that fails delays no other', async () => {
    const run = vi.fn<Schedule['run']>(async () => 0)
    await using ticking = tick(
      [
        named(async () => {
          throw new Error('broken')
        }),
        named(run, 0.02),
      ],
      10,
    )
    await vi.waitFor(() => expect(run.mock.calls.length).toBeGreaterThan(2))
    expect([errors.length, ticking.wake.mock.calls.length]).toEqual([1, 0])
  })

  test('sessions, links and tries that have run out go by themselves, once a day', async () => {
    const age = (column: string) => ({ text: `${column} = now() - interval '40 days'`, values: [] })
    await database.asSystem('sign-in', tx =>
      tx.run(
        sql`update session set ${age('expires_at')} where person_id = ${two.manager}`,
        sql`insert into sign_in_attempt (bucket, at) values ('old', now() - interval '2 days')`,
      ),
    )
    const count = () =>
      database.asSystem('sign-in', tx =>
        tx.several(
          query(z.object({ n: z.int() }), sql`select count(*)::int as n from session`),
          query(z.object({ n: z.int() }), sql`select count(*)::int as n from sign_in_attempt`),
        ),
      )
    const before = await count()
    const now = new Date()
    expect([await forgetDaily.run(database, now), await forgetDaily.run(database, now)]).toEqual([1, 0])
    await carry([forget])
    const after = await count()
    expect(after.map(([row]) => row?.n)).toEqual(before.map(([row]) => (row?.n ?? 0) - 1))
    expect((await jobsIn(database)).map(({ state }) => state)).toEqual(['done'])
  })
})
