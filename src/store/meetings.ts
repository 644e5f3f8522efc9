import { z } from 'zod'
import { MeetingState } from '../domain/api/pairs.ts'
import { at, count } from './columns.ts'
import { query, queryInOne, sql } from './sql.ts'
import type { Statement } from './sql.ts'

export const MeetingRecord = z.object({
  id: z.string(),
  pairId: z.string(),
  at,
  minutes: z.int(),
  state: MeetingState,
  changedBy: z.string().nullable(),
  why: z.string().nullable(),
  version: z.int(),
})
export type MeetingRecord = z.infer<typeof MeetingRecord>

/** Words of the two, which stand apart from what calendar and retention may read. */
export const reasonOf = sql`(select why from meeting_reason reason
  where reason.pair_id = meeting.pair_id and reason.meeting_id = meeting.id)`
const columnsWith = (why: Statement) =>
  sql`meeting.id, meeting.pair_id as "pairId", meeting.at, meeting.minutes, meeting.state,
    meeting.changed_by as "changedBy", ${why} as why, meeting.version`
const columns = columnsWith(reasonOf)

export const meetingById = (pair: string, meeting: string) =>
  query(MeetingRecord, sql`select ${columns} from meeting where pair_id = ${pair} and id = ${meeting}`)

/** The first planned meeting that is not long over: half a day's grace for the one just held. */
export const nextMeeting = (pair: string, now: Date) =>
  query(
    MeetingRecord,
    sql`select ${columns} from meeting where pair_id = ${pair} and state = 'planned'
      and at > ${now}::timestamptz - interval '12 hours' order by at limit 1`,
  )

/** The next planned meeting of each of my pairs, by pair. */
export const nextMeetings = (now: Date) =>
  query(
    MeetingRecord,
    sql`select distinct on (meeting.pair_id) ${columns} from meeting
      where pair_id = any (array(select my_pairs())) and state = 'planned'
      and at > ${now}::timestamptz - interval '12 hours' order by meeting.pair_id, at`,
  )

/** The first meeting planned after another, for phrases like "before our next 1:1". */
export const meetingAfter = (pair: string, instant: string) =>
  query(
    MeetingRecord,
    sql`select ${columns} from meeting where pair_id = ${pair} and state in ('planned', 'held', 'moved')
      and at > ${instant}::timestamptz order by at limit 1`,
  )

export const Neighbours = z.object({ previous: z.string().nullable(), following: z.string().nullable() })
/** The meetings before and after in time, whatever their state. */
export const neighbours = (pair: string, meeting: string) =>
  query(
    Neighbours,
    sql`select
        (select id from meeting before where before.pair_id = ${pair} and before.at < here.at order by at desc limit 1) as previous,
        (select id from meeting later where later.pair_id = ${pair} and later.at > here.at order by at limit 1) as following
      from meeting here where here.pair_id = ${pair} and here.id = ${meeting}`,
  )

/** Findings that nobody has gone through, of these pairs; each table is asked by pair. */
const waitingOf = (pairs: Statement) => sql`(
  select pair_id, meeting_id from action_item where pair_id ${pairs} and state = 'proposed'
  union all select pair_id, meeting_id from decision where pair_id ${pairs} and state = 'proposed'
  union all select pair_id, meeting_id from roadblock_mention where pair_id ${pairs} and state = 'proposed'
  union all select pair_id, meeting_id from item_update where pair_id ${pairs} and state = 'proposed')`

export const MeetingWithCounts = MeetingRecord.extend({ transcripts: count, waiting: count })
export type MeetingWithCounts = z.infer<typeof MeetingWithCounts>

/**
 * The pair's meetings, newest first, with what waits in each. Counted for the pair as a whole, and reasons joined
 * to it: meeting by meeting, a year's page took most of its time here (1.6 ms against 1.0).
 */
export const meetingsOfPair = (pair: string, limit: number) =>
  queryInOne(
    MeetingWithCounts,
    sql`select ${columnsWith(sql`reason.why`)}, coalesce(added.transcripts, 0) as transcripts,
        coalesce(found.waiting, 0) as waiting
      from meeting
      left join meeting_reason reason on reason.pair_id = ${pair} and reason.meeting_id = meeting.id
      left join (select meeting_id, count(*)::int as transcripts from transcript where pair_id = ${pair}
        group by meeting_id) added on added.meeting_id = meeting.id
      left join (select meeting_id, count(*)::int as waiting from ${waitingOf(sql`= ${pair}`)} finding
        group by meeting_id) found on found.meeting_id = meeting.id
      where meeting.pair_id = ${pair} order by meeting.at desc limit ${limit}`,
  )

export const Waiting = z.object({ pairId: z.string(), waiting: count })
/** How many findings wait in each of my pairs. */
export const waitingByPair = () =>
  query(
    Waiting,
    sql`select pair_id as "pairId", count(*)::int as waiting
      from ${waitingOf(sql`= any (array(select my_pairs()))`)} finding group by pair_id`,
  )

/** `instant` is ISO text with a zone. */
export const insertMeeting = (pair: string, instant: string, minutes: number, state = 'planned') =>
  query(
    MeetingRecord,
    sql`insert into meeting (pair_id, at, minutes, state) values (${pair}, ${instant}::timestamptz, ${minutes}, ${state})
      returning ${columns}`,
  )

/** Of a pair's meetings in a stretch of time the one nearest to an instant, cancelled ones aside. */
export const nearestMeeting = (pair: string, from: string, to: string, instant: string) =>
  query(
    MeetingRecord,
    sql`select ${columns} from meeting
      where pair_id = ${pair} and at >= ${from}::timestamptz and at < ${to}::timestamptz and state <> 'cancelled'
      order by abs(extract(epoch from at - ${instant}::timestamptz)), at limit 1`,
  )

export interface MeetingChangeRecord {
  readonly at?: string | undefined
  readonly minutes?: number | undefined
  readonly state?: z.infer<typeof MeetingState> | undefined
  readonly why?: string | null | undefined
}

/** Changes a meeting its asker has seen in this version; no row means that somebody was quicker. */
export const changeMeeting = (pair: string, meeting: string, version: number, change: MeetingChangeRecord) =>
  query(
    MeetingRecord,
    sql`with said as (
        insert into meeting_reason (meeting_id, pair_id, why)
        select id, pair_id, ${change.why ?? null} from meeting
        where pair_id = ${pair} and id = ${meeting} and version = ${version} and ${change.why !== undefined}
        on conflict (meeting_id) do update set why = excluded.why)
      update meeting set at = coalesce(${change.at ?? null}::timestamptz, at),
      minutes = coalesce(${change.minutes ?? null}::int, minutes), state = coalesce(${change.state ?? null}, state),
      changed_by = current_person(), version = version + 1
      where pair_id = ${pair} and id = ${meeting} and version = ${version}
      returning ${columnsWith(change.why === undefined ? reasonOf : sql`${change.why}::text`)}`,
  )

/** As whoever is asking: why it is as it is. */
export const sayWhy = (pair: string, meeting: string, why: string): Statement =>
  sql`insert into meeting_reason (meeting_id, pair_id, why) values (${meeting}, ${pair}, ${why})
    on conflict (meeting_id) do update set why = excluded.why`

/** A transcript is proof that the meeting took place. */
export const markHeld = (pair: string, meeting: string): Statement =>
  sql`update meeting set state = 'held', version = version + 1
    where pair_id = ${pair} and id = ${meeting} and state in ('planned', 'moved', 'missed')`
