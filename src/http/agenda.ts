import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { templatesFor } from '../domain/agenda-templates.ts'
import {
  AgendaItem,
  AgendaItemChange,
  AgendaOrder,
  AgendaPage,
  NewAgendaItem,
  NewWriting,
  TemplateChoice,
  WritingChange,
} from '../domain/api/agenda.ts'
import { Id } from '../domain/api/common.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { toLocal } from '../domain/local-time.ts'
import {
  agendaItem,
  agendaOf,
  type AgendaRecord,
  changeAgendaItem,
  changeWriting,
  forgetRemoved,
  insertAgendaItem,
  insertWriting,
  orderAgenda,
  ownTemplates,
} from '../store/agenda.ts'
import { asPerson, type Tx } from '../store/database.ts'
import { markHeld, meetingById } from '../store/meetings.ts'
import { pairById, type PairRecord } from '../store/pairs.ts'
import { forgetCopies } from '../store/rhythm.ts'
import type { Dependencies } from './dependencies.ts'
import { changedMeanwhile, mineMeeting } from './meetings.ts'
import { minePair } from './pairs.ts'

const Params = z.object({ pair: Id, meeting: Id })
const ItemParams = Params.extend({ item: Id })
const WritingParams = ItemParams.extend({ writing: Id })

/** More than anybody can talk about; what comes on top is refused in a sentence. */
const mostItems = 40

export const agendaView = (item: AgendaRecord, { timezone }: PairRecord): AgendaItem => ({
  ...item,
  carriedFrom: item.carriedFrom && toLocal(item.carriedFrom, timezone).slice(0, 10),
  carriedTo: item.carriedTo && {
    meeting: item.carriedTo.meeting,
    day: toLocal(item.carriedTo.at, timezone).slice(0, 10),
  },
})

