import { createHash } from 'node:crypto'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import {
  PastedTranscript,
  Review,
  TranscriptMove,
  TranscriptView,
  UploadAnswer,
} from '../domain/api/transcripts.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { largestFile } from '../domain/transcript/limits.ts'
import { asPerson, type Tx } from '../store/database.ts'
import { findingsOfTranscript } from '../store/findings.ts'
import { enqueueStep, jobsOfTranscripts } from '../store/jobs.ts'
import { markHeld } from '../store/meetings.ts'
import { pairById, speakerLabels } from '../store/pairs.ts'
import {
  deleteTranscript,
  insertFileAndConsent,
  insertTranscript,
  linesOf,
  moveTranscript,
  moveWhatWasFound,
  transcriptByHash,
  transcriptById,
  type TranscriptRecord,
} from '../store/transcripts.ts'
import type { Dependencies } from './app.ts'
import { changedMeanwhile, mineMeeting } from './meetings.ts'
import { minePair } from './pairs.ts'
import { readUpload } from './upload.ts'
import { transcriptView } from './views.ts'

const OfMeeting = z.object({ pair: Id, meeting: Id })
const Params = z.object({ pair: Id, transcript: Id })

/** Somebody waits in front of the page for what they just added. */
const someoneWaits = 0

/** Adding, reading, moving and erasing transcripts. */
export const transcripts: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  const { database, queue, bus } = dependencies

  const viewOf = async (tx: Tx, record: TranscriptRecord) => {
    const [jobs, labels] = await tx.several(
      jobsOfTranscripts(record.pairId, [record.id]),
      speakerLabels(record.pairId),
    )
    return transcriptView(record, jobs[0], new Set(labels.map(({ label }) => label)))
  }
  const mineTranscript = async (tx: Tx, pair: string, transcript: string) => {
    const found = await tx.first(transcriptById(pair, transcript))
    if (!found) throw notFound()
    return found
  }

  /** Acknowledged when the file, the consent and the job stand on the disk, all or none. */
  const keep = async (
    person: string,
    pairId: string,
    meetingId: string,
    file: { name: string; bytes: Uint8Array },
  ) => {
    if (file.bytes.length === 0)
      throw new Refusal('transcript-empty', 422, 'This file is empty. Is it the right one?')
    const hash = createHash('sha256').update(file.bytes).digest()
    const id = crypto.randomUUID()
    const answer = await database.asPerson(person, async tx => {
      const pair = await minePair(tx, pairId)
      await mineMeeting(tx, pair.id, meetingId)
      const transcript = {
        id,
        pair: pair.id,
        meeting: meetingId,
        fileName: file.name,
        hash,
        bytes: file.bytes,
      }
      const isNew = await tx.first(insertTranscript(transcript))
      if (isNew)
        await tx.run(
          ...insertFileAndConsent(transcript),
          enqueueStep('read', { pair: pair.id, meeting: meetingId, transcript: id }, someoneWaits, 'first'),
          markHeld(pair.id, meetingId),
        )
      const record = await tx.first(transcriptByHash(pair.id, hash))
      if (!record) throw notFound()
      return { transcript: await viewOf(tx, record), already: !isNew }
    })
    queue.wake()
    await bus.publish({ channel: 'meeting', pair: pairId, id: meetingId, event: 'changed' })
    return answer
  }

  app.post(
    '/api/pairs/:pair/meetings/:meeting/transcripts',
    {
      // JSON escapes can double a text, and multipart adds its own lines.
      bodyLimit: largestFile * 2 + 65_536,
      schema: { params: OfMeeting, response: { 200: UploadAnswer, 201: UploadAnswer } },
    },
    async (request, reply) => {
      // Whose meeting it is comes before a byte is read.
      await database.asPerson(request.person.id, async tx => {
        await minePair(tx, request.params.pair)
        await mineMeeting(tx, request.params.pair, request.params.meeting)
      })
      const file = request.isMultipart() ? await readUpload(request) : pasted(request.body)
      const answer = await keep(request.person.id, request.params.pair, request.params.meeting, file)
      return reply.code(answer.already ? 200 : 201).send(answer)
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
        await tx.run(deleteTranscript(pair, transcript))
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
