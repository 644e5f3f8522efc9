import { afterAll, expect, test } from 'vitest'
import { failedJob } from '../support/http-failed-work.ts'
import { joinOwner, okBody, openPair, sessionOf } from '../support/http-seed.ts'
import { startTestProgram } from '../support/program.ts'

/** What failed for good, as whoever keeps the machine sees it. */
const program = await startTestProgram()
afterAll(() => program[Symbol.asyncDispose]())
const { database } = program
const owner = await joinOwner(program)
const administrator = await sessionOf(program, owner.id)
const { manager, report, pair, mine } = await openPair(program, owner)

const list = () => okBody(administrator, 'GET', '/api/failed-work')

test('an administrator sees kind, reason and time of what failed, and neither whose it is nor of what', async () => {
  expect(await list()).toEqual({ failed: [], count: 0 })
  const ids = [
    await failedJob(database),
    await failedJob(database, { pair }),
    await failedJob(database, { pair, person: manager.id }),
  ]
  const seen = await list()
  expect(seen.count).toBe(3)
  expect(seen.failed.map(({ id }: { id: string }) => id).toSorted()).toEqual(ids.toSorted())
  for (const job of seen.failed)
    expect(job).toEqual({
      id: expect.any(String),
      kind: 'nothing',
      reason: 'internal',
      attempts: 3,
      at: expect.stringMatching(/^\d{4}-/),
    })
  for (const id of [pair, manager.id, report.id]) expect(JSON.stringify(seen)).not.toContain(id)
})

test('tried again it is carried once more, and is back where it fails again', async () => {
  const [first] = (await list()).failed
  await okBody(administrator, 'POST', `/api/failed-work/${first.id}/retry`)
  // Nobody knows this kind of work, and that is what it says now.
  await expect
    .poll(async () => (await list()).failed.find(({ id }: { id: string }) => id === first.id), {
      timeout: 20_000,
    })
    .toMatchObject({ reason: 'job-unknown', attempts: 1 })
  await okBody(administrator, 'POST', '/api/failed-work/retry')
  await expect
    .poll(async () => (await list()).failed.map(({ reason }: { reason: string }) => reason), {
      timeout: 20_000,
    })
    .toEqual(['job-unknown', 'job-unknown', 'job-unknown'])
})

test('what has not failed cannot be tried again, and is not there for anybody else', async () => {
  const missing = `/api/failed-work/${crypto.randomUUID()}/retry`
  expect(await administrator.ask('POST', missing)).toMatchObject({ status: 404 })
  for (const [method, path] of [
    ['GET', '/api/failed-work'],
    ['POST', '/api/failed-work/retry'],
    ['POST', missing],
  ] as const)
    expect(await mine.ask(method, path)).toMatchObject({ status: 404 })
})
