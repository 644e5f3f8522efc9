import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { Id } from '../domain/api/common.ts'
import { Goal, GoalChange, GrowthPage, NewCheckIn, NewGoal } from '../domain/api/growth.ts'
import { notFound } from '../domain/errors.ts'
import { toLocal } from '../domain/local-time.ts'
import { agendaOf } from '../store/agenda.ts'
import { asPerson, type Tx } from '../store/database.ts'
import { changeGoal, goalById, goalsOf, insertCheckIn, insertGoal } from '../store/goals.ts'
import { nextMeeting } from '../store/meetings.ts'
import { pairById } from '../store/pairs.ts'
import type { Dependencies } from './dependencies.ts'
import { clockFrom, growthTalks } from './growth-clock.ts'
import { changedMeanwhile } from './meetings.ts'
import { minePair, PairParams } from './pairs.ts'
import { pairView } from './views.ts'

const GoalParams = PairParams.extend({ goal: Id })

const goalOf = async (tx: Tx, pair: string, id: string) => {
  const found = await tx.first(goalById(pair, id))
  if (!found) throw notFound()
  return found
}

/** Where the report wants to go, and what the two do about it; both see all of it. */
export const growth: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus, clock }) => {
  const tell = (pair: string) => bus.publish({ channel: 'meeting', pair, id: pair, event: 'changed' })

  app.get(
    '/api/pairs/:pair/growth',
    { schema: { params: PairParams, response: { 200: GrowthPage } } },
    async request => {
      const { pair: pairId } = request.params
      const now = clock.now()
      const [[pair], goals, [next], reached, said, checkIns, [first]] = await database.read(
        asPerson(request.person.id),
        pairById(pairId),
        goalsOf(pairId),
        nextMeeting(pairId, now),
        ...growthTalks(pairId),
      )
      if (!pair) throw notFound()
      const dayOf = (instant: string) => toLocal(instant, pair.timezone).slice(0, 10)
      const [items] = next
        ? await database.read(asPerson(request.person.id), agendaOf(pairId, next.id))
        : [[]]
      return {
        pair: pairView(pair, request.person.id),
        clock: clockFrom({ reached, said, checkIns, first }, pair.timezone, now),
        goals,
        next: next
          ? {
              id: next.id,
              on: dayOf(next.at),
              planned: items.some(({ kind, state }) => kind === 'growth' && state === 'open'),
            }
          : null,
      }
    },
  )

  app.post(
    '/api/pairs/:pair/goals',
    { schema: { params: PairParams, body: NewGoal, response: { 201: Goal } } },
    async (request, reply) => {
      const { pair } = request.params
      const view = await database.asPerson(request.person.id, async tx => {
        await minePair(tx, pair)
        const made = await tx.first(insertGoal(pair, request.body))
        if (!made) throw notFound()
        return goalOf(tx, pair, made.id)
      })
      await tell(pair)
      return reply.code(201).send(view)
    },
  )

  app.patch(
    '/api/pairs/:pair/goals/:goal',
    { schema: { params: GoalParams, body: GoalChange, response: { 200: Goal } } },
    async request => {
      const { pair, goal } = request.params
      const { version, ...change } = request.body
      const view = await database.asPerson(request.person.id, async tx => {
        await minePair(tx, pair)
        await goalOf(tx, pair, goal)
        if (!(await tx.first(changeGoal(pair, goal, version, change)))) throw changedMeanwhile()
        return goalOf(tx, pair, goal)
      })
      await tell(pair)
      return view
    },
  )

  app.post(
    '/api/pairs/:pair/goals/:goal/check-ins',
    { schema: { params: GoalParams, body: NewCheckIn, response: { 201: Goal } } },
    async (request, reply) => {
      const { pair, goal } = request.params
      const { on, text } = request.body
      const view = await database.asPerson(request.person.id, async tx => {
        await minePair(tx, pair)
        await goalOf(tx, pair, goal)
        await tx.all(insertCheckIn(pair, goal, on, text))
        return goalOf(tx, pair, goal)
      })
      await tell(pair)
      return reply.code(201).send(view)
    },
  )
}
