import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import {
  FeedbackDraftChange,
  FeedbackDraftPage,
  FeedbackSending,
  FeedbackView,
  NewFeedbackDraft,
  SortedDraft,
} from '../domain/api/feedback.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { toYou } from '../domain/feedback/second-person.ts'
import { gateOf } from '../domain/feedback-gate.ts'
import type { Tx } from '../store/database.ts'
import {
  changeDraft,
  deleteDraft,
  type DraftRecord,
  feedbackRequests,
  insertDraft,
  ownDraft,
  ownObservations,
  sendDraft,
} from '../store/feedback.ts'
import type { PairRecord } from '../store/pairs.ts'
import type { Dependencies } from './dependencies.ts'
import { feedbackView } from './feedback.ts'
import { changedMeanwhile } from './meetings.ts'
import { minePair, PairParams } from './pairs.ts'
import { pairView } from './views.ts'

const DraftParams = PairParams.extend({ draft: Id })

const firstNameOf = (pair: PairRecord, me: string) =>
  (pair.managerId === me ? pair.reportName : pair.managerName).split(' ')[0] ?? ''

const pageOf = async (
  tx: Tx,
  pair: PairRecord,
  me: string,
  draft: DraftRecord,
): Promise<FeedbackDraftPage> => ({
  pair: pairView(pair, me),
  draft,
  observations: await tx.all(ownObservations(pair.id)),
  gate: gateOf(draft, firstNameOf(pair, me)),
})

const mineDraft = async (tx: Tx, pair: string, id: string): Promise<DraftRecord> => {
  const found = await tx.first(ownDraft(pair, id))
  if (!found) throw notFound()
  return found
}

/** Drafts of feedback: private to their writer until that person sends one. */
export const feedbackDrafts: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus, writer }) => {
  app.post(
    '/api/pairs/:pair/feedback-drafts',
    { schema: { params: PairParams, body: NewFeedbackDraft, response: { 201: FeedbackDraftPage } } },
    async (request, reply) => {
      const { rough, request: asked } = request.body
      const page = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, request.params.pair)
        if (asked !== null && !(await tx.all(feedbackRequests(pair.id))).some(({ id }) => id === asked))
          throw notFound()
        const made = await tx.first(insertDraft(pair.id, rough, asked))
        if (!made) throw notFound()
        return pageOf(tx, pair, request.person.id, made)
      })
      return reply.code(201).send(page)
    },
  )

  app.get(
    '/api/pairs/:pair/feedback-drafts/:draft',
    { schema: { params: DraftParams, response: { 200: FeedbackDraftPage } } },
    async request =>
      database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, request.params.pair)
        return pageOf(tx, pair, request.person.id, await mineDraft(tx, pair.id, request.params.draft))
      }),
  )

  app.patch(
    '/api/pairs/:pair/feedback-drafts/:draft',
    { schema: { params: DraftParams, body: FeedbackDraftChange, response: { 200: FeedbackDraftPage } } },
    async request =>
      database.asPerson(request.person.id, async tx => {
        const { version, ...words } = request.body
        const pair = await minePair(tx, request.params.pair)
        await mineDraft(tx, pair.id, request.params.draft)
        const changed = await tx.first(changeDraft(pair.id, request.params.draft, version, words))
        if (!changed) throw changedMeanwhile()
        return pageOf(tx, pair, request.person.id, changed)
      }),
  )

  // Asked for by hand: a draft goes to a model when its writer says so, and nothing is put in its place.
  app.post(
    '/api/pairs/:pair/feedback-drafts/:draft/sorted',
    { schema: { params: DraftParams, response: { 200: SortedDraft } } },
    async request => {
      const me = request.person.id
      const { pair, draft } = await database.asPerson(me, async tx => {
        const mine = await minePair(tx, request.params.pair)
        return { pair: mine, draft: await mineDraft(tx, mine.id, request.params.draft) }
      })
      const gone = new AbortController()
      request.raw.socket.once('close', () => gone.abort(new Refusal('gone', 499, 'Nobody waits for it.')))
      const name = firstNameOf(pair, me)
      const reader = { pair: pair.id, person: me, language: pair.language }
      const made =
        draft.rough.trim() === '' ? null : await writer.sorted(draft.rough, [name], reader, gone.signal)
      if (!made) return { parts: null }
      const { situation, behavior, impact, ask } = made
      return {
        parts: { situation, behavior: behavior === null ? null : toYou(behavior, name), impact, ask },
      }
    },
  )

  app.delete(
    '/api/pairs/:pair/feedback-drafts/:draft',
    { schema: { params: DraftParams, response: { 204: z.null() } } },
    async (request, reply) => {
      const { pair, draft } = request.params
      const gone = await database.asPerson(request.person.id, tx => tx.first(deleteDraft(pair, draft)))
      if (!gone) throw notFound()
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/pairs/:pair/feedback-drafts/:draft/send',
    { schema: { params: DraftParams, body: FeedbackSending, response: { 201: FeedbackView } } },
    async (request, reply) => {
      const me = request.person.id
      const view = await database.asPerson(me, async tx => {
        const pair = await minePair(tx, request.params.pair)
        const draft = await mineDraft(tx, pair.id, request.params.draft)
        if (draft.version !== request.body.version) throw changedMeanwhile()
        if (!gateOf(draft, firstNameOf(pair, me)).mayBeSent)
          throw new Refusal(
            'feedback-not-ready',
            422,
            'Something in it is still marked or missing. Settle it first, then send it.',
          )
        const sent = await tx.first(sendDraft(pair.id, draft, pair.managerId === me ? 'down' : 'up'))
        if (!sent || !(await tx.first(deleteDraft(pair.id, draft.id)))) throw changedMeanwhile()
        return feedbackView(sent)
      })
      await bus.publish({
        channel: 'meeting',
        pair: request.params.pair,
        id: request.params.pair,
        event: 'changed',
      })
      return reply.code(201).send(view)
    },
  )
}
