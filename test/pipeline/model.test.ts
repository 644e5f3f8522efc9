import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { query, sql } from '../../src/store/sql.ts'
import { addTranscript, fileOf, okBody, untilIdle } from '../support/http-seed.ts'
import { type ModelServer, openModelServer } from '../support/model-server.ts'
import { startOneOnOne } from '../support/one-on-one.ts'
import { startTestProgram, type TestProgram, type Visitor } from '../support/program.ts'
import { talks } from '../support/talks.ts'

let server: ModelServer
let program: TestProgram
let owner: Visitor
let pair: string
let meeting: string
/** What a careful model says about the talk of the four tools. */
const said = {
  items: [
    {
      text: 'Call the electrician and ask for a date',
      owner: 'M',
      due: 'tomorrow morning',
      kind: 'commitment',
      confidence: 0.9,
      evidence: [{ line: 5, quote: "I'll call the electrician tomorrow morning and ask for a date" }],
    },
  ],
  decisions: [],
  roadblocks: [],
  updates: [],
  feedback: [],
  growth: [],
  talk: [{ from: 1, to: 10, label: 'status' }],
}
beforeAll(async () => {
  server = await openModelServer({ says: JSON.stringify(said) })
  program = await startTestProgram()
  owner = await program.owner('Ines Calder')
  ;({ pair, meeting } = await startOneOnOne(owner))
})
afterAll(async () => {
  await program[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const settings = () => okBody(owner, 'GET', '/api/coach/settings')
const settle = async (change: object) =>
  okBody(owner, 'PATCH', '/api/coach/settings', { ...change, version: (await settings()).version })
let files = 0
/** One more transcript, read to its end; what was found, what made it. */
const read = async () => {
  const { name, text } = talks.zoom
  const file = fileOf(name, `${text}\nNOTE ${++files}\n`)
  const { id } = await addTranscript(owner, { pair, meeting }, file)
  await untilIdle(owner, pair)
  return shown(id)
}
const shown = async (id: string) => {
  const { findings, transcript } = await okBody(owner, 'GET', `/api/pairs/${pair}/transcripts/${id}`)
  const { runs } = await okBody(owner, 'GET', `/api/pairs/${pair}/transcripts/${id}/runs`)
  return { id, findings, transcript, runs: runs.filter((run: { step: string }) => run.step === 'extract') }
}
const inDatabase = <Row>(row: z.ZodType<Row>, statement: ReturnType<typeof sql>) =>
  program.database.asSystem('jobs', tx => tx.all(query(row, statement)))
/** Brings what waits for later to now. */
const later = async () => {
  await program.database.asSystem('jobs', tx =>
    tx.run(sql`update job set not_before = now() where state = 'ready'`, sql`delete from model_pause`),
  )
  program.wake()
  await wait(300)
  await untilIdle(owner, pair)
}

describe('a model', () => {
  test('is asked from the moment it is settled, and only then', async () => {
    expect((await read()).transcript.engine).toBe('offline')
    expect(server.journal).toHaveLength(0)
    await settle({ baseUrl: server.url, model: 'test', key: 'sk-kept', priceRead: 2, priceWritten: 8 })
    const { transcript, findings, runs } = await read()
    expect(transcript.engine).toBe('llm')
    expect(findings.map(({ text }: { text: string }) => text)).toEqual([
      'Call the electrician and ask for a date',
    ])
    expect(server.questions()[0]?.headers.authorization).toBe('Bearer sk-kept')
    expect(runs.find((run: { model: string | null }) => run.model)).toMatchObject({
      engine: 'llm',
      model: 'test',
      prompt: 'extract@1',
      outcome: 'done',
      promptHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const { spentThisMonth, tokensToday } = await settings()
    expect(spentThisMonth).toBeGreaterThan(0)
    expect(tokensToday).toBeGreaterThan(1_000)
  })

  test('tells its key to nobody again', async () => {
    const answers = JSON.stringify([await settings(), await okBody(owner, 'GET', '/api/me/events')])
    expect(answers).not.toContain('sk-kept')
    expect((await settings()).hasKey).toBe(true)
    const [{ key } = { key: '' }] = await inDatabase(
      z.object({ key: z.string() }),
      sql`select key from model_key`,
    )
    expect(key).toBe('sk-kept')
  })

  test('and its key part when the address changes', async () => {
    await settle({ baseUrl: `${server.url}/` })
    expect((await settings()).hasKey).toBe(false)
    await settle({ baseUrl: server.url, key: 'sk-kept' })
  })

  test('another prompt, another model and the way back are one action each; what was made before still tells', async () => {
    const before = await read()
    const { prompts } = await okBody(owner, 'GET', '/api/coach/prompts')
    const text = prompts[0].text.replace('version: 1', 'version: 7').replace('You read the', 'Read the')
    await okBody(owner, 'PUT', '/api/coach/prompts/extract', { text })
    await settle({ model: 'another' })
    const between = await read()
    await okBody(owner, 'DELETE', '/api/coach/prompts/extract')
    await settle({ model: 'test' })
    const after = await read()
    const madeBy = async ({ id }: { id: string }) => {
      const call = (await shown(id)).runs.find((run: { model: string | null }) => run.model)
      return [call.prompt, call.model]
    }
    expect([await madeBy(before), await madeBy(between), await madeBy(after)]).toEqual([
      ['extract@1', 'test'],
      ['extract@7', 'another'],
      ['extract@1', 'test'],
    ])
    expect(server.questions().at(-2)?.body.messages[0].content).toMatch(/^Read the/)
    const broken = await owner.ask('PUT', '/api/coach/prompts/extract', {
      text: text.replace('{{lines}}', ''),
    })
    expect([broken.status, broken.body.error.code]).toEqual([422, 'prompt-invalid'])
  })

  test('is tried with invented lines, and the page says what it can do', async () => {
    server.say(({ messages, response_format: format }) =>
      format === undefined
        ? 'Ready.'
        : JSON.stringify(
            String(messages[0].content).includes('Copy')
              ? {
                  quotes: [...String(messages[1].content).matchAll(/^(\d+): (.*)$/gm)].map(
                    ([, line, quote]) => ({
                      line: Number(line),
                      quote,
                    }),
                  ),
                }
              : { word: 'lantern' },
          ),
    )
    const { verdicts } = await okBody(owner, 'POST', '/api/coach/test')
    expect(verdicts.map(({ says }: { says: string }) => says)).toEqual([
      'It answers.',
      'It keeps to a form.',
      'It copies word for word.',
      'An hour of talk fits in one go.',
      'It makes vectors for search.',
    ])
    server.behave('ollama')
    const again = await okBody(owner, 'POST', '/api/coach/test')
    expect(again.verdicts.map(({ says }: { says: string }) => says)).toContain(
      'An hour of talk does not fit in one go.',
    )
    server.behave('openai')
    await program.database.asSystem('jobs', tx => tx.run(sql`delete from model_habit`))
    server.say(JSON.stringify(said))
  })
})

const isPromised = ({ kind, text }: { kind: string; text: string }) =>
  kind === 'action-item' && text.includes('electrician')

describe('when the endpoint goes in the middle of a day', () => {
  test('work goes on offline and says so; it catches up, without a double, and no try is spent', async () => {
    await server.goAway()
    const away = await read()
    expect(away.transcript.engine).toBe('offline')
    expect(away.findings.length).toBeGreaterThan(0)
    expect(
      away.runs.map(({ engine, outcome }: { engine: string; outcome: string }) => [engine, outcome]),
    ).toContainEqual(['llm', 'model-unreachable'])
    // Somebody confirms one meanwhile.
    const promise = away.findings.find(isPromised)
    await okBody(owner, 'PATCH', `/api/pairs/${pair}/findings/action-item/${promise.id}`, {
      version: promise.version,
      state: 'confirmed',
    })
    await later()
    expect((await shown(away.id)).findings.length).toBe(away.findings.length)
    await server.comeBack()
    await later()
    await expect.poll(async () => (await shown(away.id)).transcript.engine, { timeout: 30_000 }).toBe('llm')
    const caughtUp = await shown(away.id)
    const electrician = caughtUp.findings.filter(isPromised)
    expect(electrician.map(({ id }: { id: string }) => id)).toEqual([promise.id])
    const failures = await inDatabase(
      z.object({ n: z.int() }),
      sql`select coalesce(sum(failures), 0)::int as n from job`,
    )
    expect(failures).toEqual([{ n: 0 }])
  }, 120_000)

  test('after three failures it is left alone, everybody is told, and saving asks it afresh', async () => {
    server.alwaysMisbehave('500')
    for (const _ of [1, 2, 3]) await read()
    const asked = server.questions().length
    await read()
    expect(server.questions()).toHaveLength(asked)
    expect(await okBody(owner, 'GET', '/api/coach')).toMatchObject({ engine: 'llm', paused: 'model-failed' })
    server.alwaysMisbehave(null)
    await settle({ atOnce: 3 })
    expect(await okBody(owner, 'GET', '/api/coach')).toMatchObject({ paused: null })
    expect((await read()).transcript.engine).toBe('llm')
  }, 120_000)

  test.each([
    ['429 long', 3_600],
    ['quota', 3_600],
    ['401', 3_600],
  ])('%s leaves it alone at once', async (fault, seconds) => {
    server.misbehave(fault)
    expect((await read()).transcript.engine).toBe('offline')
    const { pausedSeconds } = await okBody(owner, 'GET', '/api/coach')
    expect(pausedSeconds).toBeGreaterThan(seconds - 60)
    await settle({ atOnce: 3 })
  })
})

describe('a budget', () => {
  test.each([
    ['mostADay', 1],
    ['mostAPerson', 1],
    ['mostAMonth', 0.0001],
  ])('(%s) that is spent leaves the rest to the offline engine', async (limit, least) => {
    await settle({ [limit]: least })
    const asked = server.questions().length
    expect((await read()).transcript.engine).toBe('offline')
    expect(server.questions()).toHaveLength(asked)
    await settle({ [limit]: null })
    expect((await read()).transcript.engine).toBe('llm')
  })
})
