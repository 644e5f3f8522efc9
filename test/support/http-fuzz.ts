import * as fc from 'fast-check'
import type { Route } from './http-routes.ts'

/** What is sent, byte by byte. */
export interface Sent {
  readonly line: string
  readonly headers: readonly string[]
  readonly body: Uint8Array
}

/** By the name of a field or parameter: ids of one's own and of others, and words that are understood there. */
export type Known = Readonly<Record<string, readonly string[]>>

type Schema = Readonly<Record<string, any>>

const words = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'a\0b',
      'a\u{d800}b',
      "' or 1=1 --",
      '../../etc/passwd',
      '\u202eabc',
      '[object Object]',
    ),
  },
)

const anything = fc.oneof(
  words,
  fc.constantFrom<unknown>(null, true, -0, 1e308, -1, 2 ** 31, 2 ** 53, 0.5, [], {}, [[]], { $gt: '' }),
  fc.jsonValue({ maxDepth: 3 }),
)

const text = ({ format, pattern, minLength = 0, maxLength = 80 }: Schema, known: Known) => {
  if (format === 'uuid') return fc.constantFrom(...(known['any'] ?? []))
  if (format === 'email') return fc.emailAddress()
  if (format === 'date') return fc.date({ noInvalidDate: true }).map(day => day.toISOString().slice(0, 10))
  if (pattern) return fc.stringMatching(new RegExp(pattern))
  const fits = fc.string({
    unit: 'grapheme',
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength, 80)),
  })
  return fc.oneof({ weight: 2, arbitrary: fits }, words)
}

/** A value that a JSON schema allows, or nearly. */
const fitting = (schema: Schema, known: Known, field = ''): fc.Arbitrary<unknown> => {
  if ('const' in schema) return fc.constant(schema['const'])
  if (schema['enum']) return fc.constantFrom(...schema['enum'])
  if (schema['anyOf']) return fc.oneof(...schema['anyOf'].map((one: Schema) => fitting(one, known, field)))
  switch (schema['type']) {
    case 'object': {
      const fields = Object.entries<Schema>(schema['properties'] ?? {})
      return fc.record(Object.fromEntries(fields.map(([name, held]) => [name, fitting(held, known, name)])), {
        requiredKeys: schema['required'] ?? [],
      })
    }
    case 'array':
      return fc.array(fitting(schema['items'] ?? {}, known, field), {
        minLength: schema['minItems'] ?? 0,
        maxLength: 4,
      })
    case 'string':
      return fc.oneof(
        { weight: 4, arbitrary: known[field] ? fc.constantFrom(...known[field]) : text(schema, known) },
        text(schema, known),
      )
    case 'integer':
      return fc.oneof(
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(schema['maximum'] ?? 2 ** 53 - 1, schema['minimum'] ?? 0),
      )
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return anything
  }
}

/** One field of another kind, one too few or one too many. */
const spoiled = (whole: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(whole, fc.nat(), anything, fc.constantFrom('replace', 'remove', 'add'))
    .map(([body, at, value, how]) => {
      if (typeof body !== 'object' || body === null) return value
      const fields = Object.entries(body)
      const key = fields[at % Math.max(fields.length, 1)]?.[0] ?? 'more'
      if (how === 'remove') return Object.fromEntries(fields.filter(([field]) => field !== key))
      return { ...body, [how === 'add' ? `more${at}` : key]: value }
    })

const utf8 = (value: string) => new TextEncoder().encode(value)
const json = (value: unknown) => utf8(JSON.stringify(value) ?? 'null')

/** Not even JSON, or JSON as nobody writes it. */
const garbage: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.json().map(value => utf8(value.slice(0, -1))),
  fc.constantFrom(
    utf8(''),
    utf8('{"__proto__":{"administrator":true}}'),
    utf8('{"constructor":{"prototype":{}}}'),
    utf8('{"text":1,"text":2,"version":01}'),
    utf8('['.repeat(40) + ']'.repeat(40)),
    utf8('{"a":'.repeat(50_000)),
    utf8(`{"query":"${'a'.repeat(1_100_000)}"}`),
    new Uint8Array(Buffer.from('{"query":"a"}', 'utf16le')),
    new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('{"query":"a"}')]),
    new Uint8Array([...utf8('{"query":"'), 0xff, 0xc0, 0x80, ...utf8('"}')]),
  ),
)

