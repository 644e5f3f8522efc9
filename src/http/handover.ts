import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { HandedOver, Handover, HandoverChoice } from '../domain/api/handover.ts'
import { notFound } from '../domain/errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Tx } from '../store/database.ts'
import {
  goalsToHandOver,
  handOverGoals,
  handoverTargets,
  handOverPromises,
  promisesToHandOver,
} from '../store/handover.ts'
import type { Dependencies } from './dependencies.ts'
import { minePair, PairParams } from './pairs.ts'

/** When the manager changes: the report alone chooses what goes along to the new 1:1. To the manager it is not there. */
export const handover: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus, clock }) => {
  const asReport = async (tx: Tx, pair: string, person: string) => {
    if ((await minePair(tx, pair)).reportId !== person) throw notFound()
  }

  app.get(
    '/api/pairs/:pair/handover',
    { schema: { params: PairParams, response: { 200: Handover } } },
    request => {
      const { pair } = request.params
      return database.asPerson(request.person.id, async tx => {
        await asReport(tx, pair, request.person.id)
        const [to, goals, promises] = await tx.several(
          handoverTargets(pair),
          goalsToHandOver(pair),
          promisesToHandOver(pair),
        )
        return { to, goals, promises }
      })
    },
  )

  app.post(
    '/api/pairs/:pair/handover',
    { schema: { params: PairParams, body: HandoverChoice, response: { 200: HandedOver } } },
    async request => {
      const { pair } = request.params
      const { to, goals, promises } = request.body
      const given = await database.asPerson(request.person.id, async tx => {
        await asReport(tx, pair, request.person.id)
        await asReport(tx, to, request.person.id)
        const [toGoals, toPromises] = await tx.several(
          handOverGoals(pair, to, goals),
          handOverPromises(pair, to, promises, clock.now()),
        )
        await tx.run(recordAudit({ pair: to, action: 'handed-over' }))
        return { goals: toGoals.length, promises: toPromises.length }
      })
      await bus.publish({ channel: 'meeting', pair: to, id: to, event: 'changed' })
      return given
    },
  )
}
