import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { MirrorPage } from '../domain/api/mirror.ts'
import { notFound } from '../domain/errors.ts'
import { toLocal } from '../domain/local-time.ts'
import { leastMeetings, measuresOf } from '../domain/mirror.ts'
import { attemptFor } from '../domain/mirror-attempt.ts'
import { asPerson } from '../store/database.ts'
import { goalsOf } from '../store/goals.ts'
import { nextMeeting } from '../store/meetings.ts'
import { heldWithout, ownTalks } from '../store/own-talk.ts'
import { pairById } from '../store/pairs.ts'
import type { Dependencies } from './dependencies.ts'
import { clockFrom, growthTalks } from './growth-clock.ts'
import { PairParams } from './pairs.ts'
import { pairView } from './views.ts'

const mostMeetings = 12

/** The asker's own mirror; there is no way to ask for the other's. */
export const mirror: FastifyPluginAsyncZod<Dependencies> = async (app, { database, clock }) => {
  app.get(
    '/api/pairs/:pair/mirror',
    { schema: { params: PairParams, response: { 200: MirrorPage } } },
    async request => {
      const { pair: id } = request.params
      const now = clock.now()
      const [[pair], talks, without, goals, [next], reached, said, checkIns, [first]] = await database.read(
        asPerson(request.person.id),
        pairById(id),
        ownTalks(id, mostMeetings),
        heldWithout(id, mostMeetings),
        goalsOf(id),
        nextMeeting(id, now),
        ...growthTalks(id),
      )
      if (!pair) throw notFound()
      const view = pairView(pair, request.person.id)
      const dayOf = (instant: string) => toLocal(instant, pair.timezone).slice(0, 10)
      const meetings = talks
        .toReversed()
        .map(({ meeting, at, counts }) => ({ meeting, on: dayOf(at), ...counts }))
      const measures = measuresOf(meetings)
      const growth = clockFrom({ reached, said, checkIns, first }, pair.timezone, now)
      const other = view[view.me === 'manager' ? 'report' : 'manager']
      return {
        pair: view,
        meetings,
        without: without.map(({ at }) => dayOf(at)),
        least: leastMeetings,
        measures,
        growth,
        attempt: attemptFor({
          me: view.me,
          other: other.name.split(' ')[0] ?? other.name,
          today: dayOf(now.toISOString()),
          measures,
          growth,
          goal: goals.find(({ kind, state }) => kind === 'goal' && state === 'open')?.text ?? null,
        }),
        next: next ? { id: next.id, on: dayOf(next.at) } : null,
      }
    },
  )
}
