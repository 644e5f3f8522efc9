import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { offlineCoach } from '../../src/coach/offline/coach.ts'
import type { Coach, Embedder } from '../../src/domain/ports.ts'
import { localBus } from '../../src/live/local.ts'
import { extractStep } from '../../src/pipeline/extract.ts'
import { linkStep } from '../../src/pipeline/link.ts'
import { runnerOf } from '../../src/pipeline/runner.ts'
import type { AnyStep } from '../../src/pipeline/step.ts'
import { openLocalQueue } from '../../src/queue/local.ts'
import { asPair, type Database, DatabaseError } from '../../src/store/database.ts'
import { adoptOrphans, enqueueStep } from '../../src/store/jobs.ts'
import { insertMeeting } from '../../src/store/meetings.ts'
import { query, sql } from '../../src/store/sql.ts'
import { eraseTranscript } from '../../src/store/erasing.ts'
import { moveTranscript, moveWhatWasFound } from '../../src/store/transcripts.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { addTranscript, fileOf, untilIdle } from '../support/http-seed.ts'
import { askFor, claim, forgetJobs, jobsIn, runsOf } from '../support/jobs.ts'
import { startOneOnOne } from '../support/one-on-one.ts'
import { startTestProgram } from '../support/program.ts'
import { type FilledPair, fillPair } from '../support/rows.ts'
import { manager } from '../support/talks.ts'