const form = (file: Uint8Array, name: string, consent: string): Uint8Array =>
  new Uint8Array(
    Buffer.concat([
      Buffer.from(`--b\r\nContent-Disposition: form-data; name="consent"\r\n\r\n${consent}\r\n`),
      Buffer.from(
        `--b\r\nContent-Disposition: form-data; name="file"; filename="${name.replaceAll('"', '')}"\r\n\r\n`,
      ),
      file,
      Buffer.from('\r\n--b--\r\n'),
    ]),
  )
const forms = fc
  .tuple(
    fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      words.map(said => utf8(`Ann: ${said}\nBen: ${said}\n`)),
    ),
    words,
    fc.constantFrom('yes', 'yes', 'yes', 'no', ''),
  )
  .map(([file, name, consent]) => form(file, name, consent))

const bodies = ({ body: schema = {} }: Route, known: Known) => {
  const whole = fitting(schema, known)
  const types = fc.constantFrom(
    'application/json',
    'application/json',
    'application/json; charset=utf-16',
    'application/json;;=',
    'text/plain',
    'multipart/form-data; boundary=b',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    'x',
  )
  const asJson = fc.constant('application/json')
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(asJson, whole.map(json)) },
    { weight: 4, arbitrary: fc.tuple(asJson, spoiled(whole).map(json)) },
    { weight: 1, arbitrary: fc.tuple(asJson, anything.map(json)) },
    { weight: 1, arbitrary: fc.tuple(types, garbage) },
    { weight: 1, arbitrary: fc.tuple(types, whole.map(json)) },
    { weight: 2, arbitrary: fc.tuple(fc.constant('multipart/form-data; boundary=b'), forms) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('multipart/form-data; boundary=b'), garbage) },
  )
}

const odd = fc.oneof(
  words.map(word => encodeURIComponent(word.toWellFormed())),
  fc.constantFrom('', '%00', '%FF', '%E0%A4%A', '..', '%2e%2e%2f', '*', ';', 'null', '0', 'a'.repeat(250)),
)

const addresses = ({ path }: Route, known: Known) => {
  const parts = path.split('/').map(part => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (!name) return fc.constant(part)
    return fc.oneof(
      { weight: 16, arbitrary: fc.constantFrom(...(known[name] ?? known['any'] ?? [])) },
      { weight: 1, arbitrary: fc.uuid() },
      { weight: 1, arbitrary: odd },
    )
  })
  const query = fc.oneof(
    { weight: 6, arbitrary: fc.constant('') },
    odd.map(what => `?${what}=${what}`),
  )
  return fc.tuple(fc.tuple(...parts), query).map(([filled, asked]) => filled.join('/') + asked)
}

const withBody = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Requests to one route: most nearly right, some not at all. */
export const requestsTo = (route: Route, known: Known): fc.Arbitrary<Sent> =>
  fc
    .tuple(addresses(route, known), bodies(route, known), fc.boolean())
    .map(([address, [type, body], bare]) => {
      const sends = withBody.has(route.method) && !(bare && route.body === undefined)
      return {
        line: `${route.method} ${address}`,
        headers: sends ? [`Content-Type: ${type}`] : [],
        body: sends ? body : new Uint8Array(),
      }
    })

/** Requests to addresses and with methods that nobody serves, and with headers nobody sends. */
export const requestsAstray = (paths: readonly string[]): fc.Arbitrary<Sent> =>
  fc
    .tuple(
      fc.constantFrom(
        'GET',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'TRACE',
        'PROPFIND',
        'PURGE',
        'NOPE',
      ),
      fc.oneof(
        fc.constantFrom(...paths).map(path => path.replaceAll(/[{}]/g, '')),
        fc.array(odd, { maxLength: 4 }).map(parts => `/api/x${parts.join('/')}`),
      ),
      fc.constantFrom(
        'X-Nothing: 1',
        'Accept: application/xml',
        'Content-Encoding: gzip',
        'Content-Type: application/json',
        'Origin: https://elsewhere.example',
        'X-HTTP-Method-Override: DELETE',
        'X-Forwarded-Host: elsewhere.example',
        'Upgrade: websocket\r\nConnection: Upgrade',
        'Upgrade: h2c\r\nConnection: Upgrade',
        'Range: bytes=0-1',
        'Cookie: __Host-rapport=; __Host-rapport=a; =; ;;',
        `X-Long: ${'a'.repeat(17_000)}`,
        'Transfer-Encoding: nothing',
        'no header',
      ),
    )
    .map(([method, address, header]) => ({
      line: `${method} ${address}`,
      headers: [header],
      body: new Uint8Array(),
    }))
