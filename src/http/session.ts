import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { notFound, Refusal } from '../domain/errors.ts'
import { openSession, sessionByToken, touchSession } from '../store/accounts.ts'
import { asSystem, type Database, type Tx } from '../store/database.ts'
import { hashToken, newToken } from '../store/links.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking. Only a route marked `public` is reached without. */
    person: {
      readonly id: string
      readonly administrator: boolean
      readonly owner: boolean
      readonly session: string
    }
  }
  interface FastifyContextConfig {
    /** Reached without a session. Everything else under /api is refused without one. */
    public?: boolean
    /** For administrators; to others it is not there. */
    administrator?: boolean
  }
}

const cookieName = '__Host-rapport'
/** Browsers accept Secure and `__Host-` on loopback without https. */
const cookieOptions = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const
const ninetyDays = 90 * 24 * 3600

/** "Firefox on Linux": enough to recognise one's own, nothing to follow somebody by. */
const deviceOf = (request: FastifyRequest): string => {
  const agent = request.headers['user-agent'] ?? ''
  const first = (names: readonly [pattern: string, name: string][]) =>
    names.find(([pattern]) => agent.includes(pattern))?.[1]
  const browser = first([
    ['Edg/', 'Edge'],
    ['Firefox/', 'Firefox'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ])
  const system = first([
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Windows', 'Windows'],
    ['Mac OS', 'Mac'],
    ['Linux', 'Linux'],
  ])
  return `${browser ?? 'A program'}${system ? ` on ${system}` : ''}`
}

/** Opens a session in the transaction that earned it; the returned function hands over its cookie. */
export const signIn = async (
  tx: Tx,
  person: string,
  request: FastifyRequest,
): Promise<(reply: FastifyReply) => void> => {
  const token = newToken()
  await tx.run(openSession(person, hashToken(token), deviceOf(request)))
  return reply => void reply.setCookie(cookieName, token, { ...cookieOptions, maxAge: ninetyDays })
}

/** Takes the cookie back from the browser. The session itself ends in its row. */
export const forgetCookie = (reply: FastifyReply): void => void reply.clearCookie(cookieName, cookieOptions)

/** Default deny: every route under /api needs a session unless it says otherwise. */
export const requireSession = async (app: FastifyInstance, database: Database): Promise<void> => {
  await app.register(cookie)
  app.decorateRequest('person', null as never)
  app.addHook('onRequest', async request => {
    if (!request.url.startsWith('/api') || request.is404 || request.routeOptions.config.public) return
    const token = request.cookies[cookieName]
    const [[holder]] = token
      ? await database.read(asSystem('sign-in'), sessionByToken(hashToken(token)))
      : [[undefined]]
    if (!holder)
      throw new Refusal('signed-out', 401, 'You are not signed in. Sign in and go on where you were.')
    if (request.routeOptions.config.administrator && !holder.administrator) throw notFound()
    const { person: id, administrator, owner, session } = holder
    request.person = { id, administrator, owner, session }
    // When a session was last seen is worth less than what its holder came for (a full disk still reads).
    if (holder.stale)
      await database.asSystem('sign-in', tx => tx.run(touchSession(session))).catch(() => undefined)
  })
}
