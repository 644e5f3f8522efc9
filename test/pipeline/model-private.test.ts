import { afterAll, beforeAll, expect, test } from 'vitest'
import { joinMember, joinOwner, okBody, seedPair, sessionOf } from '../support/http-seed.ts'
import { type ModelServer, openModelServer } from '../support/model-server.ts'
import { startTestProgram, type TestProgram } from '../support/program.ts'

/**
 * Two people work with a model set; every request it gets is read. A private word of one may stand in what
 * is asked for that person, and in nothing else.
 */
let server: ModelServer
let program: TestProgram
beforeAll(async () => {
  const promise = {
    text: 'Call the electrician and ask for a date',
    owner: 'M',
    due: 'tomorrow morning',
    kind: 'commitment',
    confidence: 0.9,
    evidence: [{ line: 5, quote: "I'll call the electrician tomorrow morning and ask for a date" }],
  }
  server = await openModelServer({
    says: body =>
      JSON.stringify(
        dutyOf(body) === 'extract'
          ? { items: [promise], talk: [] }
          : dutyOf(body) === 'write-brief'
            ? { lines: [{ kind: 'growth', text: 'It is the same.', from: [1] }] }
            : { links: [], topics: [] },
      ),
  })
  program = await startTestProgram()
})
afterAll(async () => {
  await program[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const wordOf = (place: string) => `canary${place.replaceAll(/[^a-z]/g, '')}`
const places = (side: string) =>
  ['note', 'observation', 'draft'].map(place => wordOf(`${place} of the ${side}`))
const privateTo = { manager: places('manager'), report: places('report') }

test('of all that a model is sent nothing holds a private word of the other', async () => {
  const owner = await joinOwner(program)
  const who = await sessionOf(program, owner.id)
  const { version } = await okBody(who, 'GET', '/api/coach/settings')
  await okBody(who, 'PATCH', '/api/coach/settings', { baseUrl: server.url, model: 'test', version })
  const manager = await joinMember(program, owner, 'Ines Calder')
  const { pair, report } = await seedPair(program, manager, wordOf)
  for (const person of [manager, report]) {
    const mine = await sessionOf(program, person.id)
    const read = (page: string) => okBody(mine, 'GET', `/api/pairs/${pair}/${page}`)
    expect((await read('brief')).coming).toBe(true)
    await expect.poll(async () => (await read('brief')).engine, { timeout: 60_000 }).toBe('llm')
    await read('topics')
    await read('feedback')
  }
  const hasTopicsOf = (side: string) =>
    server
      .questions()
      .some(
        ({ body }) =>
          dutyOf(body) === 'suggest-topics' && JSON.stringify(body).includes(`, the ${side}, who meets`),
      )
  await expect.poll(() => ['manager', 'report'].map(hasTopicsOf), { timeout: 60_000 }).toEqual([true, true])

  const sent = server.questions().map(({ body }) => ({ duty: dutyOf(body), text: JSON.stringify(body) }))
  const readerOf = (text: string) =>
    text.includes('For Ines, the manager')
      ? 'manager'
      : text.includes('For Tomasz, the report')
        ? 'report'
        : null
  const leaks = sent.flatMap(({ duty, text }) =>
    (['manager', 'report'] as const)
      .filter(side => readerOf(text) !== side)
      .flatMap(side => privateTo[side].filter(word => text.includes(word)).map(word => `${duty}: ${word}`)),
  )
  expect(leaks).toEqual([])
  // The walls, and not an empty page, are why: what one noticed is in what was asked for them.
  for (const side of ['manager', 'report'] as const)
    expect(
      sent
        .filter(({ text }) => readerOf(text) === side)
        .map(({ text }) => text)
        .join(),
    ).toContain(wordOf(`observation of the ${side}`))
}, 200_000)

const dutyOf = (body: { readonly response_format?: { readonly json_schema?: { readonly name: string } } }) =>
  body.response_format?.json_schema?.name ?? '?'
