import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openEndpoint } from '../../../src/coach/llm/endpoint.ts'
import { usualLimits } from '../../../src/coach/llm/guard.ts'
import { failure, isFailure } from '../../../src/coach/llm/failures.ts'
import { Refusal } from '../../../src/domain/errors.ts'
import { type Measured, remoteEmbedder } from '../../../src/embed/remote.ts'
import { serverSecret } from '../../support/model-faults.ts'
import { type ModelServer, openModelServer } from '../../support/model-server.ts'
import { meaningOf, vectorFaults } from '../../support/model-vectors.ts'

let server: ModelServer
beforeAll(async () => {
  server = await openModelServer()
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(() => {
  server.embedAs(meaningOf({ oven: 'kiln' }))
  server.spoilVectors(null)
  server.journal.length = 0
})

/** Short, for what hangs; whatever ends by itself has the time of the product. */
const short = { total: 900, idle: 300, bytes: 2 * 1024 * 1024 }
const open = (known: Measured | null = { dimension: 64, nearEnough: 0.5 }, limits = usualLimits) => {
  const endpoint = openEndpoint({ baseUrl: server.url, apiKey: 'sk-own', model: 'vectors', limits })
  const learned: Measured[] = []
  const embedder = remoteEmbedder({
    name: 'test',
    known,
    ask: async (texts, signal) => (await endpoint.embed(texts, signal ? { signal } : {})).vectors,
    learned: async measured => void learned.push(measured),
    unusable: () => failure('model-answer-unusable'),
    isTooMuch: error => isFailure(error, 'model-too-long', 'model-request-refused'),
  })
  return { embedder, learned }
}
const words = 'words of a transcript nobody may see'
const dot = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  (a ?? new Float32Array()).reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0)

describe('vectors of an endpoint', () => {
  test('are of length one, in order, however many questions they take; asked for as numbers, with the key', async () => {
    const { embedder } = open()
    const texts = Array.from(
      { length: 40 },
      (_, at) => `Passage ${at} tells of the ${at % 2 ? 'kiln' : 'stand'}`,
    )
    const made = await embedder.embed(texts)
    expect(made).toHaveLength(40)
    for (const vector of made) expect(Math.hypot(...vector)).toBeCloseTo(1)
    const [alone] = await embedder.embed([texts[33] ?? ''])
    expect(dot(alone, made[33])).toBeCloseTo(1)
    const heard = server.journal[0]
    expect([heard?.body.model, heard?.body.encoding_format, heard?.headers.authorization]).toEqual([
      'vectors',
      'float',
      'Bearer sk-own',
    ])
    expect(server.journal.map(({ body }) => body.input.length)).toEqual([16, 16, 8, 1])
  })

  test('of a model nobody has used yet are measured first, with sentences of nobody', async () => {
    const { embedder, learned } = open(null)
    expect(embedder.nearEnough).toBe(null)
    await embedder.embed([words])
    expect(learned).toHaveLength(1)
    expect(learned[0]?.dimension).toBe(64)
    // What has a word of one meaning in common is near; what has none is not.
    const [kiln, oven, fair] = await embedder.embed(['The kiln', 'An oven', 'A smaller stand'])
    const bar = learned[0]?.nearEnough ?? 0
    expect(dot(kiln, oven)).toBeGreaterThan(bar)
    expect(dot(kiln, fair)).toBeLessThan(bar)
    expect(server.journal[0]?.body.input).not.toContain(words)
  })

  test('of another length than before are none; what they are like is measured anew', async () => {
    const { embedder, learned } = open({ dimension: 32, nearEnough: 0.5 })
    expect(await codeOf(embedder.embed([words]))).toBe('model-answer-unusable')
    expect(learned[0]?.dimension).toBe(64)
  })

  test('without a direction are none', async () => {
    server.embedAs(() => [0, 0, 0])
    expect(await codeOf(open({ dimension: 3, nearEnough: 0.5 }).embedder.embed([words]))).toBe(
      'model-answer-unusable',
    )
  })

  test('are asked for by halves where a server takes fewer at once', async () => {
    const { embedder } = open()
    server.spoilVectors('context length')
    const asked = embedder.embed(Array.from({ length: 16 }, (_, at) => `Passage ${at}`))
    expect(await codeOf(asked)).toBe('model-too-long')
    expect(server.journal.map(({ body }) => body.input.length)).toEqual([16, 8, 4, 2, 1])
  })

  const faults: Readonly<Record<string, string>> = {
    ...Object.fromEntries(Object.keys(vectorFaults).map(name => [name, 'model-answer-unusable'])),
    'no list': 'model-not-an-api',
    '429 short': 'model-busy',
    '429 long': 'model-busy',
    quota: 'model-quota',
    '500': 'model-failed',
    '401': 'model-key-refused',
    '404': 'model-unknown',
    'header hang': 'model-too-slow',
    'body hang': 'model-too-slow',
    drip: 'model-too-slow',
    huge: 'model-answer-too-large',
    'web page': 'model-not-an-api',
    'half a JSON': 'model-not-an-api',
    'an error with status 200': 'model-failed',
    reset: 'model-unreachable',
    redirect: 'model-not-an-api',
  }
  test.each(Object.entries(faults))('%s: %s, in our words and within its time', async (fault, code) => {
    server.spoilVectors(fault)
    const limits = code === 'model-too-slow' ? short : usualLimits
    const error = await refusalOf(open(undefined, limits).embedder.embed([words, 'more of them']))
    expect(error.code).toBe(code)
    expect(JSON.stringify([error.message, error.details, String(error.stack)])).not.toMatch(
      new RegExp(`${words}|${serverSecret}|sk-own`),
    )
  })
})

const refusalOf = async (asked: Promise<unknown>): Promise<Refusal> => {
  const error: unknown = await asked.catch((failed: unknown) => failed)
  expect(error).toBeInstanceOf(Refusal)
  return error as Refusal
}
const codeOf = async (asked: Promise<unknown>) => (await refusalOf(asked)).code
