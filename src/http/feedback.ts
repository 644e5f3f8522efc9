import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import {
  FeedbackAnswer,
  FeedbackPage,
  FeedbackRequestView,
  FeedbackView,
  NewFeedbackRequest,
  NewObservation,
  Observation,
} from '../domain/api/feedback.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { draftOf } from '../domain/feedback-draft.ts'
import { toLocal } from '../domain/local-time.ts'
import { upwardReminder } from '../domain/upward-feedback.ts'
import { asPerson } from '../store/database.ts'
import {
  answerFeedback,
  deleteObservation,
  feedbackById,
  feedbackOf,
  type FeedbackRecord,
  feedbackRequests,
  insertObservation,
  insertRequest,
  ownDrafts,
  ownObservations,
} from '../store/feedback.ts'
import { firstHeld } from '../store/goals.ts'
import { pairById } from '../store/pairs.ts'
import type { Dependencies } from './dependencies.ts'
import { changedMeanwhile } from './meetings.ts'
import { minePair, PairParams } from './pairs.ts'
import { upwardTopics } from './upward.ts'
import { pairView } from './views.ts'

const FeedbackParams = PairParams.extend({ feedback: Id })
const ObservationParams = PairParams.extend({ observation: Id })

export const feedbackView = (record: FeedbackRecord): FeedbackView => ({ ...record, text: draftOf(record) })

/** Feedback that was sent, the manager's question how they do, and what each keeps for themselves. */
export const feedback: FastifyPluginAsyncZod<Dependencies> = async (
  app,
  { database, bus, clock, writer },
) => {
  const tell = (pair: string) => bus.publish({ channel: 'meeting', pair, id: pair, event: 'changed' })

  app.get(
    '/api/pairs/:pair/feedback',
    { schema: { params: PairParams, response: { 200: FeedbackPage } } },
    async request => {
      const { pair: pairId } = request.params
      const me = request.person.id
      const [[pair], all, drafts, observations, asked, [first]] = await database.read(
        asPerson(me),
        pairById(pairId),
        feedbackOf(pairId),
        ownDrafts(pairId),
        ownObservations(pairId),
        feedbackRequests(pairId),
        firstHeld(pairId),
      )
      if (!pair) throw notFound()
      const view = pairView(pair, me)
      const dayOf = (instant: string) => toLocal(instant, pair.timezone).slice(0, 10)
      const today = dayOf(clock.now().toISOString())
      const received = all.filter(({ from }) => from !== me)
      return {
        pair: view,
        given: all.filter(({ from }) => from === me).map(feedbackView),
        received: received.map(feedbackView),
        drafts,
        observations,
        asked,
        reminder:
          view.me === 'manager'
            ? upwardReminder(
                today,
                asked.map(({ askedAt }) => ({ on: dayOf(askedAt) })),
                received,
                first ? dayOf(first.at) : null,
              )
            : null,
        upward: view.me === 'report' ? await upwardTopics({ database, writer }, pair, me, clock.now()) : [],
      }
    },
  )

  app.post(
    '/api/pairs/:pair/observations',
    { schema: { params: PairParams, body: NewObservation, response: { 201: Observation } } },
    async (request, reply) => {
      const { on, text } = request.body
      const made = await database.asPerson(request.person.id, async tx => {
        await minePair(tx, request.params.pair)
        return tx.first(insertObservation(request.params.pair, on, text))
      })
      if (!made) throw notFound()
      return reply.code(201).send(made)
    },
  )

  app.delete(
    '/api/pairs/:pair/observations/:observation',
    { schema: { params: ObservationParams, response: { 204: z.null() } } },
    async (request, reply) => {
      const { pair, observation } = request.params
      const gone = await database.asPerson(request.person.id, tx =>
        tx.first(deleteObservation(pair, observation)),
      )
      if (!gone) throw notFound()
      return reply.code(204).send(null)
    },
  )

  app.patch(
    '/api/pairs/:pair/feedback/:feedback',
    { schema: { params: FeedbackParams, body: FeedbackAnswer, response: { 200: FeedbackView } } },
    async request => {
      const { pair, feedback: id } = request.params
      const { version, state, answer } = request.body
      const view = await database.asPerson(request.person.id, async tx => {
        const before = await tx.first(feedbackById(pair, id))
        if (!before) throw notFound()
        if (before.from === request.person.id)
          throw new Refusal(
            'feedback-not-yours',
            422,
            'Only whom it was given to can acknowledge it or answer.',
          )
        const changed = await tx.first(answerFeedback(pair, id, version, state, answer))
        if (!changed) throw changedMeanwhile()
        return feedbackView(changed)
      })
      await tell(pair)
      return view
    },
  )

  app.post(
    '/api/pairs/:pair/feedback-requests',
    { schema: { params: PairParams, body: NewFeedbackRequest, response: { 201: FeedbackRequestView } } },
    async (request, reply) => {
      const { pair: pairId } = request.params
      const made = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, pairId)
        if (pair.managerId !== request.person.id)
          throw new Refusal(
            'asking-not-yours',
            422,
            'Here the manager asks how they do. You can tell without being asked.',
          )
        return tx.first(insertRequest(pairId, request.body.question))
      })
      if (!made) throw notFound()
      await tell(pairId)
      return reply.code(201).send(made)
    },
  )
}
