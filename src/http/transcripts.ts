import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ChosenTime, Id } from '../domain/api/common.ts'
import {
  PastedTranscript,
  Review,
  TranscriptMove,
  TranscriptRow,
  TranscriptView,
  UploadAnswer,
} from '../domain/api/transcripts.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { recordAudit } from '../store/audit.ts'
import { asPerson, type Tx } from '../store/database.ts'
import { eraseTranscript } from '../store/erasing.ts'
import { nobodyWaits, type Place, someoneWaits } from '../store/keep-file.ts'
import { findingsOfTranscript } from '../store/findings.ts'
import { jobsOfTranscripts } from '../store/jobs.ts'
import { markHeld } from '../store/meetings.ts'
import { pairById, speakerLabels } from '../store/pairs.ts'
import {
  linesOf,
  moveTranscript,
  moveWhatWasFound,
  transcriptById,
  transcriptsOfPair,
} from '../store/transcripts.ts'
import type { Dependencies } from './dependencies.ts'
import { keepTranscript, onItsDay, viewOf } from './keep-transcript.ts'
import { changedMeanwhile, mineMeeting } from './meetings.ts'
import { minePair, PairParams } from './pairs.ts'
import { largestUpload, readUpload } from './upload.ts'
import { transcriptView } from './views.ts'

const OfMeeting = z.object({ pair: Id, meeting: Id })
const Params = z.object({ pair: Id, transcript: Id })

/** More than a year of daily meetings. */
const mostListed = 500

/** Adding, reading, moving and erasing transcripts. */
export const transcripts: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  const { database, bus } = dependencies

  const keep = keepTranscript(dependencies)
  const mineTranscript = async (tx: Tx, pair: string, transcript: string) => {
    const found = await tx.first(transcriptById(pair, transcript))
    if (!found) throw notFound()
    return found
  }

  app.post(
    '/api/pairs/:pair/meetings/:meeting/transcripts',
    {
      bodyLimit: largestUpload,
      schema: { params: OfMeeting, response: { 200: UploadAnswer, 201: UploadAnswer } },
    },
    async (request, reply) => {
      // Whose meeting it is comes before a byte is read.
      await database.asPerson(request.person.id, async tx => {
        await minePair(tx, request.params.pair)
        await mineMeeting(tx, request.params.pair, request.params.meeting)
      })
      const file = request.isMultipart() ? await readUpload(request) : pasted(request.body)
      const { pair, meeting } = request.params
      const place: Place = async tx => (await mineMeeting(tx, pair, meeting)).id
      const answer = await keep(request.person.id, pair, file, place, someoneWaits)
      return reply.code(answer.already ? 200 : 201).send(answer)
    },
  )

  // An old one, by its day: its meeting is found, or made as one that was held.
  app.post(
    '/api/pairs/:pair/transcripts',
    {
      bodyLimit: largestUpload,
      schema: { params: PairParams, response: { 200: UploadAnswer, 201: UploadAnswer } },
    },
    async (request, reply) => {
      const { pair } = request.params
      await database.asPerson(request.person.id, tx => minePair(tx, pair))
      if (!request.isMultipart())
        throw new Refusal('file-missing', 400, 'No file came with this. Choose one and try again.')
      const file = await readUpload(request)
      const when = ChosenTime.safeParse(file.local)
      if (!when.success)
        throw new Refusal('day-missing', 422, 'Say on which day this was said. Nothing was kept.')
      const place = onItsDay(when.data)
      const answer = await keep(request.person.id, pair, file, place, nobodyWaits)
      return reply.code(answer.already ? 200 : 201).send(answer)
    },
  )

  app.get(
    '/api/pairs/:pair/transcripts',
    {
      schema: {
        params: PairParams,
        response: { 200: z.object({ transcripts: z.array(TranscriptRow) }) },
      },
    },
    async request => {
      const { pair: id } = request.params
      const [[pair], rows] = await database.read(
        asPerson(request.person.id),
        pairById(id),
        transcriptsOfPair(id, mostListed),
      )
      if (!pair) throw notFound()
      return { transcripts: rows }
    },
  )

  app.get(
    '/api/pairs/:pair/transcripts/:transcript',
    { schema: { params: Params, response: { 200: Review } } },
    async request => {
      const { pair: pairId, transcript: id } = request.params
      const [[pair], [record], lines, findings, jobs, labels] = await database.read(
        asPerson(request.person.id),
        pairById(pairId),
        transcriptById(pairId, id),
        linesOf(pairId, id),
        findingsOfTranscript(pairId, id),
        jobsOfTranscripts(pairId, [id]),
        speakerLabels(pairId),
      )
      if (!pair || !record) throw notFound()
      const known = new Map(labels.map(({ label, personId }) => [label, personId]))
      return {
        transcript: transcriptView(record, jobs[0], new Set(known.keys())),
        lines: lines.map(({ spans: _spans, ...line }) => ({
          ...line,
          person: line.speaker === null ? null : (known.get(line.speaker) ?? null),
        })),
        findings,
      }
    },
  )

  app.patch(
    '/api/pairs/:pair/transcripts/:transcript',
    { schema: { params: Params, body: TranscriptMove, response: { 200: TranscriptView } } },
    async request => {
      const { pair, transcript } = request.params
      const { meeting, version } = request.body
      return database.asPerson(request.person.id, async tx => {
        await mineTranscript(tx, pair, transcript)
        await mineMeeting(tx, pair, meeting)
        if (!(await tx.first(moveTranscript(pair, transcript, meeting, version)))) throw changedMeanwhile()
        await tx.run(...moveWhatWasFound(pair, transcript, meeting), markHeld(pair, meeting))
        return viewOf(tx, await mineTranscript(tx, pair, transcript))
      })
    },
  )

  app.delete(
    '/api/pairs/:pair/transcripts/:transcript',
    { schema: { params: Params, response: { 204: z.null() } } },
    async (request, reply) => {
      const { pair, transcript } = request.params
      const { meetingId } = await database.asPerson(request.person.id, async tx => {
        const found = await mineTranscript(tx, pair, transcript)
        await tx.run(
          ...eraseTranscript(pair, transcript),
          recordAudit({ pair, row: transcript, action: 'consent-withdrawn' }),
        )
        return found
      })
      await bus.publish({ channel: 'meeting', pair, id: meetingId, event: 'changed' })
      return reply.code(204).send(null)
    },
  )
}

const pasted = (body: unknown): { name: string; bytes: Uint8Array } => {
  const { text, fileName } = PastedTranscript.parse(body)
  return { name: fileName ?? 'Pasted text', bytes: new TextEncoder().encode(text) }
}
