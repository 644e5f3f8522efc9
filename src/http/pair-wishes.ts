import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { PairWishes, PairWishesChange } from '../domain/api/pair-wishes.ts'
import { notFound } from '../domain/errors.ts'
import { asPerson } from '../store/database.ts'
import { pairById } from '../store/pairs.ts'
import { pairWishes, writePairWishes } from '../store/pair-wishes.ts'
import type { Dependencies } from './dependencies.ts'
import { changedMeanwhile } from './meetings.ts'
import { minePair, PairParams } from './pairs.ts'

const none: PairWishes = { glossary: '', wishes: '', version: 0, changedBy: null, changedAt: null }

/** How the two spell their names and terms, and what they ask of the coach. */
export const pairWishesOf: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus }) => {
  app.get(
    '/api/pairs/:pair/wishes',
    { schema: { params: PairParams, response: { 200: PairWishes } } },
    async request => {
      const { pair: id } = request.params
      const [[pair], [kept]] = await database.read(asPerson(request.person.id), pairById(id), pairWishes(id))
      if (!pair) throw notFound()
      return kept ?? none
    },
  )

  app.put(
    '/api/pairs/:pair/wishes',
    { schema: { params: PairParams, body: PairWishesChange, response: { 200: PairWishes } } },
    async request => {
      const { pair: id } = request.params
      const kept = await database.asPerson(request.person.id, async tx => {
        await minePair(tx, id)
        const before = await tx.first(pairWishes(id))
        const written =
          (before?.version ?? 0) === request.body.version
            ? await tx.first(writePairWishes(id, request.body))
            : undefined
        if (!written) throw changedMeanwhile()
        return written
      })
      await bus.publish({ channel: 'meeting', pair: id, id, event: 'changed' })
      return kept
    },
  )
}
