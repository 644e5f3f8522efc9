import { z } from 'zod'
import { EvidenceView } from '../domain/api/findings.ts'
import { RoadblockChoice } from '../domain/api/roadblocks.ts'
import { at, atOrNull, Identified } from './columns.ts'
import { json, query, queryInOne, sql, vector } from './sql.ts'
import type { Statement } from './sql.ts'

/** A thread: what holds its mentions together. Words stand in them alone. */
export const ThreadRecord = z.object({
  id: z.string(),
  settled: z.enum(['open', 'resolved']).nullable(),
  settledBy: z.string().nullable(),
  settledAt: atOrNull,
  version: z.int(),
})
export type ThreadRecord = z.infer<typeof ThreadRecord>

export const MentionRecord = z.object({
  id: z.string(),
  thread: z.string(),
  meeting: z.string(),
  at,
  transcript: z.string().nullable(),
  text: z.string(),
  status: z.enum(['raised', 'resolved']),
  evidence: z.array(EvidenceView.extend({ speaker: z.string().nullable() })),
})
export type MentionRecord = z.infer<typeof MentionRecord>

export const RoadblockDecisionRecord = z.object({
  id: z.string(),
  thread: z.string(),
  choice: RoadblockChoice,
  what: z.string(),
  owner: z.string().nullable(),
  due: z.string().nullable(),
  promise: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: at,
})
export type RoadblockDecisionRecord = z.infer<typeof RoadblockDecisionRecord>

export const threadsOf = (pair: string) =>
  queryInOne(
    ThreadRecord,
    sql`select id, settled, settled_by as "settledBy", settled_at as "settledAt", version
      from roadblock where pair_id = ${pair}`,
  )

/** What two people confirmed, oldest first, with who spoke each quoted line. */
export const mentionsOf = (pair: string) =>
  queryInOne(
    MentionRecord,
    sql`select mention.id, mention.roadblock_id as thread, mention.meeting_id as meeting, meeting.at,
        mention.transcript_id as transcript, mention.text, mention.status,
        (select coalesce(jsonb_agg(quote.value || jsonb_build_object('speaker', line.speaker) order by quote.ordinality), '[]')
          from jsonb_array_elements(mention.evidence) with ordinality quote
          left join line on line.pair_id = ${pair} and line.transcript_id = mention.transcript_id
            and line.no = (quote.value ->> 'line')::int) as evidence
      from roadblock_mention mention join meeting on meeting.id = mention.meeting_id and meeting.pair_id = ${pair}
      where mention.pair_id = ${pair} and mention.state = 'confirmed' and mention.roadblock_id is not null
      order by meeting.at, (mention.evidence -> 0 ->> 'line')::int nulls last, mention.id`,
  )

/** Oldest first. */
export const roadblockDecisionsOf = (pair: string) =>
  queryInOne(
    RoadblockDecisionRecord,
    sql`select id, roadblock_id as thread, choice, what, owner_id as owner, due, action_item_id as promise,
        decided_by as "decidedBy", decided_at as "decidedAt"
      from roadblock_decision where pair_id = ${pair} order by decided_at, id`,
  )

/** A mention as it is compared: proposed ones too, so that both people see at once that it came back. */
const Comparable = z.object({
  id: z.string(),
  thread: z.string().nullable(),
  meeting: z.string(),
  on: at,
  transcript: z.string().nullable(),
  text: z.string(),
  quotes: z.array(z.string()),
  around: z.string(),
  status: z.enum(['raised', 'resolved']),
  embedder: z.string().nullable(),
  /** pgvector's own notation. */
  vector: z.string().nullable(),
})
export type ComparableMention = z.infer<typeof Comparable>

/** How many lines on either side are read with a mention. */
const linesAround = 3

/** A transcript's mentions and the last others of its pair, oldest first; none that somebody dismissed. */
export const comparableMentions = (pair: string, transcript: string, limit = 400) =>
  queryInOne(
    Comparable,
    sql`select * from (
        select mention.id, mention.roadblock_id as thread, mention.meeting_id as meeting, meeting.at as on,
          mention.transcript_id as transcript, mention.text, mention.status, mention.embedder,
          mention.embedding::text as vector,
          (select coalesce(jsonb_agg(quote.value -> 'quote' order by quote.ordinality), '[]')
            from jsonb_array_elements(mention.evidence) with ordinality quote) as quotes,
          coalesce((select string_agg(line.text, ' ' order by line.no) from line
            where line.pair_id = ${pair} and line.transcript_id = mention.transcript_id
              and line.no between (mention.evidence -> 0 ->> 'line')::int - ${linesAround}
                and (mention.evidence -> -1 ->> 'line')::int + ${linesAround}), '') as around,
          (mention.evidence -> 0 ->> 'line')::int as line
        from roadblock_mention mention join meeting on meeting.id = mention.meeting_id and meeting.pair_id = ${pair}
        where mention.pair_id = ${pair} and mention.state <> 'dismissed'
        order by (mention.transcript_id is not distinct from ${transcript}) desc, meeting.at desc, line desc nulls last,
          mention.id limit ${limit}) latest
      order by latest.on, latest.line nulls last, latest.id`,
  )

