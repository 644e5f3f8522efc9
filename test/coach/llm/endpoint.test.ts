import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Endpoint, type EndpointSettings, openEndpoint } from '../../../src/coach/llm/endpoint.ts'
import { usualLimits } from '../../../src/coach/llm/guard.ts'
import { habitsInMemory } from '../../../src/coach/llm/habits.ts'
import { askStructured } from '../../../src/coach/llm/structured.ts'
import { Refusal } from '../../../src/domain/errors.ts'
import { faults, serverSecret } from '../../support/model-faults.ts'
import { type ModelServer, openModelServer } from '../../support/model-server.ts'
import { type VendorName, vendors } from '../../support/model-vendors.ts'

const Answer = z.object({
  items: z.array(
    z.object({ title: z.string().max(40), line: z.int().positive(), day: z.iso.date().nullable() }),
  ),
})
const good = { items: [{ title: 'Send the list', line: 3, day: null }] }
const words = 'words of a transcript nobody may see'
const question = {
  name: 'found',
  schema: Answer,
  listKey: 'items',
  messages: [
    { role: 'system', content: 'Find what was promised.' },
    { role: 'user', content: words },
  ],
} as const
/** Short, so that the tests of what hangs are too; the sizes are the product's. */
const short = { total: 900, idle: 300, bytes: 2 * 1024 * 1024 }

