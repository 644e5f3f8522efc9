import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { BriefPage, TopicsPage, TopicWave } from '../domain/api/preparation.ts'
import { toLocal } from '../domain/local-time.ts'
import { heldMeetings, otherSide } from '../domain/pair-facts.ts'
import { agendaWords, topicKey, topicsToShow } from '../domain/topics.ts'
import type { Tx } from '../store/database.ts'
import { readBriefFacts } from '../store/facts.ts'
import { nextMeeting } from '../store/meetings.ts'
import type { PairRecord } from '../store/pairs.ts'
import { unwaveTopic, wavedTopics, waveTopic } from '../store/waved-topics.ts'
import type { Dependencies } from './dependencies.ts'
import { minePair, PairParams } from './pairs.ts'
import { places } from './places.ts'
import { meetingView, pairView } from './views.ts'

/**
 * What one of the two reads before the meeting, and what they could raise there. Made from the rows when
 * it is asked for (some ten milliseconds), so it is never older than they are. Where a model is set it writes
 * the same beside it, or has done so already.
 */
export const preparation: FastifyPluginAsyncZod<Dependencies> = async (app, { database, clock, writer }) => {
  const factsFor = async (tx: Tx, id: string, reader: string) => {
    const pair = await minePair(tx, id)
    const next = await tx.first(nextMeeting(pair.id, clock.now()))
    const occasion = { meeting: next?.id ?? null, at: next?.at ?? clock.now().toISOString() }
    return { pair, next: next ?? null, facts: await readBriefFacts(tx, pair, reader, occasion) }
  }

  app.get(
    '/api/pairs/:pair/brief',
    { schema: { params: PairParams, response: { 200: BriefPage } } },
    async request => {
      const reader = request.person.id
      const { pair, next, facts } = await database.asPerson(reader, tx =>
        factsFor(tx, request.params.pair, reader),
      )
      const { value, engine, coming } = await writer.brief(facts, readerOf(pair, reader))
      const lines = value.sections.flatMap(section => section.lines)
      const placed = await database.asPerson(reader, tx => places(tx, pair, lines))
      return {
        pair: pairView(pair, reader),
        next: next && meetingView(next, pair.timezone),
        confidence: value.confidence,
        meetings: heldMeetings(facts).filter(({ talk }) => talk !== null).length,
        sections: value.sections.map(section => ({ ...section, lines: section.lines.map(placed) })),
        engine,
        coming,
      }
    },
  )

  app.get(
    '/api/pairs/:pair/topics',
    { schema: { params: PairParams, response: { 200: TopicsPage } } },
    async request => {
      const reader = request.person.id
      const { pair, next, facts } = await database.asPerson(reader, tx =>
        factsFor(tx, request.params.pair, reader),
      )
      const { value } = await writer.topics(facts, readerOf(pair, reader))
      return database.asPerson(reader, async tx => {
        const today = toLocal(clock.now(), pair.timezone).slice(0, 10)
        const waved = (await tx.all(wavedTopics(pair.id))).map(row => ({
          key: row.key,
          on: toLocal(row.at, pair.timezone).slice(0, 10),
        }))
        const { agenda } = facts
        const other = facts.names[otherSide(facts.reader)]
        const topics = topicsToShow(value, { waved, agenda, today, other })
        const placed = await places(tx, pair, topics)
        return {
          meeting: next?.id ?? null,
          topics: topics.map(topic => ({
            ...placed(topic),
            key: topicKey(topic),
            item: agendaWords(topic.text, other),
          })),
        }
      })
    },
  )

  app.put(
    '/api/pairs/:pair/topics/waved',
    { schema: { params: PairParams, body: TopicWave, response: { 204: z.null() } } },
    async (request, reply) => {
      const { key, away } = request.body
      await database.asPerson(request.person.id, async tx => {
        const { id } = await minePair(tx, request.params.pair)
        await tx.run(away ? waveTopic(id, key, clock.now()) : unwaveTopic(id, key))
      })
      return reply.code(204).send(null)
    },
  )
}

const readerOf = (pair: PairRecord, person: string) => ({
  pair: pair.id,
  person,
  language: pair.language,
})
