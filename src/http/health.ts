import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'

const Health = z.object({ status: z.enum(['ok', 'not-ready', 'stopping']) })

/**
 * For whoever runs the processes. `/healthz`: this one is alive; start it anew where it does not answer.
 * `/readyz`: it can serve people now; send them elsewhere while it says 503, also while it is stopping.
 */
export const health: FastifyPluginAsyncZod<{ readonly isReady: () => Promise<boolean> }> = async (
  app,
  { isReady },
) => {
  let stopping = false
  app.addHook('preClose', async () => {
    stopping = true
  })
  app.get('/healthz', { schema: { hide: true, response: { 200: Health } } }, () => ({
    status: 'ok' as const,
  }))
  app.get(
    '/readyz',
    { schema: { hide: true, response: { 200: Health, 503: Health } } },
    async (_request, reply) => {
      if (stopping) return reply.code(503).send({ status: 'stopping' })
      if (await isReady()) return { status: 'ok' as const }
      return reply.code(503).send({ status: 'not-ready' })
    },
  )
}
