import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openBundledEmbedder } from '../../src/embed/bundled.ts'
import { vectorsSchedule } from '../../src/pipeline/embed-again.ts'
import { switchingEmbedders } from '../../src/pipeline/embedders.ts'
import { asPair } from '../../src/store/database.ts'
import { query, sql } from '../../src/store/sql.ts'
import { addTranscript, fileOf, okBody, untilIdle } from '../support/http-seed.ts'
import { type ModelServer, openModelServer } from '../support/model-server.ts'
import { meaningOf } from '../support/model-vectors.ts'
import { startOneOnOne } from '../support/one-on-one.ts'
import { startTestProgram, type TestProgram, type Visitor } from '../support/program.ts'
import { talks } from '../support/talks.ts'

let server: ModelServer
let program: TestProgram
let owner: Visitor
let pair: string
let meeting: string
const log: string[] = []
const opened = new AsyncDisposableStack()

beforeAll(async () => {
  server = opened.use(await openModelServer({ says: '{"items":[],"talk":[]}' }))
  server.embedAs(meaningOf({ oven: 'kiln' }))
  program = opened.use(
    await startTestProgram({ logLevel: 'debug', logTo: { write: line => void log.push(line) } }),
  )
  owner = await program.owner('Ines Calder')
  ;({ pair, meeting } = await startOneOnOne(owner))
  await settle({ baseUrl: server.url, model: 'test', embeddingModel: 'vectors' })
})
afterAll(() => opened.disposeAsync())

const settings = () => okBody(owner, 'GET', '/api/coach/settings')
const settle = async (change: object) =>
  okBody(owner, 'PATCH', '/api/coach/settings', { ...change, version: (await settings()).version })
let files = 0
const read = async () => {
  const { name, text } = talks.zoom
  await addTranscript(owner, { pair, meeting }, fileOf(name, `${text}\nNOTE ${++files}\n`))
}
const search = (words: string) => okBody(owner, 'POST', `/api/pairs/${pair}/search`, { query: words })
const makers = async () => {
  const rows = await program.database.as(asPair(pair), tx =>
    tx.all(
      query(
        z.object({ embedder: z.string().nullable(), passages: z.int() }),
        sql`select embedder, count(*)::int as passages from passage where transcript_id is not null group by embedder`,
      ),
    ),
  )
  return rows.map(row => row.embedder)
}
const failures = () =>
  program.database.asSystem('jobs', tx =>
    tx.all(query(z.object({ n: z.int() }), sql`select coalesce(sum(failures), 0)::int as n from job`)),
  )
/** The look that is had every minute, and what waits for later brought to now, until nothing waits. */
const catchUp = async () => {
  await using bundled = openBundledEmbedder()
  const embedders = switchingEmbedders({ database: program.database, environment: null, bundled })
  await vectorsSchedule(embedders).run(program.database, new Date())
  await expect
    .poll(
      async () => {
        await program.database.asSystem('jobs', tx =>
          tx.run(sql`update job set not_before = now() where state = 'ready'`),
        )
        program.wake()
        await wait(100)
        return (await settings()).vectorsWaiting
      },
      { timeout: 60_000 },
    )
    .toBe(0)
  await untilIdle(owner, pair)
}

test('passages and questions go to the model that is named, and a word that was not said finds its like', async () => {
  await okBody(owner, 'PUT', `/api/pairs/${pair}/meetings/${meeting}/own-note`, {
    text: 'Only for me: canarynote.',
    version: 0,
  })
  await read()
  const found = await search('oven')
  expect(found.method).toBe('hybrid')
  expect(found.places[0]?.text).toContain('kiln')
  expect(await makers()).toEqual([expect.stringMatching(/^vectors [0-9a-f]{8}-1$/)])
  const sent = server.embedded()
  expect(sent).toContain('oven')
  expect(sent.join()).not.toContain('canarynote')
  expect((await settings()).tokensToday).toBeGreaterThan(0)
})

test('while it is away search goes by words, a talk is read all the same, and no try is spent; it catches up', async () => {
  await server.goAway()
  await read()
  expect((await search('oven')).places).toEqual([])
  const byWords = await search('kiln')
  expect(byWords.method).toBe('words-only')
  expect(byWords.places.length).toBeGreaterThan(0)
  expect(await makers()).toContain(null)
  expect((await settings()).vectorsWaiting).toBe(1)
  await server.comeBack()
  await settle({ atOnce: 3 })
  await catchUp()
  expect(await makers()).not.toContain(null)
  expect((await search('oven')).places.length).toBeGreaterThan(0)
  expect(await failures()).toEqual([{ n: 0 }])
}, 120_000)

test('another model makes all of them anew, as work that is counted; so does the bundled one, and nothing else is read', async () => {
  server.embedAs(meaningOf({ oven: 'kiln' }, 96))
  await settle({ embeddingModel: 'others' })
  // Until then what the first one made is not compared with what the second says of a question.
  expect((await search('kiln')).places.length).toBeGreaterThan(0)
  await catchUp()
  expect(await makers()).toEqual([expect.stringMatching(/^others /)])
  expect((await search('oven')).places[0]?.text).toContain('kiln')
  const before = server.embedded().length
  await catchUp()
  expect(server.embedded()).toHaveLength(before)
  await settle({ embeddingModel: null })
  await catchUp()
  expect(await makers()).toEqual(['use-lite-1'])
  expect(server.embedded()).toHaveLength(before)
}, 120_000)

test('a name that begins to stand for another model is noticed by the length of its vectors', async () => {
  await settle({ embeddingModel: 'vectors' })
  server.embedAs(meaningOf({ oven: 'kiln' }, 48))
  await catchUp()
  await catchUp()
  expect(await makers()).toEqual([expect.stringMatching(/^vectors [0-9a-f]{8}-2$/)])
  expect((await search('oven')).places[0]?.text).toContain('kiln')
  expect(await failures()).toEqual([{ n: 0 }])
}, 120_000)

test('nobody’s words are in a log, a job or a run', async () => {
  const kept = await program.database.asSystem('jobs', tx =>
    tx.all(query(z.object({ row: z.string() }), sql`select job::text as row from job`)),
  )
  const runs = await program.database.as(asPair(pair), tx =>
    tx.all(query(z.object({ row: z.string() }), sql`select run::text as row from run`)),
  )
  const all = [...log, ...[...kept, ...runs].map(({ row }) => row)].join('\n')
  expect(log.length).toBeGreaterThan(10)
  expect(all).not.toMatch(/kiln|oven|electrician|canarynote/i)
})
