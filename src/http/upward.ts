import type { UpwardTopic } from '../domain/api/feedback.ts'
import type { Side } from '../domain/api/common.ts'
import type { BriefFacts } from '../domain/brief-facts.ts'
import { toLocal } from '../domain/local-time.ts'
import type { Writer } from '../domain/coach-desk.ts'
import { asPerson, type Database } from '../store/database.ts'
import { ownObservations } from '../store/feedback.ts'
import { promisesOf } from '../store/findings.ts'
import { meetingsOfPair } from '../store/meetings.ts'
import { ownNotes } from '../store/notes.ts'
import type { PairRecord } from '../store/pairs.ts'

/** Half a year of weekly meetings: nothing older is suggested. */
const meetings = 30

/** Places for the report to start from, out of what they may read: read as them, so the manager's own rows cannot be in it. */
export const upwardTopics = async (
  { database, writer }: { readonly database: Database; readonly writer: Writer },
  pair: PairRecord,
  report: string,
  today: string,
): Promise<UpwardTopic[]> => {
  const [held, promises, notes, observations] = await database.read(
    asPerson(report),
    meetingsOfPair(pair.id, meetings),
    promisesOf(pair.id),
    ownNotes(pair.id),
    ownObservations(pair.id),
  )
  const dayOf = (instant: string) => toLocal(instant, pair.timezone).slice(0, 10)
  const sideOf = (person: string | null): Side | null =>
    person === pair.managerId ? 'manager' : person === pair.reportId ? 'report' : null
  const facts: BriefFacts = {
    reader: 'report',
    names: { manager: firstOf(pair.managerName), report: firstOf(pair.reportName) },
    today,
    cadenceDays: pair.cadenceDays,
    meetings: held
      .flatMap(({ id, at, state, changedBy }) =>
        state === 'planned' ? [] : [{ id, day: dayOf(at), state, changedBy: sideOf(changedBy), talk: null }],
      )
      .toReversed(),
    promises: promises.map(promise => ({
      id: promise.id,
      text: promise.text,
      owner: sideOf(promise.owner),
      due: promise.due,
      state: promise.state,
      saidOn: dayOf(promise.meetingAt),
      meeting: promise.meeting,
      closedOn: promise.closedAt === null ? null : dayOf(promise.closedAt),
      quote: promise.evidence[0]?.quote ?? null,
    })),
    decisions: [],
    roadblocks: [],
    growth: { talked: [], goals: [] },
    feedback: [],
    asked: [],
    agenda: [],
    ownNotes: notes.map(({ id, at, text }) => ({ id, on: dayOf(at), text })),
    ownObservations: observations.toReversed(),
  }
  const { value } = await writer.upward(facts, { pair: pair.id, person: report, language: pair.language })
  return value.map(({ text, reason, sources }) => ({
    text,
    reason,
    sources: [...sources],
  }))
}

const firstOf = (name: string) => name.split(' ')[0] ?? name