let server: ModelServer
beforeAll(async () => {
  server = await openModelServer()
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(() => {
  server.behave('openai')
  server.say(JSON.stringify(good))
  server.misbehave()
  server.alwaysMisbehave(null)
  server.slowDown(0)
  server.journal.length = 0
})

const endpoint = (settings: Partial<EndpointSettings> = {}): Endpoint =>
  openEndpoint({
    baseUrl: server.url,
    apiKey: 'sk-own',
    model: 'test',
    limits: usualLimits,
    book: habitsInMemory(),
    ...settings,
  })

const refusalFrom = async (asked: Promise<unknown>): Promise<Refusal> => {
  const error: unknown = await asked.then(
    () => undefined,
    (failed: unknown) => failed,
  )
  expect(error).toBeInstanceOf(Refusal)
  return error as Refusal
}

describe('a fault of the server', () => {
  /** What it is called, whether it may pass, and how many requests it costs. */
  const outcomes: Readonly<Record<string, readonly [code: string, passes: boolean, requests: number]>> = {
    '429 short': ['model-busy', true, 1],
    '429 long': ['model-busy', true, 1],
    '429 bare': ['model-busy', true, 1],
    quota: ['model-quota', true, 1],
    '500': ['model-failed', true, 1],
    '503 asking to wait': ['model-failed', true, 1],
    'context length': ['model-too-long', false, 1],
    '401': ['model-key-refused', false, 1],
    '404': ['model-unknown', false, 1],
    'header hang': ['model-too-slow', true, 1],
    'body hang': ['model-too-slow', true, 1],
    drip: ['model-too-slow', true, 1],
    huge: ['model-answer-too-large', true, 1],
    'web page': ['model-not-an-api', true, 1],
    'web page said to be JSON': ['model-not-an-api', true, 1],
    'a JSON string': ['model-not-an-api', true, 1],
    'half a JSON': ['model-not-an-api', true, 1],
    'empty choices': ['model-answer-empty', true, 2],
    'no content': ['model-answer-empty', true, 2],
    'an error with status 200': ['model-failed', true, 1],
    'no JSON in it': ['model-answer-unusable', true, 2],
    'another form': ['model-answer-unusable', true, 2],
    'cut at length': ['model-answer-cut', true, 1],
    'cut at length, readable': ['model-answer-cut', true, 1],
    refusal: ['model-declined', false, 1],
    'content filter': ['model-declined', false, 1],
    'content filter, refused': ['model-declined', false, 1],
    reset: ['model-unreachable', true, 1],
    redirect: ['model-not-an-api', true, 1],
    'stream that stalls': ['model-too-slow', true, 1],
    'stream that breaks': ['model-failed', true, 1],
    'stream without an end': ['model-answer-cut', true, 1],
    'stream cut at length': ['model-answer-cut', true, 1],
    'stream with an error': ['model-failed', true, 1],
    'stream of garbage': ['model-answer-cut', true, 1],
    'stream of nothing': ['model-answer-empty', true, 2],
    'stream of white space': ['model-answer-cut', true, 1],
  }

  test('is in this table, each of them', () => {
    expect(Object.keys(outcomes)).toEqual(Object.keys(faults))
  })

  test.each(Object.entries(outcomes))(
    '%s: in our words, within its time',
    async (fault, [code, passes, requests]) => {
      server.alwaysMisbehave(fault)
      const logged: string[] = []
      const original = { error: console.error, warn: console.warn, log: console.log }
      Object.assign(
        console,
        Object.fromEntries(
          Object.keys(original).map(key => [key, (...said: unknown[]) => logged.push(String(said))]),
        ),
      )
      // Only what hangs is ended by the clock: a busy machine must not end an answer that is on its way.
      const asked = endpoint(code === 'model-too-slow' ? { limits: short } : {})
      const refusal = await refusalFrom(askStructured(asked, question)).finally(() =>
        Object.assign(console, original),
      )
      expect([refusal.code, refusal.status >= 500, server.questions().length]).toEqual([
        code,
        passes,
        requests,
      ])
      const told = JSON.stringify([
        logged,
        refusal.message,
        refusal.stack,
        refusal.details,
        String(refusal.cause),
      ])
      for (const foreign of [words, serverSecret, 'sk-own', 'cannot help', 'Sign in'])
        expect(told).not.toContain(foreign)
    },
  )

  test.each([
    ['429 short', 2],
    ['429 long', 3600],
    ['quota', 3600],
    ['503 asking to wait', 7],
  ])('%s says how long to wait', async (fault, seconds) => {
    server.alwaysMisbehave(fault)
    expect((await refusalFrom(askStructured(endpoint(), question))).details).toEqual({ retryAfter: seconds })
  })

  test('of 400 MB costs no memory of that size', async () => {
    server.alwaysMisbehave('huge')
    const before = process.memoryUsage().rss
    await refusalFrom(askStructured(endpoint(), question))
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6)
  })

  test('an address at which nobody listens', async () => {
    const gone = endpoint({ baseUrl: 'http://127.0.0.1:1/v1' })
    expect((await refusalFrom(gone.ask(question))).code).toBe('model-unreachable')
  })

  test.each(['no JSON in it', 'another form', 'empty choices', 'stream of nothing'])(
    '%s, once: the second answer is taken',
    async fault => {
      server.misbehave(fault)
      expect((await askStructured(endpoint(), question)).value).toEqual(good)
      expect(server.questions()).toHaveLength(2)
    },
  )

  test('whoever asked may stop it, and hears their own reason', async () => {
    server.alwaysMisbehave('stream that stalls')
    const stop = new AbortController()
    const reason = new Refusal('job-taken', 409, 'Cancelled.')
    setTimeout(() => stop.abort(reason), 50)
    await expect(endpoint().ask(question, { signal: stop.signal })).rejects.toBe(reason)
  })
})

describe('a vendor', () => {
  /** The mode in which it is asked in the end, and the requests until it answers. */
  const outcomes: Readonly<Partial<Record<VendorName, readonly [mode: string, first: number]>>> = {
    'ollama, older': ['json_object', 2],
    'lm studio, no schema': ['text', 3],
    'refuses to stream': ['json_schema', 2],
    'no stream options': ['json_schema', 2],
  }
  test.each(Object.keys(vendors) as VendorName[])(
    '%s answers, and what it takes is remembered',
    async name => {
      server.behave(name)
      const model = endpoint()
      const [mode, first] = outcomes[name] ?? ['json_schema', 1]
      expect(await askStructured(model, question)).toMatchObject({ value: good, mode })
      expect(server.questions()).toHaveLength(first)
      await askStructured(model, question)
      expect(server.questions()).toHaveLength(first + 1)
    },
  )

  test('that refuses settings is asked without them from then on', async () => {
    server.behave('openai, reasoning')
    const model = endpoint()
    const wished = { ...question, settings: { temperature: 0, max_tokens: 900 } }
    expect((await askStructured(model, wished)).value).toEqual(good)
    expect((await model.habits()).dropped).toEqual(['temperature', 'max_tokens'])
    server.journal.length = 0
    await askStructured(model, wished)
    expect(server.questions()).toHaveLength(1)
    expect(server.questions()[0]?.body).not.toHaveProperty('temperature')
  })

  test('is shown a schema without patterns, lengths and references, all of it required', async () => {
    await askStructured(endpoint(), question)
    const { schema, strict } = server.questions()[0]!.body.response_format.json_schema
    expect(strict).toBe(true)
    expect(schema).toEqual({
      type: 'object',
      properties: {
        items: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              title: { type: 'string' },
              line: { type: 'integer' },
              day: { anyOf: [{ type: 'string' }, { type: 'null' }] },
            },
            required: ['title', 'line', 'day'],
            additionalProperties: false,
          },
        },
      },
      required: ['items'],
      additionalProperties: false,
    })
  })

  test('that leaves the object around a list out is understood', async () => {
    server.say(JSON.stringify(good.items))
    expect((await askStructured(endpoint(), question)).value).toEqual(good)
  })

  test('that reads only the end of a long text is found out by what it counts', async () => {
    server.behave('ollama')
    const long = {
      ...question,
      messages: [{ role: 'user', content: 'one more thing was said here. '.repeat(2_500) }],
    } as const
    const refusal = await refusalFrom(askStructured(endpoint(), long))
    expect([refusal.code, refusal.details]).toEqual(['model-input-cut', { tokens: 4096 }])
  })

  test('is sent neither temperature nor a limit unless somebody asks for it, and our key only', async () => {
    await askStructured(endpoint(), question)
    const [heard] = server.questions()
    expect(Object.keys(heard?.body).toSorted()).toEqual([
      'messages',
      'model',
      'response_format',
      'stream',
      'stream_options',
    ])
    expect(heard?.headers.authorization).toBe('Bearer sk-own')
  })

  test('gives vectors as numbers, in order; one that has none says so', async () => {
    const { vectors, tokens } = await endpoint().embed(['first', 'second'])
    expect(vectors.map(vector => vector.length)).toEqual([1536, 1536])
    expect(tokens).toBe(2)
    const alone = await Promise.all(['first', 'second'].map(text => endpoint().embed([text])))
    expect(vectors).toEqual(alone.flatMap(one => one.vectors))
    expect(server.journal[0]?.body.encoding_format).toBe('float')
    server.behave('vllm')
    expect((await refusalFrom(endpoint().embed(['first']))).code).toBe('model-unknown')
  })

  test('names its models', async () => {
    expect(await endpoint().models()).toEqual(['test'])
  })
})
