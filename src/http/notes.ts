import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import { NoteChange, NoteChanged, NoteQuery, SharedNote } from '../domain/api/notes.ts'
import { notFound } from '../domain/errors.ts'
import { toLocal } from '../domain/local-time.ts'
import { appendUpdate } from '../notes/log.ts'
import { followPromises, type NoteGround, promisesIn } from '../notes/promises.ts'
import { asPerson, type Tx } from '../store/database.ts'
import { meetingAfter, meetingById } from '../store/meetings.ts'
import { promisesOfMeetingNote } from '../store/note-promises.ts'
import { sharedNote, updatesOfMeeting } from '../store/note-updates.ts'
import { pairById } from '../store/pairs.ts'
import type { Dependencies } from './dependencies.ts'
import { mineMeeting } from './meetings.ts'
import { minePair } from './pairs.ts'

const Params = z.object({ pair: Id, meeting: Id })
const path = '/api/pairs/:pair/meetings/:meeting/note'

/**
 * The note both write in a meeting. Updates come and go over HTTP, under the same session and walls as
 * everything else; the socket says only that there is a new one.
 */
export const notes: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus, clock }) => {
  app.get(
    path,
    { schema: { params: Params, querystring: NoteQuery, response: { 200: SharedNote } } },
    async request => {
      const { pair: pairId, meeting: meetingId } = request.params
      const { after } = request.query
      const [[pair], [meeting], [note], updates, promises] = await database.read(
        asPerson(request.person.id),
        pairById(pairId),
        meetingById(pairId, meetingId),
        sharedNote(pairId, meetingId),
        updatesOfMeeting(pairId, meetingId, after),
        promisesOfMeetingNote(pairId, meetingId),
      )
      if (!pair || !meeting) throw notFound()
      return {
        id: note?.id ?? null,
        sequence: updates.at(-1)?.sequence ?? after,
        updates: updates.map(({ sequence, author, bytes }) => ({
          sequence,
          author,
          update: Buffer.from(bytes).toString('base64'),
        })),
        promises,
      }
    },
  )

  app.post(
    path,
    { schema: { params: Params, body: NoteChange, response: { 200: NoteChanged } } },
    async request => {
      const { pair, meeting } = request.params
      const author = request.person.id
      const update = new Uint8Array(Buffer.from(request.body.update, 'base64'))
      const { sequence, changed, items, promises } = await database.asPerson(author, async tx => {
        const ground = await groundOf(tx, pair, meeting)
        const appended = await appendUpdate(tx, { pair, meeting, author }, update)
        const rows = appended.changed ? promisesIn(appended.document, ground) : null
        return {
          ...appended,
          items: rows ? await followPromises(tx, pair, appended.note, rows) : 0,
          promises: await tx.all(promisesOfMeetingNote(pair, meeting)),
        }
      })
      if (changed)
        await bus.publish({ channel: 'note', pair, id: meeting, event: 'changed', numbers: { sequence } })
      if (items > 0) await bus.publish({ channel: 'meeting', pair, id: meeting, event: 'changed' })
      return { sequence, savedAt: clock.now().toISOString(), promises }
    },
  )
}

/** What a line of this note is understood by: the two names, and when they meet. */
const groundOf = async (tx: Tx, pairId: string, meetingId: string): Promise<NoteGround> => {
  const pair = await minePair(tx, pairId)
  const meeting = await mineMeeting(tx, pairId, meetingId)
  const next = await tx.first(meetingAfter(pairId, meeting.at))
  return {
    manager: { id: pair.managerId, name: pair.managerName },
    report: { id: pair.reportId, name: pair.reportName },
    when: {
      meetingLocal: toLocal(meeting.at, pair.timezone),
      timezone: pair.timezone,
      nextMeetingLocal: next ? toLocal(next.at, pair.timezone) : null,
    },
  }
}
