import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import { CalendarFeed, NewCalendarFeed } from '../domain/api/rhythm.ts'
import { notFound } from '../domain/errors.ts'
import { calendarMeetings, calendarPairs, endFeed, feedByToken, makeFeed, myFeed } from '../store/calendar.ts'
import { asPerson } from '../store/database.ts'
import { hashToken, newToken } from '../store/links.ts'
import { calendarText } from './calendar-file.ts'
import type { Dependencies } from './dependencies.ts'

/** A calendar keeps what it has seen: older meetings need not be sent again. */
const daysBack = 90
const day = 86_400_000

/** A person's feed behind an address nobody can guess, and a file for one meeting. */
export const calendar: FastifyPluginAsyncZod<Dependencies> = async (app, { database, clock, publicUrl }) => {
  const pageOf = (pair: string, meeting: string) =>
    publicUrl === null ? null : `${publicUrl}/with/${pair}/meeting/${meeting}/before`

  app.get('/api/me/calendar', { schema: { response: { 200: CalendarFeed } } }, async request => {
    const [[feed]] = await database.read(asPerson(request.person.id), myFeed())
    return { since: feed?.since ?? null }
  })

  app.post('/api/me/calendar', { schema: { response: { 201: NewCalendarFeed } } }, async (request, reply) => {
    const token = newToken()
    const made = await database.asPerson(request.person.id, tx => tx.first(makeFeed(hashToken(token))))
    if (!made) throw notFound()
    const base = publicUrl ?? `http://${request.headers.host ?? 'localhost'}`
    return reply.code(201).send({ url: `${base}/api/calendar/${token}.ics`, since: made.since })
  })

  app.delete('/api/me/calendar', { schema: { response: { 204: z.null() } } }, async (request, reply) => {
    await database.asPerson(request.person.id, tx => tx.run(endFeed()))
    return reply.code(204).send(null)
  })

  // Calendar programs have no session: the address is the key, and it opens dates and names only.
  app.get(
    '/api/calendar/:file',
    { config: { public: true }, schema: { params: z.object({ file: z.string().max(120) }) } },
    async (request, reply) => {
      const token = /^([\w-]{20,100})\.ics$/.exec(request.params.file)?.[1]
      if (token === undefined) throw notFound()
      const now = clock.now()
      const text = await database.asSystem('calendar', async tx => {
        const feed = await tx.first(feedByToken(hashToken(token)))
        if (!feed) throw notFound()
        const [pairs, meetings] = await tx.several(
          calendarPairs(feed.person),
          calendarMeetings(feed.person, new Date(now.getTime() - daysBack * day)),
        )
        const shown = pairs.map(pair => ({ pair, meetings: meetings.filter(one => one.pair === pair.id) }))
        return calendarText(shown, now, pageOf)
      })
      return reply
        .header('cache-control', 'private, max-age=300')
        .type('text/calendar; charset=utf-8')
        .send(text)
    },
  )

  app.get(
    '/api/pairs/:pair/meetings/:meeting/calendar',
    { schema: { params: z.object({ pair: Id, meeting: Id }) } },
    async (request, reply) => {
      const { pair: pairId, meeting: id } = request.params
      const { id: person } = request.person
      const [pairs, meetings] = await database.read(
        asPerson(person),
        calendarPairs(person),
        calendarMeetings(person, new Date(0)),
      )
      const pair = pairs.find(one => one.id === pairId)
      const meeting = meetings.find(one => one.pair === pairId && one.id === id)
      if (!pair || !meeting) throw notFound()
      // On its own it says nothing of what comes after.
      const alone = [{ pair: { ...pair, rhythmStart: null }, meetings: [meeting] }]
      return reply
        .header('content-disposition', `attachment; filename="1-1-${meeting.at.slice(0, 10)}.ics"`)
        .type('text/calendar; charset=utf-8')
        .send(calendarText(alone, clock.now(), pageOf))
    },
  )
}