let database: TestDatabase
let one: FilledPair
beforeAll(async () => {
  database = await openTestDatabase()
  one = await fillPair(database, 'one')
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(() => forgetJobs(database))

describe('a step', () => {
  /** Runs one claimed job through a step of the test's own, or of the product's. */
  const carry = async (step: AnyStep, over: Database = database) =>
    runnerOf({ database: over, bus: localBus(), steps: [step] })(await claim(database), {
      signal: new AbortController().signal,
      progress: () => undefined,
    })
  const decide = (text: string) =>
    sql`insert into decision (pair_id, meeting_id, text) values (${one.pair}, ${one.meeting}, ${text})`
  const decided = async (text: string) =>
    (
      await database.asPair(one.pair, tx =>
        tx.all(query(z.object({ id: z.string() }), sql`select id from decision where text = ${text}`)),
      )
    ).length
  const deciding = (text: string, meanwhile: () => Promise<unknown>): AnyStep => ({
    name: 'read',
    load: async () => ({}),
    run: async () => {
      await meanwhile()
      return { engine: 'test', counts: {}, next: [], write: async tx => void (await tx.run(decide(text))) }
    },
  })

  /** What became of each job, and how often its result was committed. */
  const ends = async () =>
    Promise.all(
      (await jobsIn(database)).map(async ({ id, kind, state }) => [
        kind,
        state,
        await runsOf(database, one.pair, id),
      ]),
    )

  test('writes its result, its run and its end together, once', async () => {
    await askFor(database, one)
    await carry(deciding('kept', async () => undefined))
    expect([await decided('kept'), await ends()]).toEqual([1, [['read', 'done', 1]]])
  })

  test('that fails while writing leaves nothing', async () => {
    await askFor(database, one)
    const step: AnyStep = {
      name: 'read',
      load: async () => ({}),
      run: async () => ({
        engine: 'test',
        counts: {},
        next: ['extract'],
        write: async tx => {
          await tx.run(decide('half'))
          throw new Error('midway')
        },
      }),
    }
    await expect(carry(step)).rejects.toThrow('midway')
    expect([await decided('half'), await ends()]).toEqual([0, [['read', 'active', 0]]])
  })

  test('keeps what it came to while the database is away, and writes it once', async () => {
    await askFor(database, one)
    let asked = 0
    let worked = 0
    const restarting: Database = {
      ...database,
      as: async (identity, work) => {
        asked += 1
        const away = new DatabaseError('08006', undefined, 'away')
        // After reading, one try to write finds nobody, and of the next nobody hears that it was committed.
        if (asked === 2) throw away
        const value = await database.as(identity, work)
        if (asked === 3) throw away
        return value
      },
    }
    const step = deciding('kept meanwhile', async () => void (worked += 1))
    await expect(carry(step, restarting)).rejects.toMatchObject({ code: 'job-taken' })
    expect([worked, await decided('kept meanwhile'), await ends()]).toEqual([1, 1, [['read', 'done', 1]]])
  })

  test('that comes to its end after another took the job over writes nothing', async () => {
    await askFor(database, one)
    const late = carry(
      deciding('late', async () => {
        await database.asSystem('jobs', tx =>
          tx.run(sql`update job set lease_until = now() - interval '1 s'`),
        )
        await carry(deciding('in time', async () => undefined))
      }),
    )
    await expect(late).rejects.toMatchObject({ code: 'job-taken' })
    expect([await decided('in time'), await decided('late')]).toEqual([1, 0])
    expect(await ends()).toEqual([['read', 'done', 1]])
  })

  /** The product's coach, at whose work something happens to the transcript. */
  const interrupted = (meanwhile: () => Promise<unknown>): Coach => {
    const coach = offlineCoach()
    return {
      ...coach,
      extract: async (input, options) => {
        await meanwhile()
        return coach.extract(input, options)
      },
    }
  }

  test('puts its findings on the meeting to which the transcript was moved meanwhile', async () => {
    const moved = await fillPair(database, 'moved')
    await forgetJobs(database)
    const [other] = await database.asPerson(moved.manager, tx =>
      tx.all(insertMeeting(moved.pair, '2026-04-14T09:00:00Z', 30, 'held')),
    )
    await askFor(database, moved, { kind: 'extract' })
    const move = () =>
      database.asPerson(moved.manager, async tx => {
        await tx.all(moveTranscript(moved.pair, moved.transcript, other!.id, 1))
        await tx.run(...moveWhatWasFound(moved.pair, moved.transcript, other!.id))
      })
    await expect(carry(extractStep(interrupted(move)))).rejects.toMatchObject({
      code: 'transcript-moved',
      status: 503,
    })
    await database.asSystem('jobs', tx => tx.run(adoptOrphans()))
    await carry(extractStep(offlineCoach()))
    const meetings = await database.asPair(moved.pair, tx =>
      tx.all(
        query(
          z.object({ meeting: z.string() }),
          sql`select distinct meeting_id as meeting from finding where transcript_id = ${moved.transcript}`,
        ),
      ),
    )
    expect(meetings).toEqual([{ meeting: other!.id }])
  })

  test('links what stands in the way also where more is known than is compared, and the meeting is an old one', async () => {
    const full = await fillPair(database, 'full')
    await forgetJobs(database)
    const thread = crypto.randomUUID()
    const mention = crypto.randomUUID()
    await database.asPair(full.pair, async tx => {
      const later = await tx.first(insertMeeting(full.pair, '2999-01-01T10:00:00Z', 30))
      await tx.run(
        sql`update roadblock_mention set state = 'dismissed' where pair_id = ${full.pair}`,
        sql`insert into roadblock (id, pair_id) values (${thread}, ${full.pair})`,
        sql`insert into roadblock_mention (pair_id, meeting_id, text, status, roadblock_id)
          select ${full.pair}, ${later?.id ?? ''}, 'The kiln waits for a part, ' || n, 'raised', ${thread} from generate_series(1, 410) n`,
        sql`insert into roadblock_mention (id, pair_id, meeting_id, transcript_id, text, status)
          values (${mention}, ${full.pair}, ${full.meeting}, ${full.transcript}, 'The glaze has not been ordered', 'raised')`,
      )
    })
    await askFor(database, full, { kind: 'link' })
    const without: Embedder = {
      name: 'none',
      dimension: 0,
      nearEnough: null,
      knows: () => false,
      embed: () => Promise.reject(new Error('nobody asks')),
      [Symbol.asyncDispose]: async () => undefined,
    }
    await carry(linkStep(offlineCoach(), without))
    const [[linked]] = await database.read(
      asPair(full.pair),
      query(
        z.object({ thread: z.string().nullable() }),
        sql`select roadblock_id as thread from roadblock_mention where id = ${mention}`,
      ),
    )
    expect(linked?.thread).not.toBeNull()
  })

  test('whose transcript was discarded meanwhile writes nothing and fails nobody', async () => {
    const gone = await fillPair(database, 'gone')
    await forgetJobs(database)
    const discard = () =>
      database.asPerson(gone.report, tx => tx.run(...eraseTranscript(gone.pair, gone.transcript)))
    const runner = runnerOf({ database, bus: localBus(), steps: [extractStep(interrupted(discard))] })
    const errors: unknown[] = []
    const events: string[] = []
    const bus = localBus()
    bus.subscribe(event => void ('event' in event && events.push(event.event)))
    await askFor(database, gone, { kind: 'extract' })
    await using queue = await openLocalQueue({
      database,
      bus,
      handler: runner,
      onError: error => errors.push(error),
    })
    queue.wake()
    await vi.waitFor(async () => expect(await jobsIn(database)).toEqual([]))
    await wait(50)
    expect([errors, events.filter(event => event === 'failed')]).toEqual([[], []])
  })
})

describe('on the page', () => {
  test('a step that keeps failing is shown with its reason, in no words of anybody, and can be retried', async () => {
    const log: string[] = []
    await using program = await startTestProgram({ logTo: { write: line => void log.push(line) } })
    const who = await program.owner(manager)
    const { pair, meeting } = await startOneOnOne(who)
    const file = fileOf('canary.txt', 'Ann: I said canary.\nBen: Hm.')
    const { id: transcript } = await addTranscript(who, { pair, meeting }, file)
    // A line no version of ours has written: the step cannot read it, this time and every time.
    const breakLine = (spans: string) =>
      program.database.asPair(pair, tx =>
        tx.run(
          sql`delete from line where transcript_id = ${transcript} and no = 2`,
          sql`insert into line (transcript_id, pair_id, no, speaker, text, spans)
            values (${transcript}, ${pair}, 2, 'canary', 'canary', ${spans}::jsonb)`,
        ),
      )
    await breakLine('[{"cue": "canary"}]')
    await program.database.asPair(pair, tx =>
      tx.run(
        enqueueStep('extract', { pair, meeting, transcript }, 0, 'second'),
        // Two tries are behind it: the third is the last.
        sql`update job set failures = 2 where state = 'ready'`,
      ),
    )
    program.wake()
    const shown = await vi.waitFor(async () => {
      const { jobs } = (await who.ask('GET', `/api/pairs/${pair}`)).body
      expect(jobs[0]?.state).toBe('failed')
      return jobs[0]
    })
    expect(shown).toMatchObject({
      step: 'extract',
      failures: 3,
      reason: { code: 'internal', message: expect.stringContaining('try again') },
    })
    expect(JSON.stringify(shown) + log.join('')).not.toContain('canary')
    expect(log.join('')).toContain('background work failed')

    await breakLine('[{"cue": 1, "from": 0, "to": 6}]')
    const retried = await who.ask('POST', `/api/pairs/${pair}/jobs/${shown.id}/retry`)
    expect(retried.body).toMatchObject({ state: expect.stringMatching(/ready|active|done/), reason: null })
    await untilIdle(who, pair)
  })
})
