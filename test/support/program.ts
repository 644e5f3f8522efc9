import { readConfig } from '../../src/config.ts'
import { type Parts, startRapport } from '../../src/main.ts'
import { temporaryFolder } from './database.ts'

export interface Answer<Body = any> {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON, or null when there was none. */
  readonly body: Body
  readonly text: string
}

/** Somebody with a cookie jar. */
export interface Visitor {
  readonly url: string
  cookie: string | null
  /** Body: an object is sent as JSON, a FormData or Uint8Array as it is. */
  ask<Body = any>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>
}

export const visitor = (url: string): Visitor => {
  const self: Visitor = {
    url,
    cookie: null,
    async ask(method, path, body, headers = {}) {
      const isRaw = body instanceof FormData || body instanceof Uint8Array || typeof body === 'string'
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(self.cookie === null ? {} : { cookie: self.cookie }),
          ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: isRaw ? (body as RequestInit['body'] & string) : JSON.stringify(body) }),
      })
      const [handed] = answer.headers.getSetCookie()
      if (handed !== undefined) self.cookie = handed.split(';')[0] ?? null
      const text = await answer.text()
      const isJson = text !== '' && (answer.headers.get('content-type')?.includes('json') ?? false)
      return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : null, text }
    },
  }
  return self
}

export const password = 'correct horse battery staple'

/** The whole program on a folder of its own and a port the system chose. */
export const startTestProgram = async (
  parts: Parts & { folder?: string; logLevel?: 'debug'; port?: number } = {},
) => {
  await using opened = new AsyncDisposableStack()
  const { folder = opened.use(await temporaryFolder()).folder, logLevel = 'info', port = 0, ...rest } = parts
  const running = opened.use(
    await startRapport(readConfig({ RAPPORT_DATA: folder, PORT: String(port), LOG_LEVEL: logLevel }), {
      logTo: { write: () => undefined },
      ...rest,
    }),
  )
  const owned = opened.move()
  const tokenOf = (url: string) => url.slice(url.indexOf('#') + 1)

  const useLink = async (url: string, fields: Record<string, string> = {}): Promise<Visitor> => {
    const who = visitor(running.url)
    const answer = await who.ask('POST', '/api/links/use', { token: tokenOf(url), password, ...fields })
    if (answer.status !== 200) throw new Error(`link: ${answer.status} ${answer.text}`)
    return who
  }
  return {
    ...running,
    folder,
    visitor: () => visitor(running.url),
    useLink,
    /** Goes through the first-start link. */
    async owner(name = 'Olive Owner', email = 'olive@example.org') {
      const link = await running.firstStart()
      if (!link) throw new Error('there is an owner already')
      return useLink(link.url, { name, email, workspace: 'Test' })
    },
    /** Somebody invited by an administrator, joined and signed in; with their id. */
    async member(by: Visitor, name: string, email: string) {
      const made = await by.ask('POST', '/api/people', { name, email })
      const link = await by.ask('POST', `/api/people/${made.body.id}/invitation`)
      return Object.assign(await useLink(link.body.url), { id: made.body.id as string })
    },
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}
export type TestProgram = Awaited<ReturnType<typeof startTestProgram>>
