import type { IncomingMessage, ServerResponse } from 'node:http'

/** One question as the server heard it. */
export interface Heard {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** Parsed JSON; null for a request without a body. */
  readonly body: any
  readonly at: number
}

export const sendJson = (
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

export const completion = (
  content: string | null,
  extra: object = {},
  finish: string | null = 'stop',
  usage?: object,
) => ({
  id: 'c1',
  object: 'chat.completion',
  created: 1,
  model: 'test',
  choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content, ...extra } }],
  ...(usage ? { usage } : {}),
})

export const chunkOf = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'test', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`

const stream = (response: ServerResponse, ...pieces: string[]) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const piece of pieces) response.write(piece)
}
const text = (content: string) => chunkOf({ content })
const refused = (message: string, code?: string, param?: string) => ({ error: { message, code, param } })

/** Stays in a server's own words: what a log must never repeat. */
export const serverSecret = 'sk-secret-of-the-server'

/** Ways to misbehave, each over real HTTP. `good` is what an honest server would have said. */
export const faults: Readonly<
  Record<string, (response: ServerResponse, good: string, request: IncomingMessage) => void>
> = {
  '429 short': r => sendJson(r, refused('slow down'), 429, { 'retry-after': '2' }),
  '429 long': r => sendJson(r, refused('slow down'), 429, { 'retry-after': '3600' }),
  '429 bare': r => sendJson(r, refused('slow down'), 429),
  quota: r => sendJson(r, refused('You exceeded your current quota', 'insufficient_quota'), 429),
  '500': r => sendJson(r, refused(`boom ${serverSecret}`), 500),
  '503 asking to wait': r => sendJson(r, refused('loading model'), 503, { 'retry-after': '7' }),
  'context length': r =>
    sendJson(
      r,
      refused("This model's maximum context length is 4096 tokens.", 'context_length_exceeded'),
      400,
    ),
  '401': r => sendJson(r, refused(`Incorrect API key provided: ${serverSecret}`), 401),
  '404': r => sendJson(r, refused('model not found'), 404),
  'header hang': () => undefined,
  'body hang': r => {
    r.writeHead(200, { 'content-type': 'application/json' })
    r.write('{"id":"x",')
  },
  drip: r => {
    r.writeHead(200, { 'content-type': 'application/json' })
    const drops = setInterval(() => r.write(' '), 20)
    r.on('close', () => clearInterval(drops))
  },
  huge: r => {
    r.writeHead(200, { 'content-type': 'application/json' })
    r.write('{"choices":[{"finish_reason":"stop","message":{"content":"')
    const piece = 'A'.repeat(1_000_000)
    let left = 400
    const more = (): void => {
      while (left-- > 0 && !r.destroyed) if (!r.write(piece)) return void r.once('drain', more)
      r.end()
    }
    more()
  },
  'web page': r => {
    r.writeHead(200, { 'content-type': 'text/html' })
    r.end('<html>Sign in to the network</html>')
  },
  'web page said to be JSON': r => sendJson(r, '<html>Sign in to the network</html>'),
  'a JSON string': r => sendJson(r, '"fine"'),
  'half a JSON': r => sendJson(r, '{"id":"x","choices":[{"mess'),
  'empty choices': r => sendJson(r, { ...completion(''), choices: [] }),
  'no content': r => sendJson(r, completion(null)),
  'an error with status 200': r => sendJson(r, refused('overloaded')),
  'no JSON in it': r => sendJson(r, completion('Sure! Here is the JSON: {"summary": "s", items: [')),
  'another form': r => sendJson(r, completion('{"summary":1}')),
  'cut at length': (r, good) => sendJson(r, completion(good.slice(0, 12), {}, 'length')),
  'cut at length, readable': (r, good) => sendJson(r, completion(good, {}, 'length')),
  refusal: r => sendJson(r, completion(null, { refusal: 'I cannot help with that.' })),
  'content filter': r => sendJson(r, completion('', {}, 'content_filter')),
  'content filter, refused': r =>
    sendJson(r, refused('The prompt triggered the content management policy.', 'content_filter'), 400),
  reset: (_r, _good, request) => void request.socket.destroy(),
  redirect: r => {
    r.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' })
    r.end()
  },
  'stream that stalls': (r, good) => stream(r, text(good.slice(0, 5))),
  'stream that breaks': (r, good) => {
    stream(r, text(good.slice(0, 5)))
    setTimeout(() => r.destroy(), 20)
  },
  'stream without an end': (r, good) => {
    stream(r, text(good))
    r.end()
  },
  'stream cut at length': (r, good) => {
    stream(r, text(good.slice(0, 5)), chunkOf({}, 'length'), 'data: [DONE]\n\n')
    r.end()
  },
  'stream with an error': (r, good) => {
    stream(r, text(good.slice(0, 5)), `data: ${JSON.stringify(refused(`overloaded ${serverSecret}`))}\n\n`)
    r.end()
  },
  'stream of garbage': (r, good) => {
    stream(r, text(good.slice(0, 5)), `data: {not json ${serverSecret}\n\n`)
    r.end()
  },
  'stream of nothing': r => {
    stream(r, 'data: [DONE]\n\n')
    r.end()
  },
  'stream of white space': r => {
    stream(r)
    const blanks = setInterval(() => r.write(text(' '.repeat(500))), 5)
    r.on('close', () => clearInterval(blanks))
  },
}
