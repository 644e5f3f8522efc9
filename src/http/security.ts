import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { notFound, Refusal } from '../domain/errors.ts'

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])
declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers an upgrade to a WebSocket. */
    live?: boolean
  }
}

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** A person's own page makes some ten requests a screen; a flood makes thousands. Per second. */
const mostRequests = 1_500

const nameOf = (host: string): string => host.replace(/:\d+$/, '').toLowerCase()

/** A page of another name that resolves to this machine (DNS rebinding) must not be answered. */
const refuseForeignHost = (request: FastifyRequest, publicHost: string | null): void => {
  const host = request.headers.host ?? ''
  if (loopbackNames.has(nameOf(host)) || (publicHost !== null && host.toLowerCase() === publicHost)) return
  throw new Refusal('host-unknown', 421, 'This name does not belong to this Rapport. Check PUBLIC_URL.')
}

/** Elsewhere the socket's plugin would upgrade first, then log the address and leave it open. */
const refuseUpgrade = ({ headers, routeOptions }: FastifyRequest): void => {
  if (headers.upgrade !== undefined && !routeOptions.config.live) throw notFound()
}

/**
 * Whoever changes something, or opens the socket, comes from our own page. Browsers say where from;
 * programs without a browser's cookies say nothing, and may.
 */
const refuseForeignOrigin = (request: FastifyRequest): void => {
  const isSocket = request.headers.upgrade !== undefined
  if (!unsafe.has(request.method) && !isSocket) return
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  const sameOrigin =
    origin === undefined
      ? !isSocket || request.headers.cookie === undefined
      : URL.canParse(origin) && new URL(origin).host === request.headers.host
  if (sameOrigin && (site === undefined || site === 'same-origin' || site === 'none')) return
  throw new Refusal(
    'origin-foreign',
    403,
    'This request comes from another site. Open Rapport itself and try again.',
  )
}

/** Headers, host, origin and flood, before any route is asked. */
export const secure = async (app: FastifyInstance, publicUrl: string | null): Promise<void> => {
  const publicHost = publicUrl === null ? null : new URL(publicUrl).host.toLowerCase()
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: publicUrl === null ? false : { maxAge: 31_536_000 },
    referrerPolicy: { policy: 'no-referrer' },
  })
  await app.register(rateLimit, {
    max: mostRequests,
    timeWindow: 1_000,
    keyGenerator: request => request.headers.cookie ?? request.ip,
  })
  app.addHook('onRequest', async (request, reply) => {
    refuseForeignHost(request, publicHost)
    refuseForeignOrigin(request)
    refuseUpgrade(request)
    if (request.url.startsWith('/api')) void reply.header('cache-control', 'no-store')
    void reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  })
}
