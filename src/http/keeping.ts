import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { Keeping, KeepingChange } from '../domain/api/keeping.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Tx } from '../store/database.ts'
import { keepFor, keepingOf, readKeeping, sayNo, sayYes } from '../store/keeping.ts'
import type { Dependencies } from './dependencies.ts'
import { minePair, PairParams } from './pairs.ts'

/** Whether transcripts of a 1:1 may be read, how long they stay, and what each rests on. Both see and change it. */
export const keeping: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus }) => {
  const keepingIn = async (tx: Tx, pair: string) => {
    await minePair(tx, pair)
    const found = await readKeeping(tx, pair)
    if (!found) throw notFound()
    return found
  }

  app.get(
    '/api/pairs/:pair/keeping',
    { schema: { params: PairParams, response: { 200: Keeping } } },
    request => database.asPerson(request.person.id, tx => keepingIn(tx, request.params.pair)),
  )

  app.patch(
    '/api/pairs/:pair/keeping',
    { schema: { params: PairParams, body: KeepingChange, response: { 200: Keeping } } },
    async request => {
      const { pair } = request.params
      const { keepDays, reading } = request.body
      const changed = await database.asPerson(request.person.id, async tx => {
        await minePair(tx, pair)
        if (keepDays !== undefined) await tx.run(keepFor(pair, keepDays))
        if (reading === false) await tx.run(sayNo(pair), recordAudit({ pair, action: 'reading-ended' }))
        if (reading === true) {
          await tx.run(sayYes(pair))
          if ((await tx.first(keepingOf(pair)))?.endedBy)
            throw new Refusal(
              'no-not-yours',
              422,
              'The other one said no to transcripts. Only they can take that back.',
            )
          await tx.run(recordAudit({ pair, action: 'reading-agreed' }))
        }
        return keepingIn(tx, pair)
      })
      await bus.publish({ channel: 'meeting', pair, id: pair, event: 'changed' })
      return changed
    },
  )
}
