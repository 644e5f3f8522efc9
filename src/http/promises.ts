import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { PromisesPage } from '../domain/api/findings.ts'
import { notFound } from '../domain/errors.ts'
import { toLocal } from '../domain/local-time.ts'
import { asPerson } from '../store/database.ts'
import { pairById } from '../store/pairs.ts'
import { promiseChanges, promisesBySide, promisesOf } from '../store/promises.ts'
import type { Dependencies } from './dependencies.ts'
import { PairParams } from './pairs.ts'

/** What the two said they would do, what became of it by side, and who changed what: the same for both. */
export const promises: FastifyPluginAsyncZod<Dependencies> = async (app, { database, clock }) => {
  app.get(
    '/api/pairs/:pair/promises',
    { schema: { params: PairParams, response: { 200: PromisesPage } } },
    async request => {
      const { pair: id } = request.params
      const asker = asPerson(request.person.id)
      const [[pair], found, changes] = await database.read(
        asker,
        pairById(id),
        promisesOf(id),
        promiseChanges(id),
      )
      if (!pair) throw notFound()
      const today = toLocal(clock.now(), pair.timezone).slice(0, 10)
      const [rates] = await database.read(asker, promisesBySide(id, today, pair.timezone))
      return { promises: found, changes, rates }
    },
  )
}
