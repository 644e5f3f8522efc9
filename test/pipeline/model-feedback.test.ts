import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { asPerson } from '../../src/store/database.ts'
import { query, sql } from '../../src/store/sql.ts'
import { joinOwner, okBody, openPair, sessionOf } from '../support/http-seed.ts'
import { type ModelServer, openModelServer } from '../support/model-server.ts'
import { startTestProgram, type TestProgram, type Visitor } from '../support/program.ts'

const rough = 'Tomasz is careless. On Friday he left the kiln open and the glaze was lost.'
let server: ModelServer
let program: TestProgram
let owner: Visitor
let pair: Awaited<ReturnType<typeof openPair>>
let path: string
const opened = new AsyncDisposableStack()

beforeAll(async () => {
  server = opened.use(await openModelServer())
  program = opened.use(await startTestProgram())
  const member = await joinOwner(program)
  owner = await sessionOf(program, member.id)
  pair = await openPair(program, member)
  const { draft } = await okBody(pair.mine, 'POST', `${pair.at}/feedback-drafts`, { rough })
  path = `${pair.at}/feedback-drafts/${draft.id}`
})
afterAll(() => opened.disposeAsync())
beforeEach(() => void (server.journal.length = 0))

const settle = async (change: object) => {
  const { version } = await okBody(owner, 'GET', '/api/coach/settings')
  await okBody(owner, 'PATCH', '/api/coach/settings', { ...change, version })
}
const sorted = async () => (await okBody(pair.mine, 'POST', `${path}/sorted`)).parts
const says = (parts: object) => server.say(JSON.stringify(parts))
const good = {
  situation: 'On Friday',
  behavior: 'he left the kiln open',
  impact: 'the glaze was lost',
  ask: null,
}
const runsOf = (person: string) =>
  program.database.as(asPerson(person), tx =>
    tx.all(
      query(
        z.object({ prompt: z.string().nullable(), outcome: z.string() }),
        sql`select prompt, outcome from run where step = 'draft-feedback' order by at`,
      ),
    ),
  )

test('without a model nobody is asked, and the draft stands as it is', async () => {
  expect(await sorted()).toBe(null)
  expect(server.journal).toEqual([])
})

test('sorts the writer’s own words; the draft itself is not touched, and the cost is its writer’s row', async () => {
  await settle({ baseUrl: server.url, model: 'test' })
  says(good)
  const before = await okBody(pair.mine, 'GET', path)
  expect(await sorted()).toEqual({ ...good, behavior: 'you left the kiln open' })
  expect(await okBody(pair.mine, 'GET', path)).toEqual(before)
  expect(await runsOf(pair.manager.id)).toEqual([{ prompt: 'draft-feedback@1', outcome: 'done' }])
  expect(await runsOf(pair.report.id)).toEqual([])
})

test('with words that are not the writer’s, or that say who somebody is, the offline coach’s part stands there', async () => {
  says({ ...good, impact: 'the whole order was cancelled', behavior: 'Tomasz is careless' })
  const offline = (await okBody(pair.mine, 'GET', path)).gate.suggested
  expect(await sorted()).toEqual({ ...offline, situation: 'On Friday' })
})

test.each([
  ['nothing of it is the writer’s', { behavior: 'you ignored the rules', impact: 'we lost money' }],
  ['it says nothing', {}],
])('%s: then there is nothing to take', async (_why, parts) => {
  says(parts)
  expect(await sorted()).toBe(null)
})

test('away, it says so at once and changes nothing', async () => {
  await server.goAway()
  expect(await sorted()).toBe(null)
  expect((await okBody(pair.mine, 'GET', path)).draft.rough).toBe(rough)
  expect((await runsOf(pair.manager.id)).at(-1)?.outcome).toBe('model-unreachable')
  await server.comeBack()
})