/** One at a time links in a pair: two at once would each begin a thread for the same matter. */
export const linkAlone = (pair: string) =>
  query(
    z.object({ alone: z.boolean() }),
    sql`select pg_advisory_xact_lock(hashtextextended(${`roadblocks ${pair}`}, 0)) is not null as alone`,
  )

export const linkedCount = (pair: string) =>
  query(
    z.object({ linked: z.int() }),
    sql`select count(*)::int as linked from roadblock_mention
      where pair_id = ${pair} and roadblock_id is not null and state <> 'dismissed'`,
  )

/** Begins a thread with a mention that has none; nothing when the mention has gone meanwhile. */
export const beginThread = (pair: string, thread: string, mention: string): Statement[] => [
  sql`insert into roadblock (id, pair_id) select ${thread}, pair_id from roadblock_mention
    where pair_id = ${pair} and id = ${mention} and roadblock_id is null`,
  sql`update roadblock_mention set roadblock_id = ${thread} where pair_id = ${pair} and id = ${mention}
    and roadblock_id is null and exists (select from roadblock where pair_id = ${pair} and id = ${thread})`,
]

export const joinThread = (pair: string, thread: string, mention: string, confidence: number): Statement =>
  sql`update roadblock_mention set roadblock_id = ${thread}, link_confidence = ${confidence}
    where pair_id = ${pair} and id = ${mention} and roadblock_id is null
      and exists (select from roadblock where pair_id = ${pair} and id = ${thread})`

export const storeMentionVectors = (
  pair: string,
  embedder: string,
  vectors: readonly { readonly id: string; readonly vector: Float32Array }[],
): Statement =>
  sql`update roadblock_mention set embedder = ${embedder}, embedding = given.vector::halfvec
    from jsonb_to_recordset(${json(vectors.map(row => ({ id: row.id, vector: vector(row.vector) })))}::jsonb)
      as given (id uuid, vector text)
    where roadblock_mention.pair_id = ${pair} and roadblock_mention.id = given.id`

/** By hand: gone, or not gone. No row when the other was quicker. */
export const settleThread = (pair: string, thread: string, version: number, settled: 'open' | 'resolved') =>
  query(
    Identified,
    sql`update roadblock set settled = ${settled}, settled_by = current_person(), settled_at = now(),
      version = version + 1 where pair_id = ${pair} and id = ${thread} and version = ${version} returning id`,
  )

/** Moves mentions into another thread of the pair, by hand; the emptied one goes. */
export const moveMentions = (pair: string, mentions: readonly string[], thread: string) =>
  query(
    Identified,
    sql`update roadblock_mention set roadblock_id = ${thread}, linked_by = current_person(), link_confidence = null
      where pair_id = ${pair} and id = any (${mentions}::uuid[]) and state <> 'dismissed'
        and exists (select from roadblock where pair_id = ${pair} and id = ${thread})
      returning id`,
  )

/** What was decided about one thread belongs to the other as well, once they are one. */
export const moveDecisions = (pair: string, from: string, into: string): Statement =>
  sql`update roadblock_decision set roadblock_id = ${into} where pair_id = ${pair} and roadblock_id = ${from}`

export const insertThread = (pair: string, thread: string): Statement =>
  sql`insert into roadblock (id, pair_id) values (${thread}, ${pair})`

export const insertRoadblockDecision = (
  pair: string,
  decision: Pick<RoadblockDecisionRecord, 'thread' | 'choice' | 'what' | 'owner' | 'due' | 'promise'>,
) =>
  query(
    Identified,
    sql`insert into roadblock_decision (pair_id, roadblock_id, choice, what, owner_id, due, action_item_id, decided_by)
      select ${pair}, id, ${decision.choice}, ${decision.what}, ${decision.owner}::uuid, ${decision.due}::date,
        ${decision.promise}::uuid, current_person()
      from roadblock where pair_id = ${pair} and id = ${decision.thread} returning id`,
  )

/** Takes a decision back, and the promise that was made from it while nobody has closed it. */
export const deleteRoadblockDecision = (pair: string, thread: string, decision: string): Statement[] => [
  sql`delete from action_item using roadblock_decision made
    where made.pair_id = ${pair} and made.roadblock_id = ${thread} and made.id = ${decision}
      and action_item.pair_id = ${pair} and action_item.id = made.action_item_id and action_item.state = 'open'`,
  sql`delete from roadblock_decision where pair_id = ${pair} and roadblock_id = ${thread} and id = ${decision}`,
]
