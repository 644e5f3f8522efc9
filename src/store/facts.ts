import { z } from 'zod'
import { MeetingState } from '../domain/api/pairs.ts'
import type { Side } from '../domain/api/common.ts'
import type {
  BriefFacts,
  FactFeedback,
  FactGrowth,
  FactMeeting,
  FactPromise,
  FactRoadblock,
} from '../domain/brief-facts.ts'
import { TalkJson } from '../domain/contract.ts'
import { isGrowthTalk } from '../domain/growth.ts'
import { toLocal } from '../domain/local-time.ts'
import { helpWith, threadsFrom } from '../domain/roadblock-threads.ts'
import { firstNames } from '../domain/roster.ts'
import type { TalkLabel } from '../domain/talk.ts'
import { agendaOf } from './agenda.ts'
import { at, atOrNull } from './columns.ts'
import type { Tx } from './database.ts'
import { type FeedbackRecord, feedbackOf, feedbackRequests, ownObservations } from './feedback.ts'
import { goalsOf, growthReached } from './goals.ts'
import { type PairRecord } from './pairs.ts'
import { type RemarkRecord, remarksOf } from './remarks.ts'
import { mentionsOf, roadblockDecisionsOf, threadsOf } from './roadblocks.ts'
import { query, queryInOne, sql } from './sql.ts'

/** For which meeting, or for which moment where none is planned. */
export interface Occasion {
  readonly meeting: string | null
  readonly at: string
}

const MeetingFact = z.object({
  id: z.string(),
  at,
  state: MeetingState,
  changedBy: z.string().nullable(),
  talk: z.array(TalkJson).nullable(),
})

/** What has been by then, oldest first, with the kinds of talk of the last transcript of each. */
const meetingsBefore = (pair: string, until: string) =>
  queryInOne(
    MeetingFact,
    sql`select meeting.id, meeting.at, meeting.state, meeting.changed_by as "changedBy",
        (select talk from transcript where transcript.pair_id = ${pair} and transcript.meeting_id = meeting.id
          and transcript.state = 'read' order by created_at desc limit 1) as talk
      from meeting where pair_id = ${pair} and state <> 'planned' and at < ${until}::timestamptz order by at`,
  )

const PromiseFact = z.object({
  id: z.string(),
  text: z.string(),
  owner: z.string().nullable(),
  due: z.string().nullable(),
  state: z.enum(['open', 'done', 'dropped']),
  meeting: z.string(),
  at,
  closedAt: atOrNull,
  evidence: z.array(z.object({ line: z.int(), quote: z.string() })),
})

/** Open ones, and those that were kept or dropped in the last twelve weeks. */
const promisesBefore = (pair: string, until: string) =>
  queryInOne(
    PromiseFact,
    sql`select action_item.id, text, owner_id as owner, due, action_item.state, meeting_id as meeting, meeting.at,
        closed_at as "closedAt", evidence
      from action_item join meeting on meeting.id = meeting_id and meeting.pair_id = ${pair}
      where action_item.pair_id = ${pair} and (action_item.state = 'open' or (action_item.state in ('done', 'dropped')
        and closed_at > ${until}::timestamptz - interval '84 days'))
      order by meeting.at, action_item.created_at, (evidence -> 0 ->> 'line')::int, action_item.id`,
  )

const Said = z.object({ id: z.string(), text: z.string(), at })

const decisionsBefore = (pair: string) =>
  queryInOne(
    Said,
    sql`select decision.id, text, meeting.at from decision
      join meeting on meeting.id = meeting_id and meeting.pair_id = ${pair}
      where decision.pair_id = ${pair} and decision.state = 'confirmed' order by meeting.at desc, decision.created_at limit 20`,
  )

/** Mine alone, for the policy lets nobody else's through; the last ones, oldest first. */
const ownNotes = (pair: string) =>
  query(
    Said,
    sql`select id, text, at from (select note.id, note.text, meeting.at from note
        join meeting on meeting.id = meeting_id and meeting.pair_id = ${pair}
        where note.pair_id = ${pair} and visibility = 'private' and author_id = current_person() and note.text <> ''
        order by meeting.at desc limit 5) latest order by at`,
  )

/**
 * What a brief and topics for one person are made from. To be asked inside `asPerson(reader)`: the
 * other's private rows are then not there to be read.
 */
