import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import { NewPair, PairChange, PairOfOthers, PairPage, PairRow, PairView } from '../domain/api/pairs.ts'
import { Labels, LabelsChange } from '../domain/api/transcripts.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { toInstant } from '../domain/local-time.ts'
import { asPerson, isUniqueViolation, type Tx } from '../store/database.ts'
import { enqueueStep, jobsUnderWay } from '../store/jobs.ts'
import { insertMeeting, meetingsOfPair, nextMeeting, nextMeetings, waitingByPair } from '../store/meetings.ts'
import {
  changePair,
  deleteSamplePair,
  insertPair,
  myPairs,
  pairById,
  type PairRecord,
  rememberLabels,
  speakerLabels,
} from '../store/pairs.ts'
import { insertPerson } from '../store/people.ts'
import { openPromises } from '../store/promises.ts'
import { beginRhythm, restartRhythm } from '../store/rhythm.ts'
import { transcriptsWithLabels } from '../store/transcripts.ts'
import type { Dependencies } from './dependencies.ts'
import { jobView, meetingView, pairView } from './views.ts'

export const PairParams = z.object({ pair: Id })

/** The pair, if it is one of mine: what is not mine is not there. */
export const minePair = async (tx: Tx, pair: string): Promise<PairRecord> => {
  const found = await tx.first(pairById(pair))
  if (!found) throw notFound()
  return found
}

