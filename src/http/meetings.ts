import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import {
  MeetingChange,
  MeetingPage,
  MeetingView,
  NewMeeting,
  OwnNote,
  OwnNoteChange,
} from '../domain/api/pairs.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { toInstant } from '../domain/local-time.ts'
import { passagesOfText } from '../domain/passages.ts'
import { asPerson, type Tx } from '../store/database.ts'
import { findingsOfMeeting } from '../store/findings.ts'
import { jobsOfTranscripts } from '../store/jobs.ts'
import {
  changeMeeting,
  insertMeeting,
  meetingById,
  type MeetingRecord,
  neighbours,
} from '../store/meetings.ts'
import { sharedNote } from '../store/note-updates.ts'
import { ownNote, writeOwnNote } from '../store/notes.ts'
import { pairById, speakerLabels } from '../store/pairs.ts'
import { storeNotePassages } from '../store/passages.ts'
import {
  beginRhythm,
  keepRhythm,
  type MeetingChangeKind,
  recordMeetingChange,
  setRhythmStart,
  setSlot,
  uncarry,
} from '../store/rhythm.ts'
import { transcriptsOfMeeting } from '../store/transcripts.ts'
import type { Dependencies } from './dependencies.ts'
import { minePair, PairParams } from './pairs.ts'
import { meetingView, pairView, transcriptView } from './views.ts'

const Params = z.object({ pair: Id, meeting: Id })

/** A meeting of one of my pairs. */
export const mineMeeting = async (tx: Tx, pair: string, meeting: string): Promise<MeetingRecord> => {
  const found = await tx.first(meetingById(pair, meeting))
  if (!found) throw notFound()
  return found
}

/** Meetings of a pair, and one's own note of each. Times come in as the pair's wall clock. */
export const meetings: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus, clock }) => {
  app.post(
    '/api/pairs/:pair/meetings',
    { schema: { params: PairParams, body: NewMeeting, response: { 201: MeetingView } } },
    async (request, reply) => {
      const view = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, request.params.pair)
        const instant = toInstant(request.body.local, pair.timezone).toISOString()
        const made = await tx.first(insertMeeting(pair.id, instant, request.body.minutes ?? pair.minutes))
        if (!made) throw notFound()
        await tx.run(...beginRhythm(pair.id, made.id, request.body.local))
        return meetingView(made, pair.timezone)
      })
      return reply.code(201).send(view)
    },
  )

  app.get(
    '/api/pairs/:pair/meetings/:meeting',
    { schema: { params: Params, response: { 200: MeetingPage } } },
    async request => {
      const { pair: pairId, meeting: meetingId } = request.params
      const [[pair], [meeting], [beside], transcripts, findings, [shared], [note], labels] =
        await database.read(
          asPerson(request.person.id),
          pairById(pairId),
          meetingById(pairId, meetingId),
          neighbours(pairId, meetingId),
          transcriptsOfMeeting(pairId, meetingId),
          findingsOfMeeting(pairId, meetingId),
          sharedNote(pairId, meetingId),
          ownNote(pairId, meetingId),
          speakerLabels(pairId),
        )
      if (!pair || !meeting) throw notFound()
      const [jobs] = await database.read(
        asPerson(request.person.id),
        jobsOfTranscripts(
          pairId,
          transcripts.map(({ id }) => id),
        ),
      )
      const known = new Set(labels.map(({ label }) => label))
      return {
        pair: pairView(pair, request.person.id),
        meeting: meetingView(meeting, pair.timezone),
        previous: beside?.previous ?? null,
        following: beside?.following ?? null,
        transcripts: transcripts.map(transcript =>
          transcriptView(
            transcript,
            jobs.find(job => job.transcriptId === transcript.id),
            known,
          ),
        ),
        findings,
        note: shared?.text ? { text: shared.text, updatedAt: shared.updatedAt } : null,
        ownNote: note ?? { text: '', version: 0, updatedAt: null },
      }
    },
  )

  app.patch(
    '/api/pairs/:pair/meetings/:meeting',
    { schema: { params: Params, body: MeetingChange, response: { 200: MeetingView } } },
    async request => {
      const view = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, request.params.pair)
        const before = await mineMeeting(tx, pair.id, request.params.meeting)
        const { version, local, onwards = false, ...change } = request.body
        const instant = local === undefined ? undefined : toInstant(local, pair.timezone).toISOString()
        const changed = await tx.first(changeMeeting(pair.id, before.id, version, { ...change, at: instant }))
        if (!changed) throw changedMeanwhile()
        const now = clock.now()
        for (const what of changesOf(before, changed))
          await tx.run(recordMeetingChange(pair.id, before.id, what, before.at, now))
        if (onwards && local !== undefined)
          await tx.run(setRhythmStart(pair.id, local), setSlot(pair.id, before.id, local))
        if (changed.state === 'planned') await tx.run(...uncarry(pair.id, before.id))
        else await keepRhythm(tx, pair, now)
        return meetingView(changed, pair.timezone)
      })
      await bus.publish({ channel: 'meeting', pair: view.pair, id: view.id, event: 'changed' })
      return view
    },
  )

  app.put(
    '/api/pairs/:pair/meetings/:meeting/own-note',
    { schema: { params: Params, body: OwnNoteChange, response: { 200: OwnNote } } },
    async request => {
      const { text, version } = request.body
      return database.asPerson(request.person.id, async tx => {
        const { pair, meeting } = request.params
        await minePair(tx, pair)
        await mineMeeting(tx, pair, meeting)
        const written = await tx.first(writeOwnNote(pair, meeting, text, version))
        if (!written) throw changedMeanwhile()
        await tx.run(...storeNotePassages(pair, written.id, passagesOfText(text)))
        return { text: written.text, version: written.version, updatedAt: written.updatedAt }
      })
    },
  )
}

/** What was done to a meeting, for the pair's rhythm; who did it, and when, is kept with it. */
const changesOf = (before: MeetingRecord, after: MeetingRecord): MeetingChangeKind[] => [
  ...(after.at === before.at ? [] : (['moved'] as const)),
  ...(after.minutes < before.minutes ? (['shortened'] as const) : []),
  ...(after.state === before.state ? [] : [after.state]),
]

/** Somebody (or another window) was quicker: nothing is overwritten, both can be shown. */
export const changedMeanwhile = () =>
  new Refusal('changed-meanwhile', 409, 'This was changed meanwhile. Look at what it says now, then decide.')
