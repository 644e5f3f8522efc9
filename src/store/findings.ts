import { z } from 'zod'
import { Finding, type FindingKind, type FindingState } from '../domain/api/findings.ts'
import type { Evidence } from '../domain/ports.ts'
import { atOrNull, Identified } from './columns.ts'
import { json, name, query, queryInOne, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** What a proven proposal brings to its row; fields a kind does not know stay away. */
export interface NewFindingRecord {
  readonly kind: FindingKind
  readonly meeting: string
  readonly transcript: string | null
  readonly text: string
  readonly state: FindingState
  readonly confidence: number | null
  readonly evidence: readonly Evidence[]
  readonly owner?: string | null
  readonly due?: string | null
  readonly duePhrase?: string | null
  readonly dueCertainty?: 'exact' | 'approximate' | 'none'
  readonly itemKind?: 'commitment' | 'accepted-request'
  readonly status?: 'raised' | 'resolved' | 'done' | 'dropped' | 'changed' | 'still-open'
  /** Updates: the open item. */
  readonly item?: string
}

const tables = {
  'action-item': 'action_item',
  decision: 'decision',
  roadblock: 'roadblock_mention',
  update: 'item_update',
} as const satisfies Record<FindingKind, string>

const tableOf = (kind: FindingKind): Statement => name(tables[kind])

const FindingRow = Finding.extend({ settledAt: atOrNull })

const columns = sql`finding.id, finding.kind, finding.meeting_id as meeting, finding.transcript_id as transcript,
  finding.note_id as note,
  finding.text, finding.state, finding.owner_id as owner, finding.due, finding.due_phrase as "duePhrase",
  finding.due_certainty as "dueCertainty", finding.item_kind as "itemKind", finding.status,
  case when item.id is null then null else jsonb_build_object(
    'id', item.id, 'text', item.text, 'owner', item.owner_id, 'due', item.due) end as item,
  finding.confidence, finding.evidence, finding.settled_by as "settledBy", finding.settled_at as "settledAt",
  finding.version`

const findings = sql`finding left join action_item item on item.id = finding.item_id and item.pair_id = finding.pair_id`

/** In the order in which they were said. */
const asSaid = sql`order by (finding.evidence -> 0 ->> 'line')::int nulls last, finding.created_at, finding.id`

export const findingsOfMeeting = (pair: string, meeting: string) =>
  queryInOne(
    FindingRow,
    sql`select ${columns} from ${findings}
      where finding.pair_id = ${pair} and finding.meeting_id = ${meeting} ${asSaid}`,
  )

export const findingsOfTranscript = (pair: string, transcript: string) =>
  queryInOne(
    FindingRow,
    sql`select ${columns} from ${findings}
      where finding.pair_id = ${pair} and finding.transcript_id = ${transcript} ${asSaid}`,
  )

export const findingById = (pair: string, kind: FindingKind, id: string) =>
  query(
    FindingRow,
    sql`select ${columns} from ${findings}
      where finding.pair_id = ${pair} and finding.kind = ${kind} and finding.id = ${id}`,
  )

const insertColumns: Record<FindingKind, (finding: NewFindingRecord) => [Statement, Statement]> = {
  'action-item': finding => [
    sql`, text, owner_id, due, due_phrase, due_certainty, kind`,
    sql`, ${finding.text}, ${finding.owner ?? null}, ${finding.due ?? null}, ${finding.duePhrase ?? null},
      ${finding.dueCertainty ?? 'none'}, ${finding.itemKind ?? 'commitment'}`,
  ],
  decision: finding => [sql`, text`, sql`, ${finding.text}`],
  roadblock: finding => [sql`, text, status`, sql`, ${finding.text}, ${finding.status ?? 'raised'}`],
  update: finding => [
    sql`, action_item_id, status, due, due_phrase, due_certainty`,
    sql`, ${finding.item ?? null}, ${finding.status ?? 'still-open'}, ${finding.due ?? null},
      ${finding.duePhrase ?? null}, ${finding.dueCertainty ?? 'none'}`,
  ],
}

/** A finding of a pair; `by` is the person who added it by hand, null for the coach. */
export const insertFinding = (pair: string, finding: NewFindingRecord, by: string | null) => {
  const [more, values] = insertColumns[finding.kind](finding)
  return query(
    Identified,
    sql`insert into ${tableOf(finding.kind)} (pair_id, meeting_id, transcript_id, state, confidence, evidence, settled_by,
        settled_at ${more})
      values (${pair}, ${finding.meeting}, ${finding.transcript}, ${finding.state}, ${finding.confidence},
        ${json(finding.evidence)}::jsonb, ${by}::uuid, ${by ? new Date() : null}::timestamptz ${values})
      returning id`,
  )
}

/** Proposals nobody has touched make room for a new reading; what a person settled stays. */
export const deleteProposals = (pair: string, transcript: string): Statement[] =>
  Object.values(tables).map(
    table => sql`delete from ${name(table)} where pair_id = ${pair} and transcript_id = ${transcript}
      and state = 'proposed' and settled_by is null`,
  )

/** What a person changes; a field left out stays, null empties it. */
export interface FindingChangeRecord {
  readonly state?: FindingState | undefined
  readonly text?: string | undefined
  readonly owner?: string | null | undefined
  readonly due?: string | null | undefined
  /** Why it was dropped; gone when it is open again. */
  readonly why?: string | undefined
}

const itemChanges = (change: FindingChangeRecord): Statement => sql`,
  text = coalesce(${change.text ?? null}, changed.text),
  owner_id = case when ${change.owner !== undefined} then ${change.owner ?? null}::uuid else changed.owner_id end,
  due = case when ${change.due !== undefined} then ${change.due ?? null}::date else changed.due end,
  due_certainty = case when ${change.due !== undefined} then ${change.due ? 'exact' : 'none'} else changed.due_certainty end,
  closed_at = case when coalesce(${change.state ?? null}, changed.state) in ('done', 'dropped') then coalesce(changed.closed_at, now()) end,
  why = case when coalesce(${change.state ?? null}, changed.state) = 'dropped' then coalesce(${change.why ?? null}, changed.why) end`

/** Changes what its asker saw in this version; no row means that the other was quicker. */
export const changeFinding = (
  pair: string,
  kind: FindingKind,
  id: string,
  version: number,
  change: FindingChangeRecord,
) => {
  const own =
    kind === 'action-item'
      ? itemChanges(change)
      : kind === 'update'
        ? sql``
        : sql`, text = coalesce(${change.text ?? null}, changed.text)`
  return query(
    z.object({ id: z.string(), previous: z.string() }),
    sql`with before as (select id, state from ${tableOf(kind)} where pair_id = ${pair} and id = ${id})
      update ${tableOf(kind)} as changed set version = changed.version + 1,
      settled_by = case when ${change.state === 'proposed'} then null else current_person() end,
      settled_at = case when ${change.state === 'proposed'} then null else now() end,
      state = coalesce(${change.state ?? null}, changed.state) ${own}
      from before
      where changed.pair_id = ${pair} and changed.id = ${id} and changed.version = ${version}
      returning changed.id, before.state as previous`,
  )
}

/**
 * Confirming "done, by the sound of it" closes the item as of the meeting that told it, and confirming a new day moves it; taking
 * that back opens it again, or puts it back on the day it had.
 */
export const followUpdate = (pair: string, update: string): Statement[] => [
  sql`update action_item set version = action_item.version + 1, settled_by = current_person(), settled_at = now(),
      state = case when u.state = 'confirmed' then u.status else 'open' end,
      closed_at = case when u.state = 'confirmed' then least(now(), told.at) end
    from item_update u join meeting told on told.id = u.meeting_id and told.pair_id = u.pair_id
    where u.pair_id = ${pair} and u.id = ${update} and action_item.pair_id = ${pair}
      and action_item.id = u.action_item_id and u.status in ('done', 'dropped')
      and action_item.state in ('open', 'done', 'dropped')`,
  keepOldDay(pair, sql`u.id = ${update} and u.state = 'confirmed'`),
  moveDay(pair, sql`u.id = ${update}`),
]

const keepOldDay = (pair: string, which: Statement): Statement =>
  sql`update item_update u set due_before = action_item.due from action_item
    where u.pair_id = ${pair} and ${which} and u.status = 'changed' and u.due is not null
      and action_item.pair_id = ${pair} and action_item.id = u.action_item_id`

const moveDay = (pair: string, which: Statement): Statement =>
  sql`update action_item set version = action_item.version + 1,
      due = case when u.state = 'confirmed' then u.due else u.due_before end,
      due_phrase = case when u.state = 'confirmed' then u.due_phrase end,
      due_certainty = case when u.state = 'confirmed' then u.due_certainty else 'exact' end
    from item_update u
    where u.pair_id = ${pair} and ${which} and u.status = 'changed' and u.due is not null
      and action_item.pair_id = ${pair} and action_item.id = u.action_item_id and action_item.state = 'open'`

/** What was settled by a person in this transcript, so that a new reading does not propose it again. */
export const settledEvidence = (pair: string, transcript: string) =>
  query(
    z.object({ kind: z.string(), line: z.int().nullable(), quote: z.string().nullable() }),
    sql`select kind, (evidence -> 0 ->> 'line')::int as line, evidence -> 0 ->> 'quote' as quote from finding
      where pair_id = ${pair} and transcript_id = ${transcript} and (state <> 'proposed' or settled_by is not null)`,
  )

/**
 * When two people who tick off their promises would have closed one that a meeting speaks of as done:
 * on its day, if no other meeting was held since, else by that meeting.
 */
const closedBefore = (pair: string, meeting: string): Statement =>
  sql`(select case when action_item.due < here.at and not exists (
        select from meeting other where other.pair_id = ${pair} and other.state = 'held'
          and other.at > action_item.due + 1 and other.at < here.at)
      then greatest(action_item.due + interval '12 hours', told.at) else here.at end
    from meeting here, meeting told where here.pair_id = ${pair} and here.id = ${meeting}
      and told.pair_id = ${pair} and told.id = action_item.meeting_id)`

/**
 * Confirms all that waits in one meeting and lets it take effect, as its two people would who agree
 * to everything: for the sample's older meetings, and for a series that is measured.
 */
export const confirmAll = (pair: string, meeting: string): Statement[] => {
  const waiting = sql`u.meeting_id = ${meeting} and u.state = 'proposed'`
  const here = sql`where pair_id = ${pair} and meeting_id = ${meeting} and state = 'proposed'`
  const settled = (table: string, state: string) =>
    sql`update ${name(table)} set state = ${state}, settled_at = now(), version = version + 1 ${here}`
  return [
    settled('action_item', 'open'),
    settled('decision', 'confirmed'),
    settled('roadblock_mention', 'confirmed'),
    sql`update action_item set state = u.status, closed_at = ${closedBefore(pair, meeting)}, settled_at = now(),
      version = action_item.version + 1
      from item_update u where u.pair_id = ${pair} and ${waiting} and u.status in ('done', 'dropped')
        and action_item.pair_id = ${pair} and action_item.id = u.action_item_id and action_item.state = 'open'`,
    keepOldDay(pair, waiting),
    settled('item_update', 'confirmed'),
    moveDay(pair, sql`u.meeting_id = ${meeting} and u.state = 'confirmed'`),
  ]
}