/** 1:1s, and which voice is whose. */
export const pairs: FastifyPluginAsyncZod<Dependencies> = async (app, { database, clock, queue }) => {
  app.get(
    '/api/pairs',
    { schema: { response: { 200: z.object({ pairs: z.array(PairRow) }) } } },
    async request => {
      const [mine, next, waiting] = await database.read(
        asPerson(request.person.id),
        myPairs(),
        nextMeetings(clock.now()),
        waitingByPair(),
      )
      return {
        pairs: mine.map(pair => {
          const meeting = next.find(candidate => candidate.pairId === pair.id)
          return {
            pair: pairView(pair, request.person.id),
            next: meeting ? meetingView(meeting, pair.timezone) : null,
            waiting: waiting.find(row => row.pairId === pair.id)?.waiting ?? 0,
          }
        }),
      }
    },
  )

  app.post(
    '/api/pairs',
    { schema: { body: NewPair, response: { 201: PairView } } },
    async (request, reply) => {
      const { me, other, firstMeeting, ...rest } = request.body
      const myself = request.person.id
      const pair = await database
        .asPerson(myself, async tx => {
          // The id is ours to choose: reading a person back needs the pair that is made after it.
          const otherId = crypto.randomUUID()
          await tx.run(insertPerson({ id: otherId, name: other.name, email: other.email ?? null }))
          const [managerId, reportId] = me === 'manager' ? [myself, otherId] : [otherId, myself]
          const made = await tx.first(insertPair({ ...rest, managerId, reportId }))
          if (!made) throw notFound()
          if (firstMeeting) {
            const instant = toInstant(firstMeeting, rest.timezone).toISOString()
            const first = await tx.first(insertMeeting(made.id, instant, rest.minutes))
            if (first) await tx.run(...beginRhythm(made.id, first.id, firstMeeting))
          }
          return minePair(tx, made.id)
        })
        .catch((error: unknown) => {
          throw isUniqueViolation(error, 'person_email') ? emailTaken() : error
        })
      return reply.code(201).send(pairView(pair, myself))
    },
  )

  app.post(
    '/api/pairs/of-others',
    {
      config: { administrator: true },
      schema: { body: PairOfOthers, response: { 201: z.object({ id: Id }) } },
    },
    async (request, reply) => {
      const { manager, report, ...rest } = request.body
      if (manager === report) throw new Refusal('pair-of-one', 422, 'A 1:1 needs two different people.')
      const made = await database
        .asPerson(request.person.id, tx =>
          tx.first(insertPair({ ...rest, managerId: manager, reportId: report })),
        )
        .catch((error: unknown) => {
          throw isUniqueViolation(error, 'pair_of_two')
            ? new Refusal('pair-exists', 409, 'These two already have a 1:1 in this order.')
            : error
        })
      if (!made) throw notFound()
      return reply.code(201).send(made)
    },
  )

  app.get(
    '/api/pairs/:pair',
    { schema: { params: PairParams, response: { 200: PairPage } } },
    async request => {
      const { pair: id } = request.params
      const [[pair], [next], promises, meetings, jobs] = await database.read(
        asPerson(request.person.id),
        pairById(id),
        nextMeeting(id, clock.now()),
        openPromises(id),
        meetingsOfPair(id, 60),
        jobsUnderWay(id),
      )
      if (!pair) throw notFound()
      return {
        pair: pairView(pair, request.person.id),
        next: next ? meetingView(next, pair.timezone) : null,
        promises,
        meetings: meetings.map(meeting => ({
          ...meetingView(meeting, pair.timezone),
          transcripts: meeting.transcripts,
          waiting: meeting.waiting,
        })),
        jobs: jobs.map(jobView),
      }
    },
  )

  app.patch(
    '/api/pairs/:pair',
    { schema: { params: PairParams, body: PairChange, response: { 200: PairView } } },
    async request => {
      const pair = await database.asPerson(request.person.id, async tx => {
        const { cadenceDays } = await minePair(tx, request.params.pair)
        await tx.run(changePair(request.params.pair, request.body))
        // Another number of days counts from the next meeting on.
        if ((request.body.cadenceDays ?? cadenceDays) !== cadenceDays)
          await tx.run(restartRhythm(request.params.pair, clock.now()))
        return minePair(tx, request.params.pair)
      })
      return pairView(pair, request.person.id)
    },
  )

  app.delete(
    '/api/pairs/:pair',
    { schema: { params: PairParams, response: { 204: z.null() } } },
    async (request, reply) => {
      await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, request.params.pair)
        if (!pair.sample)
          throw new Refusal('pair-not-sample', 422, 'Only the sample pair can be removed like this.')
        await tx.run(deleteSamplePair(pair.id))
      })
      return reply.code(204).send(null)
    },
  )

  const labelsOf = async (tx: Tx, pair: PairRecord) => {
    const labels = await tx.all(speakerLabels(pair.id))
    return {
      labels: labels.map(({ label, personId }) => ({ label, side: sideOf(pair, personId) })),
    }
  }

  app.get(
    '/api/pairs/:pair/labels',
    { schema: { params: PairParams, response: { 200: Labels } } },
    async request =>
      database.asPerson(request.person.id, async tx => labelsOf(tx, await minePair(tx, request.params.pair))),
  )

  // Asked once and remembered: transcripts with these voices are gone through again with what is known now.
  app.put(
    '/api/pairs/:pair/labels',
    { schema: { params: PairParams, body: LabelsChange, response: { 200: Labels } } },
    async request => {
      const answer = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, request.params.pair)
        const labels = request.body.labels.map(({ label, side }) => ({
          label,
          personId: side === null ? null : side === 'manager' ? pair.managerId : pair.reportId,
        }))
        await tx.run(rememberLabels(pair.id, labels, request.person.id))
        const names = labels.map(({ label }) => label)
        const round = crypto.randomUUID()
        for (const { id, meeting } of await tx.all(transcriptsWithLabels(pair.id, names)))
          await tx.run(enqueueStep('extract', { pair: pair.id, meeting, transcript: id }, 0, round))
        return labelsOf(tx, pair)
      })
      queue.wake()
      return answer
    },
  )
}

const sideOf = (pair: PairRecord, person: string | null) =>
  person === pair.managerId ? ('manager' as const) : person === pair.reportId ? ('report' as const) : null

const emailTaken = () =>
  new Refusal(
    'email-taken',
    409,
    'Somebody here already has this e-mail address. Ask your administrator to pair you.',
  )
