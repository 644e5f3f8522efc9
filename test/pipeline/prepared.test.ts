import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { toInstant } from '../../src/domain/local-time.ts'
import { briefsSchedule } from '../../src/pipeline/prepare-briefs.ts'
import { asPerson } from '../../src/store/database.ts'
import { query, sql } from '../../src/store/sql.ts'
import { addTranscript, fileOf, joinOwner, okBody, openPair, sessionOf } from '../support/http-seed.ts'
import { type ModelServer, openModelServer } from '../support/model-server.ts'
import { dutyOf, honestModel } from '../support/model-says.ts'
import { dayAhead, planMeeting } from '../support/one-on-one.ts'
import { startTestProgram, type TestProgram, type Visitor } from '../support/program.ts'
import { talks } from '../support/talks.ts'

/** On the morning of a meeting each of the two has a brief, without having asked for it. */
let server: ModelServer
let program: TestProgram
let pair: Awaited<ReturnType<typeof openPair>>
let next: string
let who: Visitor
const day = dayAhead(1)
const opened = new AsyncDisposableStack()

beforeAll(async () => {
  server = opened.use(await openModelServer({ says: honestModel }))
  program = opened.use(await startTestProgram())
  const owner = await joinOwner(program)
  pair = await openPair(program, owner)
  next = await planMeeting(pair.mine, pair.pair, `${day}T10:00`)
  who = await sessionOf(program, owner.id)
  // Read by the offline coach, so that there is no question to a model yet.
  await addTranscript(pair.mine, pair, fileOf(talks.zoom.name, talks.zoom.text))
  const { findings } = await okBody(pair.mine, 'GET', `${pair.at}/meetings/${pair.meeting}`)
  for (const { id, kind, version } of findings)
    await okBody(pair.mine, 'PATCH', `${pair.at}/findings/${kind}/${id}`, { version, state: 'confirmed' })
  for (const [side, visitor] of [
    ['manager', pair.mine],
    ['report', pair.theirs],
  ] as const)
    await okBody(visitor, 'POST', `${pair.at}/observations`, { on: day, text: `The canary of the ${side}.` })
}, 120_000)
afterAll(() => opened.disposeAsync())

/** The schedule's look at some time of the pair's day; says how many briefs it asked for. */
const lookAt = (local: string) =>
  briefsSchedule(null).run(program.database, toInstant(local, 'Europe/Berlin'))
const asked = () => server.questions().filter(({ body }) => dutyOf(body) === 'write-brief')
const Kept = z.object({ person: z.string() })
const keptFor = (person: string) =>
  program.database.as(asPerson(person), tx =>
    tx.all(query(Kept, sql`select person_id as person from prepared_page where duty = 'write-brief'`)),
  )

test('without a model, and before the morning, nothing is asked for; then once for each of the two', async () => {
  expect(await lookAt(`${day}T09:00`)).toBe(0)
  const { version } = await okBody(who, 'GET', '/api/coach/settings')
  await okBody(who, 'PATCH', '/api/coach/settings', { baseUrl: server.url, model: 'test', version })
  expect(await lookAt(`${day}T04:59`)).toBe(0)
  expect(await lookAt(`${day}T05:00`)).toBe(2)
  expect(await lookAt(`${day}T05:05`)).toBe(0)
})

test('both are written before anybody opens one; each is its reader’s alone', async () => {
  program.wake()
  await expect.poll(() => asked().length, { timeout: 60_000 }).toBe(2)
  for (const { manager, report } of [pair])
    for (const { id } of [manager, report])
      await expect.poll(() => keptFor(id), { timeout: 60_000 }).toEqual([{ person: id }])
  for (const visitor of [pair.mine, pair.theirs])
    expect(await okBody(visitor, 'GET', `${pair.at}/brief`)).toMatchObject({
      engine: 'llm',
      coming: false,
      next: { id: next },
    })
  // What was there was read; nothing was asked for once more.
  expect(asked()).toHaveLength(2)
  for (const { body } of asked()) {
    const text = JSON.stringify(body)
    const other = text.includes('For Ines, the manager') ? 'report' : 'manager'
    expect(text).not.toContain(`canary of the ${other}`)
  }
})

test('what is erased takes along what was written for both', async () => {
  const { transcripts } = await okBody(pair.mine, 'GET', `${pair.at}/meetings/${pair.meeting}`)
  await pair.mine.ask('DELETE', `${pair.at}/transcripts/${transcripts[0].id}`)
  for (const { id } of [pair.manager, pair.report]) expect(await keptFor(id)).toEqual([])
})

test('a model that is away is asked again later, and nothing counts as failed', async () => {
  await okBody(pair.mine, 'POST', `${pair.at}/findings`, {
    meeting: pair.meeting,
    transcript: null,
    kind: 'action-item',
    text: 'Order the clay',
    owner: pair.manager.id,
    due: null,
    evidence: [],
  })
  await server.goAway()
  const { meeting } = await okBody(pair.mine, 'GET', `${pair.at}/meetings/${next}`)
  await okBody(pair.mine, 'PATCH', `${pair.at}/meetings/${next}`, {
    version: meeting.version,
    local: `${day}T11:00`,
  })
  expect(await lookAt(`${day}T05:00`)).toBe(2)
  program.wake()
  const Waiting = z.object({ state: z.string(), again: z.boolean() })
  const jobs = () =>
    program.database.asSystem('jobs', tx =>
      tx.all(
        query(
          Waiting,
          sql`select state, key like '%:again-1-%' as again from job
            where kind = 'brief' and state <> 'done' order by key`,
        ),
      ),
    )
  await expect.poll(jobs, { timeout: 60_000 }).toEqual([1, 2].map(() => ({ state: 'ready', again: true })))
  expect((await okBody(pair.mine, 'GET', `${pair.at}/brief`)).engine).toBe('offline')
})