/** What the two want to talk about in one meeting, and what was sent in writing instead. */
export const agenda: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus, clock }) => {
  const tell = (pair: string, meeting: string) =>
    bus.publish({ channel: 'meeting', pair, id: meeting, event: 'changed' })

  app.get(
    '/api/pairs/:pair/meetings/:meeting/agenda',
    { schema: { params: Params, response: { 200: AgendaPage } } },
    async request => {
      const { pair: pairId, meeting } = request.params
      const [[pair], [there], items] = await database.read(
        asPerson(request.person.id),
        pairById(pairId),
        meetingById(pairId, meeting),
        agendaOf(pairId, meeting),
      )
      if (!pair || !there) throw notFound()
      return { items: inTurn(items, pair).map(item => agendaView(item, pair)) }
    },
  )

  app.post(
    '/api/pairs/:pair/meetings/:meeting/agenda',
    { schema: { params: Params, body: NewAgendaItem, response: { 201: AgendaItem } } },
    async (request, reply) => {
      const { pair: pairId, meeting } = request.params
      const { id = crypto.randomUUID(), text, kind } = request.body
      const view = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, pairId)
        await mineMeeting(tx, pairId, meeting)
        await refuseFull(tx, pairId, meeting, request.person.id, 1)
        await tx.run(forgetRemoved(pairId))
        await tx.all(insertAgendaItem(pairId, meeting, { id, text, kind }))
        return agendaView(await itemOf(tx, pairId, meeting, id), pair)
      })
      await tell(pairId, meeting)
      return reply.code(201).send(view)
    },
  )

  app.post(
    '/api/pairs/:pair/meetings/:meeting/agenda/from-template',
    { schema: { params: Params, body: TemplateChoice, response: { 201: AgendaPage } } },
    async (request, reply) => {
      const { pair: pairId, meeting } = request.params
      const items = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, pairId)
        await mineMeeting(tx, pairId, meeting)
        const side = pair.managerId === request.person.id ? 'manager' : 'report'
        const known = [...templatesFor(side), ...(await tx.all(ownTemplates(pairId)))]
        const chosen = known.find(({ id }) => id === request.body.template)
        if (!chosen) throw notFound()
        await refuseFull(tx, pairId, meeting, request.person.id, chosen.items.length)
        for (const item of chosen.items)
          await tx.all(insertAgendaItem(pairId, meeting, { id: crypto.randomUUID(), ...item }))
        return inTurn(await tx.all(agendaOf(pairId, meeting)), pair).map(item => agendaView(item, pair))
      })
      await tell(pairId, meeting)
      return reply.code(201).send({ items })
    },
  )

  app.put(
    '/api/pairs/:pair/meetings/:meeting/agenda/order',
    { schema: { params: Params, body: AgendaOrder, response: { 200: AgendaPage } } },
    async request => {
      const { pair: pairId, meeting } = request.params
      const items = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, pairId)
        await mineMeeting(tx, pairId, meeting)
        await tx.run(orderAgenda(pairId, meeting, request.body.items))
        return inTurn(await tx.all(agendaOf(pairId, meeting)), pair).map(item => agendaView(item, pair))
      })
      await tell(pairId, meeting)
      return { items }
    },
  )

  app.patch(
    '/api/pairs/:pair/meetings/:meeting/agenda/:item',
    { schema: { params: ItemParams, body: AgendaItemChange, response: { 200: AgendaItem } } },
    async request => {
      const { pair: pairId, meeting, item } = request.params
      const { version, ...change } = request.body
      const view = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, pairId)
        const before = await itemOf(tx, pairId, meeting, item)
        const isMine = before.raisedBy === request.person.id
        if (!isMine && (change.text !== undefined || change.kind !== undefined || change.state === 'removed'))
          throw new Refusal(
            'agenda-item-not-yours',
            422,
            'Only who raised it can change its words or take it off. Raise it yourself instead.',
          )
        if (!(await tx.first(changeAgendaItem(pairId, item, version, change)))) throw changedMeanwhile()
        await followTick(tx, pair, before, change.state, clock.now())
        return agendaView(await itemOf(tx, pairId, meeting, item), pair)
      })
      await tell(pairId, meeting)
      return view
    },
  )

  app.post(
    '/api/pairs/:pair/meetings/:meeting/agenda/:item/writings',
    { schema: { params: ItemParams, body: NewWriting, response: { 201: AgendaItem } } },
    async (request, reply) => {
      const { pair: pairId, meeting, item } = request.params
      const { id = crypto.randomUUID(), text } = request.body
      const view = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, pairId)
        const { state, version } = await itemOf(tx, pairId, meeting, item)
        const isNew = await tx.first(insertWriting(pairId, item, id, text))
        if (isNew && state === 'open')
          await tx.all(changeAgendaItem(pairId, item, version, { state: 'written', askedToWrite: false }))
        return agendaView(await itemOf(tx, pairId, meeting, item), pair)
      })
      await tell(pairId, meeting)
      return reply.code(201).send(view)
    },
  )

  app.patch(
    '/api/pairs/:pair/meetings/:meeting/agenda/:item/writings/:writing',
    { schema: { params: WritingParams, body: WritingChange, response: { 200: AgendaItem } } },
    async request => {
      const { pair: pairId, meeting, item, writing } = request.params
      const { version, text } = request.body
      const view = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, pairId)
        const { updates } = await itemOf(tx, pairId, meeting, item)
        // Somebody else's words are there to read, not to change: for this route they are not there.
        if (!updates.some(({ id, author }) => id === writing && author === request.person.id))
          throw notFound()
        if (!(await tx.first(changeWriting(pairId, item, writing, version, text)))) throw changedMeanwhile()
        return agendaView(await itemOf(tx, pairId, meeting, item), pair)
      })
      await tell(pairId, meeting)
      return view
    },
  )
}

/** What was reached after all is not carried, and a meeting in which something was reached took place. */
const followTick = async (
  tx: Tx,
  pair: PairRecord,
  before: AgendaRecord,
  state: string | undefined,
  now: Date,
): Promise<void> => {
  if (state !== 'reached') return
  if (before.state === 'carried') await tx.run(forgetCopies(pair.id, before.id))
  const meeting = await tx.first(meetingById(pair.id, before.meeting))
  if (meeting && meeting.at <= now.toISOString()) await tx.run(markHeld(pair.id, meeting.id))
}

const itemOf = async (tx: Tx, pair: string, meeting: string, item: string): Promise<AgendaRecord> => {
  const found = await tx.first(agendaItem(pair, meeting, item))
  if (!found) throw notFound()
  return found
}

/** The report goes first. */
const inTurn = (items: readonly AgendaRecord[], { reportId }: PairRecord): AgendaRecord[] => [
  ...items.filter(({ raisedBy }) => raisedBy === reportId),
  ...items.filter(({ raisedBy }) => raisedBy !== reportId),
]

const refuseFull = async (tx: Tx, pair: string, meeting: string, person: string, more: number) => {
  const items = await tx.all(agendaOf(pair, meeting))
  if (items.filter(({ raisedBy }) => raisedBy === person).length + more > mostItems)
    throw new Refusal(
      'agenda-full',
      422,
      `${mostItems} are more than one meeting can hold. Take something off first.`,
    )
}
