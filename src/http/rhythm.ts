import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { RhythmPage } from '../domain/api/rhythm.ts'
import { notFound } from '../domain/errors.ts'
import { minutesGivenBack } from '../domain/given-back.ts'
import { toLocal } from '../domain/local-time.ts'
import { asPerson } from '../store/database.ts'
import { pairById } from '../store/pairs.ts'
import { promisesBySide } from '../store/promises.ts'
import { raisedBy, rhythmOf, statusInWriting } from '../store/rhythm.ts'
import type { Dependencies } from './dependencies.ts'
import { PairParams } from './pairs.ts'
import { pairView } from './views.ts'

const mostMeetings = 24

/** How the two keep their meeting. */
export const rhythm: FastifyPluginAsyncZod<Dependencies> = async (app, { database, clock }) => {
  app.get(
    '/api/pairs/:pair/rhythm',
    { schema: { params: PairParams, response: { 200: RhythmPage } } },
    async request => {
      const { pair: id } = request.params
      const asker = asPerson(request.person.id)
      const [[pair], meetings, agenda, [status]] = await database.read(
        asker,
        pairById(id),
        rhythmOf(id, mostMeetings),
        raisedBy(id),
        statusInWriting(id),
      )
      if (!pair) throw notFound()
      const now = clock.now().getTime()
      const today = toLocal(clock.now(), pair.timezone).slice(0, 10)
      const [promises] = await database.read(asker, promisesBySide(id, today, pair.timezone))
      return {
        pair: pairView(pair, request.person.id),
        start: pair.rhythmStart,
        meetings: meetings.toReversed().map(({ at, ...meeting }) => ({
          ...meeting,
          local: toLocal(at, pair.timezone),
          past: Date.parse(at) + meeting.minutes * 60_000 < now,
        })),
        agenda,
        promises,
        givenBack: {
          written: status?.written ?? 0,
          minutes: status ? minutesGivenBack(status) : null,
        },
      }
    },
  )
}
