import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import { JobView } from '../domain/api/transcripts.ts'
import { notFound } from '../domain/errors.ts'
import { asPerson } from '../store/database.ts'
import { cancelJob, jobById, retryJob } from '../store/jobs.ts'
import type { Dependencies } from './dependencies.ts'
import { jobView } from './views.ts'

const Params = z.object({ pair: Id, job: Id })
const schema = { params: Params, response: { 200: JobView } }

/** Watching a piece of work, trying it again, giving it up. */
export const jobs: FastifyPluginAsyncZod<Dependencies> = async (app, { database, queue, bus }) => {
  const change = async (
    person: string,
    ask: typeof retryJob | typeof cancelJob,
    pair: string,
    id: string,
  ) => {
    // A job that is not in a state to be changed answers as it stands: pressing twice does no harm.
    const [changed, current] = await database.asPerson(person, tx =>
      tx.several(ask(pair, id), jobById(pair, id)),
    )
    const job = changed[0] ?? current[0]
    if (!job) throw notFound()
    queue.wake()
    await bus.publish({ channel: 'job', pair, id, event: 'changed' })
    return jobView(job)
  }

  app.get('/api/pairs/:pair/jobs/:job', { schema }, async request => {
    const { pair, job: id } = request.params
    const [[job]] = await database.read(asPerson(request.person.id), jobById(pair, id))
    if (!job) throw notFound()
    return jobView(job)
  })

  app.post('/api/pairs/:pair/jobs/:job/retry', { schema }, request =>
    change(request.person.id, retryJob, request.params.pair, request.params.job),
  )

  app.post('/api/pairs/:pair/jobs/:job/cancel', { schema }, request =>
    change(request.person.id, cancelJob, request.params.pair, request.params.job),
  )
}
