import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import { ErasureByName, ErasureOfMe, ErasureOfMeeting, PairErasure } from '../domain/api/keeping.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { toLocal } from '../domain/local-time.ts'
import { recordAudit } from '../store/audit.ts'
import { asSystem } from '../store/database.ts'
import {
  askToErasePair,
  eraseJobs,
  eraseMeeting,
  mayErasePair,
  recordErasure,
  takeBackErasing,
} from '../store/erasing.ts'
import { finishErasures, isOwner } from '../store/erasing-person.ts'
import { personById } from '../store/people.ts'
import type { Dependencies } from './dependencies.ts'
import { mineMeeting } from './meetings.ts'
import { minePair, PairParams } from './pairs.ts'
import { forgetCookie } from './session.ts'
import { refuseWrongPassword } from './throttle.ts'

const OfMeeting = z.object({ pair: Id, meeting: Id })
const OfPerson = z.object({ person: Id })

const sameName = (one: string, other: string): boolean =>
  one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase()
const otherName = () =>
  new Refusal('name-differs', 422, 'That is not the name. Type it as it stands there. Nothing was erased.')

/** Erasing a meeting, a whole 1:1, a person. It cannot be taken back, so each asks for a name first. */
export const erasing: FastifyPluginAsyncZod<Dependencies> = async (app, { database, queue, bus }) => {
  app.post(
    '/api/pairs/:pair/meetings/:meeting/erasure',
    { schema: { params: OfMeeting, body: ErasureOfMeeting, response: { 204: z.null() } } },
    async (request, reply) => {
      const { pair, meeting } = request.params
      await database.asPerson(request.person.id, async tx => {
        const { timezone } = await minePair(tx, pair)
        const found = await mineMeeting(tx, pair, meeting)
        if (toLocal(found.at, timezone).slice(0, 10) !== request.body.day)
          throw new Refusal('day-differs', 422, 'That is not the day of this meeting. Nothing was erased.')
        await tx.run(
          ...eraseMeeting(pair, meeting),
          recordAudit({ pair, row: meeting, action: 'meeting-erased' }),
        )
      })
      await database.asSystem('retention', tx => tx.run(eraseJobs(meeting)))
      await bus.publish({ channel: 'meeting', pair, id: meeting, event: 'changed' })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/pairs/:pair/erasure',
    { schema: { params: PairParams, body: ErasureByName, response: { 200: PairErasure } } },
    async request => {
      const { pair } = request.params
      const state = await database.asPerson(request.person.id, async tx => {
        const found = await minePair(tx, pair)
        const other = found.managerId === request.person.id ? found.reportName : found.managerName
        if (!sameName(other, request.body.name)) throw otherName()
        if (!(await tx.first(mayErasePair(pair)))) {
          await tx.run(askToErasePair(pair), recordAudit({ pair, action: 'pair-erasing-asked' }))
          return 'asked' as const
        }
        await tx.run(
          recordErasure({ what: 'pair', row: pair, pair }),
          recordAudit({ action: 'pair-erased', row: pair }),
        )
        return 'erased' as const
      })
      if (state === 'erased') await finish()
      await bus.publish({ channel: 'meeting', pair, id: pair, event: 'changed' })
      return { state }
    },
  )

  app.delete(
    '/api/pairs/:pair/erasure',
    { schema: { params: PairParams, response: { 204: z.null() } } },
    async (request, reply) => {
      const { pair } = request.params
      await database.asPerson(request.person.id, async tx => {
        await minePair(tx, pair)
        await tx.run(takeBackErasing(pair))
      })
      await bus.publish({ channel: 'meeting', pair, id: pair, event: 'changed' })
      return reply.code(204).send(null)
    },
  )

  /** What is left of their meetings is searched anew, for which nobody has to wait. */
  const finish = async () => {
    await finishErasures(database)
    queue.wake()
  }

  /** Locks them out at once; what is left when the program stops in between is gone on with. */
  const erase = async (by: string, person: string) => {
    const [[owner]] = await database.read(asSystem('sign-in'), isOwner(person))
    if (owner)
      throw new Refusal(
        'owner-stays',
        422,
        'The owner of the workspace cannot be erased while the workspace is in use.',
      )
    await database.asPerson(by, tx =>
      tx.run(
        recordErasure({ what: 'person', row: person, pair: null }),
        recordAudit({ subject: person, action: 'person-erased' }),
      ),
    )
    await finish()
    await bus.publish({ channel: 'session', person })
  }

  app.post(
    '/api/me/erasure',
    { schema: { body: ErasureOfMe, response: { 204: z.null() } } },
    async (request, reply) => {
      const me = request.person.id
      const { name, password } = request.body
      const wrong = new Refusal('password-wrong', 422, 'That is not your password. Nothing was erased.')
      await refuseWrongPassword(database, request, password, wrong)
      const mine = await database.asPerson(me, tx => tx.first(personById(me)))
      if (!mine || !sameName(mine.name, name)) throw otherName()
      await erase(me, me)
      forgetCookie(reply)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/people/:person/erasure',
    {
      config: { administrator: true },
      schema: { params: OfPerson, body: ErasureByName, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { person } = request.params
      const found = await database.asPerson(request.person.id, tx => tx.first(personById(person)))
      if (!found) throw notFound()
      if (!sameName(found.name, request.body.name)) throw otherName()
      await erase(request.person.id, person)
      return reply.code(204).send(null)
    },
  )
}
