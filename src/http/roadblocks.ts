import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import {
  NewRoadblockDecision,
  RoadblockChange,
  RoadblockMerge,
  RoadblockMoved,
  RoadblockPage,
  RoadblockSplit,
  RoadblockView,
} from '../domain/api/roadblocks.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { asMention, helpWith, threadsFrom } from '../domain/roadblock-threads.ts'
import { mentionStatus } from '../domain/roadblocks.ts'
import { asPerson, type Tx } from '../store/database.ts'
import { insertFinding } from '../store/findings.ts'
import {
  deleteRoadblockDecision,
  insertRoadblockDecision,
  insertThread,
  mentionsOf,
  moveDecisions,
  moveMentions,
  roadblockDecisionsOf,
  settleThread,
  threadsOf,
} from '../store/roadblocks.ts'
import { pairById } from '../store/pairs.ts'
import { promisesOf } from '../store/promises.ts'
import type { Dependencies } from './dependencies.ts'
import { refuseStranger } from './findings.ts'
import { changedMeanwhile } from './meetings.ts'
import { minePair, PairParams } from './pairs.ts'

const Params = z.object({ pair: Id, roadblock: Id })
const DecisionParams = Params.extend({ decision: Id })

/** Threads of roadblocks: what came back, what was decided about it, and who helps. */
export const roadblocks: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus }) => {
  const tell = (pair: string, thread: string) =>
    bus.publish({ channel: 'meeting', pair, id: thread, event: 'roadblock-changed' })

  app.get(
    '/api/pairs/:pair/roadblocks',
    { schema: { params: PairParams, response: { 200: z.object({ roadblocks: z.array(RoadblockView) }) } } },
    async request => {
      const { pair: id } = request.params
      const [[pair], ...rows] = await database.read(
        asPerson(request.person.id),
        pairById(id),
        threadsOf(id),
        mentionsOf(id),
        roadblockDecisionsOf(id),
      )
      if (!pair) throw notFound()
      return { roadblocks: threadsFrom(rows).flatMap(({ view }) => view ?? []) }
    },
  )

  app.get(
    '/api/pairs/:pair/roadblocks/:roadblock',
    { schema: { params: Params, response: { 200: RoadblockPage } } },
    async request => {
      const { pair: id, roadblock } = request.params
      const [[pair], promises, ...rows] = await database.read(
        asPerson(request.person.id),
        pairById(id),
        promisesOf(id, 1000),
        threadsOf(id),
        mentionsOf(id),
        roadblockDecisionsOf(id),
      )
      if (!pair) throw notFound()
      const threads = threadsFrom(rows)
      const mine = threads.find(({ thread }) => thread.id === roadblock)
      if (!mine?.view) throw notFound()
      const everything = threads.flatMap(({ mentions }) => mentions)
      return {
        roadblock: mine.view,
        mentions: mine.mentions.map((mention, index) => ({
          ...mention,
          status: mentionStatus(asMention(mention), mine.mentions.slice(0, index).map(asMention)),
          help: mention.status === 'resolved' ? [] : helpWith(mention, everything, promises),
        })),
        decisions: [...mine.decisions],
        others: threads.flatMap(({ view }) => (view && view.id !== roadblock ? [view] : [])),
      }
    },
  )

  /** The thread as it stands for whoever asks; what is not theirs is not there. */
  const mineThread = async (tx: Tx, pair: string, thread: string) => {
    await minePair(tx, pair)
    const rows = await tx.several(threadsOf(pair), mentionsOf(pair), roadblockDecisionsOf(pair))
    const found = threadsFrom(rows).find(one => one.thread.id === thread)
    if (!found?.view) throw notFound()
    return { ...found, view: found.view }
  }

  app.patch(
    '/api/pairs/:pair/roadblocks/:roadblock',
    { schema: { params: Params, body: RoadblockChange, response: { 200: RoadblockView } } },
    async request => {
      const { pair, roadblock } = request.params
      const { version, state } = request.body
      const changed = await database.asPerson(request.person.id, async tx => {
        await mineThread(tx, pair, roadblock)
        if (!(await tx.first(settleThread(pair, roadblock, version, state)))) throw changedMeanwhile()
        return mineThread(tx, pair, roadblock)
      })
      await tell(pair, roadblock)
      return changed.view
    },
  )

  app.post(
    '/api/pairs/:pair/roadblocks/:roadblock/decisions',
    { schema: { params: Params, body: NewRoadblockDecision, response: { 201: RoadblockView } } },
    async (request, reply) => {
      const { pair: pairId, roadblock } = request.params
      const wish = request.body
      const changed = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, pairId)
        refuseStranger(pair, wish.owner)
        const { mentions } = await mineThread(tx, pairId, roadblock)
        const last = mentions.at(-1)
        if (!last) throw notFound()
        // To accept it is to do nothing for now: no promise comes of it.
        const promise =
          wish.choice === 'accept'
            ? undefined
            : await tx.first(
                insertFinding(
                  pairId,
                  {
                    kind: 'action-item',
                    meeting: last.meeting,
                    transcript: null,
                    text: wish.what,
                    state: 'open',
                    confidence: null,
                    evidence: [],
                    owner: wish.owner,
                    due: wish.due,
                    dueCertainty: wish.due ? 'exact' : 'none',
                  },
                  request.person.id,
                ),
              )
        await tx.all(
          insertRoadblockDecision(pairId, { ...wish, thread: roadblock, promise: promise?.id ?? null }),
        )
        return mineThread(tx, pairId, roadblock)
      })
      await tell(pairId, roadblock)
      return reply.code(201).send(changed.view)
    },
  )

  app.delete(
    '/api/pairs/:pair/roadblocks/:roadblock/decisions/:decision',
    { schema: { params: DecisionParams, response: { 200: RoadblockView } } },
    async request => {
      const { pair, roadblock, decision } = request.params
      const changed = await database.asPerson(request.person.id, async tx => {
        const { decisions } = await mineThread(tx, pair, roadblock)
        if (!decisions.some(({ id }) => id === decision)) throw notFound()
        await tx.run(...deleteRoadblockDecision(pair, roadblock, decision))
        return mineThread(tx, pair, roadblock)
      })
      await tell(pair, roadblock)
      return changed.view
    },
  )

  app.post(
    '/api/pairs/:pair/roadblocks/:roadblock/split',
    { schema: { params: Params, body: RoadblockSplit, response: { 201: RoadblockMoved } } },
    async (request, reply) => {
      const { pair, roadblock } = request.params
      const wish = new Set(request.body.mentions)
      const made = crypto.randomUUID()
      const moved = await database.asPerson(request.person.id, async tx => {
        const { mentions } = await mineThread(tx, pair, roadblock)
        const leaving = mentions.filter(({ id }) => wish.has(id)).map(({ id }) => id)
        if (leaving.length !== wish.size) throw notFound()
        if (leaving.length === mentions.length)
          throw new Refusal(
            'split-of-all',
            422,
            'Something has to stay. Choose what is about another matter.',
          )
        await tx.run(insertThread(pair, made))
        await tx.all(moveMentions(pair, leaving, made))
        return leaving
      })
      await tell(pair, roadblock)
      return reply.code(201).send({ roadblock: made, mentions: moved })
    },
  )

  app.post(
    '/api/pairs/:pair/roadblocks/:roadblock/merge',
    { schema: { params: Params, body: RoadblockMerge, response: { 200: RoadblockMoved } } },
    async request => {
      const { pair, roadblock } = request.params
      const { into, mentions: some } = request.body
      if (into === roadblock)
        throw new Refusal('merge-with-itself', 422, 'Choose another roadblock to merge it with.')
      const moved = await database.asPerson(request.person.id, async tx => {
        const { mentions } = await mineThread(tx, pair, roadblock)
        await mineThread(tx, pair, into)
        const wish = new Set(some ?? mentions.map(({ id }) => id))
        const leaving = mentions.filter(({ id }) => wish.has(id)).map(({ id }) => id)
        if (leaving.length !== wish.size) throw notFound()
        if (leaving.length === mentions.length) await tx.run(moveDecisions(pair, roadblock, into))
        await tx.all(moveMentions(pair, leaving, into))
        return leaving
      })
      await tell(pair, into)
      return { roadblock: into, mentions: moved }
    },
  )
}
