import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { failureName } from '../../src/domain/errors.ts'
import { type Parts, type Running, startRapport, startWorker } from '../../src/main.ts'
import { temporaryFolder } from './database.ts'
import { inTurns } from './in-turns.ts'
import { ownDatabase } from './servers.ts'

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

interface ProgramParts extends Parts {
  readonly folder?: string
  readonly logLevel?: 'debug'
  readonly port?: number
}

/** Where its data is: in a folder, or in a database that its superuser can look through; the other is empty. */
interface Place {
  readonly folder: string
  readonly ownerUrl: string
}

/**
 * The whole program on a port the system chose: on a folder of its own; or, where this run is of that
 * size, two that answer in turns and two that work, on a database of their own.
 */
const start = (parts: ProgramParts, opened: AsyncDisposableStack): Promise<Running & Place> =>
  inject('size') === 'server' && parts.folder === undefined
    ? startOnServers(parts, opened)
    : startInFolder(parts, opened)

const quiet = { write: () => undefined }

const startInFolder = async (parts: ProgramParts, opened: AsyncDisposableStack) => {
  const { folder = opened.use(await temporaryFolder()).folder, logLevel = 'info', port = 0, ...rest } = parts
  const config = readConfig({ RAPPORT_DATA: folder, PORT: String(port), LOG_LEVEL: logLevel })
  return { ...opened.use(await startRapport(config, { logTo: quiet, ...rest })), folder, ownerUrl: '' }
}

const startOnServers = async (parts: ProgramParts, opened: AsyncDisposableStack) => {
  const { logLevel = 'info', port = 0, folder: _none, ...rest } = parts
  const own = opened.use(await ownDatabase())
  const config = readConfig({
    DATABASE_URL: own.url,
    REDIS_URL: own.redisUrl,
    REDIS_PREFIX: `test-${randomUUID().slice(0, 8)}`,
    DATABASE_CONNECTIONS: '4',
    PORT: '0',
    LOG_LEVEL: logLevel,
  })
  const urls: string[] = []
  // Goes last: what it stands before says goodbye itself.
  const front = opened.use(await inTurns(urls, port))
  // In the form of `work`, so that a test listens in on all of them.
  const report = (error: unknown) =>
    rest.logTo?.write(`${JSON.stringify({ failure: failureName(error), msg: 'background work failed' })}\n`)
  for (const _ of [1, 2]) opened.use(await startWorker(config, report))
  const serve = async () =>
    opened.use(await startRapport(config, { logTo: quiet, ...rest, onlyAnswers: true }))
  const running = [await serve(), await serve()] as const
  urls.push(...running.map(({ url }) => url))
  return {
    ...running[0],
    url: front.url,
    folder: '',
    ownerUrl: own.ownerUrl,
    firstStart: firstStartOf(running[0], front.url),
  }
}

/** Its link leads to the front. */
const firstStartOf =
  ({ firstStart }: Running, url: string) =>
  async () => {
    const link = await firstStart()
    return link && { ...link, url: `${url}${link.url.slice(link.url.indexOf('/', 'http://'.length))}` }
  }

export const startTestProgram = async (parts: ProgramParts = {}) => {
  await using opened = new AsyncDisposableStack()
  const running = await start(parts, opened)
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
