import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import { Finding, FindingChange, FindingKind, NewFinding } from '../domain/api/findings.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { placeQuotes } from '../domain/evidence.ts'
import { stateFor } from '../domain/findings.ts'
import type { Evidence } from '../domain/ports.ts'
import type { Tx } from '../store/database.ts'
import { beginThread } from '../store/roadblocks.ts'
import { changeFinding, findingById, followUpdate, insertFinding } from '../store/findings.ts'
import type { PairRecord } from '../store/pairs.ts'
import { linesOf, transcriptById } from '../store/transcripts.ts'
import type { Dependencies } from './dependencies.ts'
import { changedMeanwhile, mineMeeting } from './meetings.ts'
import { minePair, PairParams } from './pairs.ts'

const Params = z.object({ pair: Id, kind: FindingKind, finding: Id })

/** Settling findings, and adding by hand. A change names the version it was made from; a stale one: 409. */
export const findings: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus }) => {
  const tell = (pair: string, meeting: string) =>
    bus.publish({ channel: 'meeting', pair, id: meeting, event: 'changed' })

  app.post(
    '/api/pairs/:pair/findings',
    { schema: { params: PairParams, body: NewFinding, response: { 201: Finding } } },
    async (request, reply) => {
      const wish = request.body
      const made = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, request.params.pair)
        await mineMeeting(tx, pair.id, wish.meeting)
        refuseStranger(pair, wish.owner)
        if (wish.transcript) await refuseElsewhere(tx, pair.id, wish.transcript, wish.meeting)
        const evidence = await placed(tx, pair.id, wish)
        const row = {
          ...wish,
          evidence,
          confidence: null,
          state: stateFor(wish.kind, 'confirmed'),
          dueCertainty: wish.due ? ('exact' as const) : ('none' as const),
        }
        const inserted = await tx.first(insertFinding(pair.id, row, request.person.id))
        // Marked by hand it stands for itself; whoever knows that it came back merges the two.
        if (inserted && wish.kind === 'roadblock')
          await tx.run(...beginThread(pair.id, crypto.randomUUID(), inserted.id))
        return inserted && tx.first(findingById(pair.id, wish.kind, inserted.id))
      })
      if (!made) throw notFound()
      await tell(request.params.pair, made.meeting)
      return reply.code(201).send(made)
    },
  )

  app.patch(
    '/api/pairs/:pair/findings/:kind/:finding',
    { schema: { params: Params, body: FindingChange, response: { 200: Finding } } },
    async request => {
      const { pair: pairId, kind, finding } = request.params
      const { version, state: wish, ...change } = request.body
      const changed = await database.asPerson(request.person.id, async tx => {
        const pair = await minePair(tx, pairId)
        if (!(await tx.first(findingById(pairId, kind, finding)))) throw notFound()
        refuseStranger(pair, change.owner)
        const state = wish === undefined ? undefined : stateFor(kind, wish)
        const done = await tx.first(changeFinding(pairId, kind, finding, version, { ...change, state }))
        if (!done) throw changedMeanwhile()
        // Only a step over the line between confirmed and not touches the item it speaks of.
        if (kind === 'update' && state && (state === 'confirmed') !== (done.previous === 'confirmed'))
          await tx.run(...followUpdate(pairId, finding))
        return tx.first(findingById(pairId, kind, finding))
      })
      if (!changed) throw notFound()
      await tell(pairId, changed.meeting)
      return changed
    },
  )
}

export const refuseStranger = (pair: PairRecord, owner: string | null | undefined): void => {
  if (owner && owner !== pair.managerId && owner !== pair.reportId)
    throw new Refusal('owner-unknown', 422, 'A promise belongs to one of the two, or to nobody yet.')
}

const refuseElsewhere = async (tx: Tx, pair: string, transcript: string, meeting: string): Promise<void> => {
  const found = await tx.first(transcriptById(pair, transcript))
  if (!found) throw notFound()
  if (found.meetingId !== meeting)
    throw new Refusal(
      'transcript-elsewhere',
      422,
      'This transcript belongs to another meeting. Add it there.',
    )
}

/** Quotes marked by hand pass the same check as the coach's: they must stand in their line. */
const placed = async (tx: Tx, pair: string, wish: NewFinding): Promise<readonly Evidence[]> => {
  if (wish.evidence.length === 0) return []
  const lines = wish.transcript ? await tx.all(linesOf(pair, wish.transcript)) : []
  const evidence = placeQuotes(wish.evidence, lines)
  if (evidence.length !== wish.evidence.length)
    throw new Refusal(
      'quote-not-found',
      422,
      'Those words do not stand in that line. Mark them in the transcript.',
    )
  return evidence
}
