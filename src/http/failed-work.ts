import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import { FailedWork } from '../domain/api/failed-work.ts'
import { notFound } from '../domain/errors.ts'
import { asSystem } from '../store/database.ts'
import { countFailedJobs, failedJobs, retryFailedJobs } from '../store/failed-work.ts'
import type { Dependencies } from './dependencies.ts'

const shown = 100
const administrator = { administrator: true } as const

/**
 * What failed for good, for administrators: kinds, codes and times, never whose it is or a word of it.
 * The two of a pair see and retry their own where it stands.
 */
export const failedWork: FastifyPluginAsyncZod<Dependencies> = async (app, { database, queue }) => {
  const present = async (): Promise<FailedWork> => {
    const [failed, [all]] = await database.read(asSystem('jobs'), failedJobs(shown), countFailedJobs())
    return { failed, count: all?.count ?? 0 }
  }
  const retry = async (job: string | null): Promise<number> => {
    const again = await database.asSystem('jobs', tx => tx.all(retryFailedJobs(job)))
    queue.wake()
    return again.length
  }

  app.get('/api/failed-work', { config: administrator, schema: { response: { 200: FailedWork } } }, present)

  app.post(
    '/api/failed-work/retry',
    { config: administrator, schema: { response: { 200: FailedWork } } },
    async () => {
      await retry(null)
      return present()
    },
  )

  app.post(
    '/api/failed-work/:job/retry',
    {
      config: administrator,
      schema: { params: z.object({ job: Id }), response: { 200: FailedWork } },
    },
    async request => {
      if ((await retry(request.params.job)) === 0) throw notFound()
      return present()
    },
  )
}