export const readBriefFacts = async (
  tx: Tx,
  pair: PairRecord,
  reader: string,
  occasion: Occasion,
): Promise<BriefFacts> => {
  const [
    meetings,
    promises,
    decisions,
    remarks,
    notes,
    given,
    requests,
    observations,
    goals,
    reached,
    ...threads
  ] = await tx.several(
    meetingsBefore(pair.id, occasion.at),
    promisesBefore(pair.id, occasion.at),
    decisionsBefore(pair.id),
    remarksOf(pair.id),
    ownNotes(pair.id),
    feedbackOf(pair.id),
    feedbackRequests(pair.id),
    ownObservations(pair.id),
    goalsOf(pair.id),
    growthReached(pair.id),
    threadsOf(pair.id),
    mentionsOf(pair.id),
    roadblockDecisionsOf(pair.id),
  )
  const agenda = occasion.meeting === null ? [] : await tx.all(agendaOf(pair.id, occasion.meeting))
  const day = (instant: string) => toLocal(instant, pair.timezone).slice(0, 10)
  const side = (person: string | null): Side | null =>
    person === pair.managerId ? 'manager' : person === pair.reportId ? 'report' : null
  return {
    reader: reader === pair.managerId ? 'manager' : 'report',
    names: firstNames({ manager: pair.managerName, report: pair.reportName }),
    today: day(occasion.at),
    cadenceDays: pair.cadenceDays,
    meetings: meetings.flatMap(meeting => meetingFact(meeting, day(meeting.at), side(meeting.changedBy))),
    promises: promises.map(({ owner, at: saidAt, closedAt, evidence, text, ...promise }): FactPromise => ({
      ...promise,
      text: withFirstNames(text, pair),
      owner: side(owner),
      saidOn: day(saidAt),
      closedOn: closedAt ? day(closedAt) : null,
      quote: evidence[0]?.quote ?? null,
    })),
    decisions: decisions.map(({ id, text, at: on }) => ({ id, text, on: day(on) })),
    roadblocks: threadsFrom(threads).flatMap(({ view, mentions }): FactRoadblock[] =>
      view
        ? [
            {
              id: view.id,
              text: view.text,
              state: view.state,
              saidOn: view.said.map(day),
              resolvedOn: view.resolvedAt ? day(view.resolvedAt) : null,
              decision: view.decision
                ? {
                    choice: view.decision.choice,
                    what: view.decision.what,
                    by: side(view.decision.owner),
                    due: view.decision.due,
                    on: day(view.decision.decidedAt),
                  }
                : null,
              help: mentions.flatMap(mention => helpWith(mention, threads[1], promises).map(({ id }) => id)),
            },
          ]
        : [],
    ),
    growth: {
      talked: [
        ...growthTalk(meetings, remarks, day),
        ...reached.map(({ id, at: on, text }) => ({ id, on: day(on), text })),
        ...goals.flatMap(({ checkIns }) => checkIns.map(({ id, on, text }) => ({ id, on, text }))),
      ].toSorted((a, b) => a.on.localeCompare(b.on)),
      goals: goals
        .filter(({ state }) => state === 'open')
        .map(({ id, text, day: checkOn }) => ({ id, text, checkOn })),
    },
    feedback: feedbackFacts(remarks, given, day, side),
    asked: requests
      .map(({ id, askedAt }) => ({
        id,
        on: day(askedAt),
        answered: given.some(({ request }) => request === id),
      }))
      .toReversed(),
    agenda: agenda
      .filter(({ state }) => state === 'open')
      .flatMap(({ id, text, kind, raisedBy, carriedFrom }) => {
        const by = side(raisedBy)
        return by ? [{ id, text, kind, by, carriedFrom: carriedFrom ? day(carriedFrom) : null }] : []
      }),
    ownNotes: notes.map(({ id, text, at: on }) => ({ id, text, on: day(on) })),
    ownObservations: observations.toReversed(),
  }
}

const meetingFact = (
  { id, state, talk }: z.infer<typeof MeetingFact>,
  day: string,
  changedBy: Side | null,
): FactMeeting[] =>
  state === 'planned' ? [] : [{ id, day, state, changedBy, talk: talk ? sharesOf(talk) : null }]

/** Between the two, first names are enough: "Mail Ines Calder the plan" is read by Ines. */
const withFirstNames = (text: string, { managerName: manager, reportName: report }: PairRecord): string => {
  const short = firstNames({ manager, report })
  return text.replaceAll(manager, short.manager).replaceAll(report, short.report)
}

/** Share of lines by kind of talk. */
const sharesOf = (talk: readonly z.infer<typeof TalkJson>[]): Partial<Record<TalkLabel, number>> => {
  const shares: Partial<Record<TalkLabel, number>> = {}
  const lines = linesIn(talk)
  for (const { label, fromLine, toLine } of talk)
    shares[label] = (shares[label] ?? 0) + (toLine - fromLine + 1) / Math.max(1, lines)
  return shares
}

/** What was said in a meeting and what was sent, oldest first. */
const feedbackFacts = (
  remarks: readonly RemarkRecord[],
  given: readonly FeedbackRecord[],
  day: (instant: string) => string,
  side: (person: string | null) => Side | null,
): FactFeedback[] => [
  ...remarks.flatMap(({ id, kind, direction, text, at: on }): FactFeedback[] =>
    kind === 'feedback' && direction !== null
      ? [{ id, from: direction === 'up' ? 'report' : 'manager', text, on: day(on), state: 'spoken' }]
      : [],
  ),
  ...given.toReversed().flatMap(({ id, from, behavior, state, sharedAt }): FactFeedback[] => {
    const by = side(from)
    return by ? [{ id, from: by, text: behavior, on: day(sharedAt), state }] : []
  }),
]

const growthLines = (talk: readonly z.infer<typeof TalkJson>[]) => ({
  lines: linesIn(talk.filter(({ label }) => label === 'growth')),
  of: linesIn(talk),
})
const linesIn = (talk: readonly z.infer<typeof TalkJson>[]): number =>
  talk.reduce((sum, { fromLine, toLine }) => sum + toLine - fromLine + 1, 0)

const growthTalk = (
  meetings: readonly z.infer<typeof MeetingFact>[],
  remarks: readonly RemarkRecord[],
  day: (instant: string) => string,
): FactGrowth['talked'][number][] =>
  meetings.flatMap(({ id, at: on, talk }): FactGrowth['talked'][number][] => {
    const said = remarks.filter(({ kind, meeting }) => kind === 'growth' && meeting === id)
    const [first] = said.toSorted((a, b) => b.text.length - a.text.length)
    if (first) return [{ id: first.id, on: day(on), text: first.text }]
    return isGrowthTalk({ sentences: said.length, ...growthLines(talk ?? []) })
      ? [{ id, on: day(on), text: null }]
      : []
  })
