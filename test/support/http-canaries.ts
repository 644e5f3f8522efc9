import { fileOf, type SeededPair } from './http-seed.ts'
import type { TestProgram, Visitor } from './program.ts'
import { type RawAnswer, sendRaw } from './http-raw.ts'

interface Provoked extends SeededPair {
  readonly program: TestProgram
  readonly who: Visitor
  readonly canary: string
}

interface Provocation {
  readonly name: string
  /** Requests that must be refused, each with the canary somewhere in it. */
  provoke(at: Provoked): Promise<readonly { status: number; text: string }[]>
}

const askAll = (
  who: Visitor,
  requests: readonly (readonly [
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ])[],
) => Promise.all(requests.map(([method, path, body, headers]) => who.ask(method, path, body, headers)))

const json = { 'content-type': 'application/json' }

/** A request as bytes, by somebody signed in. */
const rawly = (
  { program, who }: Provoked,
  line: string,
  headers: readonly string[],
  body = '',
): Promise<RawAnswer> =>
  sendRaw(
    program.url,
    [
      `${line} HTTP/1.1`,
      ...(headers.some(header => header.startsWith('Host:')) ? [] : [`Host: ${new URL(program.url).host}`]),
      `Cookie: ${who.cookie ?? ''}`,
      'Connection: close',
      ...headers,
      ...(body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
    ],
    body,
  )

/** Ways to make the program complain while it holds somebody's words. */
export const provocations: readonly Provocation[] = [
  {
    name: 'in fields of the wrong kind',
    provoke: ({ who, pair, meeting, finding, canary }) =>
      askAll(who, [
        ['PUT', `/api/pairs/${pair}/meetings/${meeting}/own-note`, { text: { canary }, version: canary }],
        ['PATCH', `/api/pairs/${pair}/meetings/${meeting}`, { version: 1, state: canary, local: canary }],
        ['POST', `/api/pairs/${pair}/meetings`, { local: canary }],
        ['PATCH', `/api/pairs/${pair}`, { timezone: canary, language: canary.repeat(9) }],
        [
          'PATCH',
          `/api/pairs/${pair}/findings/decision/${finding}`,
          { version: 1, due: canary, owner: canary },
        ],
        ['PUT', `/api/pairs/${pair}/labels`, { labels: [{ label: canary, side: canary }] }],
        ['POST', `/api/pairs/${pair}/search`, { query: canary, limit: canary }],
        ['PUT', `/api/pairs/${pair}/wishes`, { glossary: canary, wishes: [canary], version: canary }],
        ['PATCH', '/api/me', { email: canary, name: [canary] }],
        ['POST', `/api/pairs/${pair}/observations`, { on: canary, text: canary }],
        ['POST', `/api/pairs/${pair}/feedback-drafts`, { rough: canary, request: canary }],
        ['POST', `/api/pairs/${pair}/goals`, { kind: canary, text: canary }],
        ['POST', '/api/links/look', { token: canary }],
        ['POST', '/api/links/use', { token: canary, password: canary }],
        ['POST', '/api/session', { email: canary, password: canary }],
        ['POST', '/api/me/password', { current: canary, next: `${canary} anew` }],
      ]),
  },
  {
    name: 'in what does not fit what is there',
    provoke: ({ who, pair, meeting, transcript, finding, canary }) =>
      askAll(who, [
        ['PUT', `/api/pairs/${pair}/meetings/${meeting}/own-note`, { text: canary, version: 999 }],
        ['PATCH', `/api/pairs/${pair}/findings/action-item/${finding}`, { version: 999, text: canary }],
        ['PATCH', `/api/pairs/${pair}/meetings/${meeting}`, { version: 999, why: canary }],
        [
          'POST',
          `/api/pairs/${pair}/findings`,
          { meeting, transcript, kind: 'decision', text: canary, evidence: [{ line: 1, quote: canary }] },
        ],
        [
          'POST',
          `/api/pairs/${pair}/findings`,
          { meeting, transcript: crypto.randomUUID(), kind: 'decision', text: canary, evidence: [] },
        ],
        ['POST', '/api/pairs/of-others', { manager: canary, report: canary, timezone: 'UTC' }],
      ]),
  },
  {
    name: 'in JSON that is none',
    provoke: ({ who, pair, meeting, canary }) => {
      const path = `/api/pairs/${pair}/meetings/${meeting}/own-note`
      return askAll(
        who,
        [
          `{"text": "${canary}`,
          canary,
          `{"text": "${canary}", "version": 0, "__proto__": {"a": 1}}`,
          `{"text": "${canary}\\u0000", "version": 0}`,
          `{"text": "${canary}\\ud800", "version": 0}`,
          `${'['.repeat(40)}"${canary}"${']'.repeat(40)}`,
          `["${canary.repeat(40_000)}"]`,
        ].map(body => ['PUT', path, body, json] as const),
      )
    },
  },
  {
    name: 'in addresses',
    provoke: async at => [
      ...(await askAll(at.who, [
        ['GET', `/api/pairs/${at.canary}`],
        ['GET', `/api/pairs/${at.pair}/meetings/${at.canary}?q=${at.canary}`],
        ['GET', `/api/${at.canary}`],
        ['DELETE', `/${at.canary}`],
        ['GET', `/api/pairs/${at.canary.repeat(20)}`],
      ])),
      await rawly(at, `GET /api/pairs/${at.canary}%FF`, []),
      await rawly(at, `GET /${at.canary}%E0%A4%A`, []),
      await rawly(at, `${at.canary} /api/me`, []),
    ],
  },
  {
    name: 'in headers',
    provoke: async at => [
      await rawly(at, 'GET /api/me', [`Host: ${at.canary}`]),
      await rawly(at, 'DELETE /api/session', [`Origin: https://${at.canary}`]),
      await rawly(at, 'DELETE /api/session', [`Sec-Fetch-Site: ${at.canary}`]),
      await rawly(at, 'PATCH /api/me', [`Content-Type: ${at.canary}/${at.canary}`], '{}'),
      await rawly(at, 'PATCH /api/me', [`Content-Type: application/json; charset=${at.canary}`], at.canary),
      await rawly(at, 'GET /api/me', [`${at.canary} ${at.canary}`]),
      await rawly(at, 'GET /api/me', [`X-Long: ${at.canary.repeat(600)}`]),
      ...(await askAll(at.program.visitor(), [
        ['GET', '/api/me', undefined, { cookie: `__Host-rapport=${at.canary}` }],
        ['GET', '/api/me', undefined, { authorization: at.canary, 'user-agent': at.canary }],
      ])),
    ],
  },
  {
    name: 'in files',
    provoke: async at => {
      const path = `/api/pairs/${at.pair}/meetings/${at.meeting}/transcripts`
      const broken = `--b\r\nContent-Disposition: form-data; name="file"; filename="${at.canary}"\r\n\r\n${at.canary}`
      const form = ['Content-Type: multipart/form-data; boundary=b']
      return [
        ...(await askAll(at.who, [
          ['POST', path, fileOf(at.canary, at.canary, 'no')],
          ['POST', path, fileOf(at.canary, '')],
          ['POST', path, { text: at.canary, consent: false }],
          ['POST', path, at.canary, { 'content-type': 'text/vtt' }],
        ])),
        await rawly(at, `POST ${path}`, form, broken),
        await rawly(at, `POST ${path}`, ['Content-Type: multipart/form-data'], broken),
        await rawly(at, `POST ${path}`, form, at.canary),
        await rawly(at, `POST ${path}`, form, broken.replace('name="file"', 'name="__proto__"')),
      ]
    },
  },
]
