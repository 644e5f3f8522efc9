import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import { NoteChange, NoteChanged, NoteQuery, SharedNote } from '../domain/api/notes.ts'
import { notFound } from '../domain/errors.ts'
import { appendUpdate } from '../notes/log.ts'
import { asPerson } from '../store/database.ts'
import { meetingById } from '../store/meetings.ts'
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
      const [[pair], [meeting], [note], updates] = await database.read(
        asPerson(request.person.id),
        pairById(pairId),
        meetingById(pairId, meetingId),
        sharedNote(pairId, meetingId),
        updatesOfMeeting(pairId, meetingId, after),
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
      const { sequence, changed } = await database.asPerson(author, async tx => {
        await minePair(tx, pair)
        await mineMeeting(tx, pair, meeting)
        return appendUpdate(tx, { pair, meeting, author }, update)
      })
      if (changed)
        await bus.publish({ channel: 'note', pair, id: meeting, event: 'changed', numbers: { sequence } })
      return { sequence, savedAt: clock.now().toISOString() }
    },
  )
}
