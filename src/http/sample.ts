import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { PairView } from '../domain/api/pairs.ts'
import { notFound } from '../domain/errors.ts'
import { appendText } from '../notes/log.ts'
import { asPerson } from '../store/database.ts'
import { pairById } from '../store/pairs.ts'
import { loadSample } from '../store/sample.ts'
import type { Dependencies } from './dependencies.ts'
import { pairView } from './views.ts'

/** Sample data to look around in; gone again with one press. */
export const sample: FastifyPluginAsyncZod<Dependencies> = async (app, { database, queue, clock }) => {
  app.post('/api/sample', { schema: { response: { 201: PairView } } }, async (request, reply) => {
    const id = await loadSample(database, request.person.id, clock.now(), appendText)
    queue.wake()
    const [[pair]] = await database.read(asPerson(request.person.id), pairById(id))
    if (!pair) throw notFound()
    return reply.code(201).send(pairView(pair, request.person.id))
  })
}
