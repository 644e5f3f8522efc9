import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { chunkOf, completion, faults, type Heard, sendJson } from './model-faults.ts'
import { vectorFaults } from './model-vectors.ts'
import { type Vendor, type VendorName, vendors } from './model-vendors.ts'

/** What the model says to a question; the question is the body of the request. */
export type Says = string | ((body: any, heard: Heard) => string)

/** Tokens of what a request shows the model: its messages, and the schema it is held to. */
export const tokensOf = (body: any): number =>
  (body.messages ?? []).reduce(
    (sum: number, { content }: { content: string }) =>
      sum + 4 + countTokens(content, { disallowedSpecial: new Set() }),
    3,
  ) +
  (body.response_format?.json_schema
    ? countTokens(JSON.stringify(body.response_format.json_schema.schema))
    : 0)

/**
 * A model's server over real HTTP: behaves like one vendor or another, misbehaves on demand, writes
 * down every request and counts its tokens (o200k). What it says is a script of the test's.
 */
export const openModelServer = async (
  options: { readonly vendor?: VendorName; readonly says?: Says } = {},
) => {
  const state: {
    vendor: Vendor
    says: Says
    next: (string | null)[]
    always: string | null
    delay: number
    vectorOf: ((text: string) => readonly number[]) | null
    spoilt: string | null
  } = {
    vendor: vendors[options.vendor ?? 'openai'],
    says: options.says ?? '{}',
    /** Names of faults for the requests to come, one each; `null` is an honest answer. */
    next: [],
    /** For every request after those. */
    always: null,
    /** Milliseconds before each answer. */
    delay: 0,
    /** What a text's vector is; null: numbers of the vendor's length that mean nothing. */
    vectorOf: null,
    /** What goes wrong where vectors are asked for. */
    spoilt: null,
  }
  const journal: Heard[] = []
  let busy = 0
  let busiest = 0

  const answerChat = (heard: Heard, request: IncomingMessage, response: ServerResponse) => {
    const { vendor } = state
    const { body } = heard
    const refused = vendor.refuses?.(body)
    if (refused) return sendJson(response, refused.error, refused.status)
    const good = typeof state.says === 'function' ? state.says(body, heard) : state.says
    const fault = state.next.length > 0 ? state.next.shift() : state.always
    if (fault) {
      const misbehave = faults[fault]
      if (!misbehave) throw new Error(`no fault is called ${fault}`)
      return misbehave(response, good, request)
    }
    const read = Math.min(tokensOf(body), vendor.reads ?? Infinity)
    // Counting megabytes takes longer than a patient client waits.
    const written =
      good.length > 100_000 ? Math.ceil(good.length / 4) : countTokens(good, { disallowedSpecial: new Set() })
    const usage = { prompt_tokens: read, completion_tokens: written, total_tokens: read + written }
    const { content, extra = {} } = vendor.dress?.(good, body) ?? { content: good }
    if (!body.stream || vendor.neverStreams)
      return sendJson(response, completion(content, extra, 'stop', vendor.noUsage ? undefined : usage))
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    if (!vendor.noRole) response.write(chunkOf({ role: 'assistant' }))
    for (const [key, words] of Object.entries({ content, ...extra }))
      for (const piece of (words ?? '').match(/[\s\S]{1,400}/g) ?? [])
        response.write(chunkOf({ [key]: piece }))
    response.write(chunkOf({}, 'stop'))
    if (body.stream_options?.include_usage && !vendor.noUsage)
      response.write(`data: ${JSON.stringify({ choices: [], usage })}\n\n`)
    response.end('data: [DONE]\n\n')
  }

  const answerEmbeddings = ({ body }: Heard, request: IncomingMessage, response: ServerResponse) => {
    const { embeds, noEmbeddings, zeroVectors } = state.vendor
    const { spoilt, vectorOf } = state
    if (noEmbeddings || !embeds) return sendJson(response, { error: { message: 'no such route' } }, 404)
    const data = (body.input as string[]).map((text, index) => ({
      object: 'embedding' as const,
      index,
      embedding:
        vectorOf?.(text) ??
        Array.from({ length: embeds }, (_, i) =>
          zeroVectors ? 0 : Math.sin((i + 1) * (text.codePointAt(i % text.length) ?? 1)),
        ),
    }))
    if (spoilt !== null) {
      const spoil = vectorFaults[spoilt] ?? faults[spoilt]
      if (!spoil) throw new Error(`no fault is called ${spoilt}`)
      return spoil(response, data as never, request)
    }
    const read = (body.input as string[]).reduce((sum, text) => sum + countTokens(text), 0)
    // Not in order: the index says which is which.
    sendJson(response, {
      object: 'list',
      model: body.model,
      data: data.toReversed(),
      usage: { prompt_tokens: read, total_tokens: read },
    })
  }

  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString()
      const heard = {
        path: request.url ?? '',
        headers: request.headers,
        body: text === '' ? null : JSON.parse(text),
        at: Date.now(),
      }
      journal.push(heard)
      busiest = Math.max(busiest, ++busy)
      response.once('close', () => busy--)
      const answer = () => {
        if (response.destroyed) return
        if (heard.path.endsWith('/chat/completions')) answerChat(heard, request, response)
        else if (heard.path.endsWith('/embeddings')) answerEmbeddings(heard, request, response)
        else if (heard.path.endsWith('/models'))
          sendJson(response, { object: 'list', data: [{ id: 'test', object: 'model' }] })
        else sendJson(response, { error: { message: 'no such route' } }, 404)
      }
      if (state.delay > 0) setTimeout(answer, state.delay)
      else answer()
    })
    request.on('error', () => undefined)
    response.on('error', () => undefined)
  })
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const gone = { is: false }

  return {
    url: `http://127.0.0.1:${port}/v1`,
    journal,
    /** The questions, without requests for models and vectors. */
    questions: () => journal.filter(({ path }) => path.endsWith('/chat/completions')),
    tokens: () => journal.reduce((sum, { body }) => sum + (body ? tokensOf(body) : 0), 0),
    busiest: () => busiest,
    behave(vendor: VendorName) {
      state.vendor = vendors[vendor]
    },
    say(says: Says) {
      state.says = says
    },
    /** For the coming requests, one fault each. */
    misbehave(...names: (string | null)[]) {
      state.next = names
    },
    /** From now on; null: honest again. */
    alwaysMisbehave(name: string | null) {
      state.always = name
    },
    /** Vectors that mean something; null: any. */
    embedAs(vectorOf: ((text: string) => readonly number[]) | null) {
      state.vectorOf = vectorOf
    },
    /** What is asked for vectors fails like this; null: honest again. */
    spoilVectors(fault: string | null) {
      state.spoilt = fault
    },
    /** The texts that vectors were asked for. */
    embedded: () =>
      journal
        .filter(({ path }) => path.endsWith('/embeddings'))
        .flatMap(({ body }) => body.input as string[]),
    slowDown(milliseconds: number) {
      state.delay = milliseconds
    },
    /** Nobody listens any more; `comeBack` on the same port. */
    async goAway() {
      gone.is = true
      server.closeAllConnections()
      await new Promise<void>(resolve => void server.close(() => resolve()))
    },
    async comeBack() {
      await new Promise<void>(resolve => void server.listen(port, '127.0.0.1', resolve))
      gone.is = false
    },
    async [Symbol.asyncDispose]() {
      if (gone.is) return
      server.closeAllConnections()
      await new Promise<void>(resolve => void server.close(() => resolve()))
    },
  }
}
export type ModelServer = Awaited<ReturnType<typeof openModelServer>>
