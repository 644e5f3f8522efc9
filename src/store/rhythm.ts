import { z } from 'zod'
import { MeetingState } from '../domain/api/pairs.ts'
import { isAsleep, nextSlot, quietPlaces } from '../domain/cadence.ts'
import { at, Identified } from './columns.ts'
import type { Tx } from './database.ts'
import type { PairRecord } from './pairs.ts'
import { reasonOf } from './meetings.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

const PlacedRecord = z.object({ slot: z.string().nullable(), at })
const lastPlaced = (pair: string) =>
  query(PlacedRecord, sql`select slot, at from meeting where pair_id = ${pair} order by at desc limit 1`)
const lastSlot = (pair: string) =>
  query(
    PlacedRecord,
    sql`select slot, at from meeting where pair_id = ${pair} and slot is not null order by slot desc limit 1`,
  )

/** The first planned meeting that has not ended. */
const upcoming = (pair: string, now: Date) =>
  query(
    Identified,
    sql`select id from meeting where pair_id = ${pair} and state = 'planned'
      and at + minutes * interval '1 minute' > ${now}::timestamptz order by at limit 1`,
  )

/** One meeting per place of the rhythm, whoever is first: nothing comes back when there is one already. */
const insertSlot = (pair: string, slot: string, instant: string, minutes: number) =>
  query(
    Identified,
    sql`insert into meeting (pair_id, at, minutes, slot) values (${pair}, ${instant}::timestamptz, ${minutes}, ${slot})
      on conflict (pair_id, slot) do nothing returning id`,
  )

/**
 * What was not reached goes to another meeting, in front and in its order: of meetings that are over, were
 * missed or are cancelled. Some run late: half an hour after the end is early enough. The row stays where it
 * was, as carried.
 */
const carryOver = (pair: string, to: string, now: Date) =>
  query(
    Identified,
    sql`with over as (
        select id, at from meeting where pair_id = ${pair} and id <> ${to} and (state in ('cancelled', 'missed')
          or at + minutes * interval '1 minute' + interval '30 minutes' < ${now}::timestamptz)
      ), carried as (
        update agenda_item set state = 'carried', version = version + 1, changed_at = now()
        where pair_id = ${pair} and state = 'open' and meeting_id in (select id from over)
        returning id, meeting_id, raised_by, kind, text, position, asked_to_write, created_at
      )
      insert into agenda_item (pair_id, meeting_id, raised_by, kind, text, asked_to_write, carried_from, position)
      select ${pair}, ${to}, raised_by, kind, text, asked_to_write, carried.id,
        coalesce((select min(position) from agenda_item where pair_id = ${pair} and meeting_id = ${to}), 1)
          - count(*) over ()::int - 1 + row_number() over (order by over.at, position, carried.created_at)::int
      from carried join over on over.id = carried.meeting_id returning id`,
  )

const untouched = (pair: string): Statement =>
  sql`copy.pair_id = ${pair} and copy.carried_from = original.id and copy.state = 'open' and copy.version = 1
    and not exists (select from written_update where pair_id = ${pair} and agenda_item_id = copy.id)`

/** Takes back what was carried out of a meeting and has not been touched since. */
export const uncarry = (pair: string, meeting: string): Statement[] => [
  sql`delete from agenda_item copy using agenda_item original
    where ${untouched(pair)} and original.pair_id = ${pair} and original.meeting_id = ${meeting}
      and original.state = 'carried'`,
  sql`update agenda_item set state = 'open', version = version + 1, changed_at = now()
    where pair_id = ${pair} and meeting_id = ${meeting} and state = 'carried'
      and not exists (select from agenda_item copy where copy.pair_id = ${pair} and copy.carried_from = agenda_item.id)`,
]

/** An item was reached after all: its copy in the next meeting goes, unless somebody has touched it. */
export const forgetCopies = (pair: string, item: string): Statement =>
  sql`delete from agenda_item copy using agenda_item original
    where ${untouched(pair)} and original.pair_id = ${pair} and original.id = ${item}`

/**
 * Makes the next meeting where none is ahead, and carries over what was not reached. Done by whoever ends,
 * cancels or misses a meeting, and by the clock; twice at once it is done once.
 */
export const keepRhythm = async (tx: Tx, pair: PairRecord, now: Date): Promise<boolean> => {
  const ahead = await tx.first(upcoming(pair.id, now))
  const next = ahead ?? (await makeNext(tx, pair, now))
  if (!next) return false
  const carried = await tx.all(carryOver(pair.id, next.id, now))
  return !ahead || carried.length > 0
}

const Sign = z.object({ at, told: z.boolean() })
/** The newest meetings, each with whether anybody has said or written anything about it. */
const signsOf = (pair: string) =>
  query(
    Sign,
    sql`select at, state <> 'planned'
        or exists (select from agenda_item where pair_id = ${pair} and meeting_id = meeting.id and carried_from is null)
        or exists (select from meeting_change where pair_id = ${pair} and meeting_id = meeting.id) as told
      from meeting where pair_id = ${pair} order by at desc limit ${quietPlaces}`,
  )

const makeNext = async (tx: Tx, pair: PairRecord, now: Date) => {
  if (pair.rhythmStart === null) return undefined
  const [[last], [slotted], signs] = await tx.several(
    lastPlaced(pair.id),
    lastSlot(pair.id),
    signsOf(pair.id),
  )
  if (isAsleep(pair.cadenceDays, signs, now)) return undefined
  const rhythm = { start: pair.rhythmStart, days: pair.cadenceDays, timezone: pair.timezone }
  const placed = last ? { at: last.at, slot: slotted?.slot ?? null } : null
  const { local, at: instant } = nextSlot(rhythm, placed, now)
  return tx.first(insertSlot(pair.id, local, instant, pair.minutes))
}

/** Sets the rhythm anew from a local time on, e.g. the one a meeting moved to for good. */
export const setRhythmStart = (pair: string, local: string): Statement =>
  sql`update pair set rhythm_start = ${local} where id = ${pair}`

/** The rhythm goes on from the next planned meeting. */
export const restartRhythm = (pair: string, now: Date): Statement =>
  sql`update pair set rhythm_start = coalesce((select coalesce(slot,
      to_char(meeting.at at time zone pair.timezone, 'YYYY-MM-DD"T"HH24:MI')) from meeting
    where meeting.pair_id = pair.id and state = 'planned' and meeting.at > ${now}::timestamptz
    order by meeting.at limit 1), rhythm_start) where id = ${pair}`

/** The first meeting that is planned gives the pair its rhythm, where it has none. */
export const beginRhythm = (pair: string, meeting: string, local: string): Statement[] => [
  sql`update pair set rhythm_start = ${local} where id = ${pair} and rhythm_start is null`,
  sql`update meeting set slot = ${local} where pair_id = ${pair} and id = ${meeting}
    and not exists (select from meeting other where other.pair_id = ${pair} and other.slot is not null)`,
]

/** A meeting becomes the one of a place in the rhythm. */
export const setSlot = (pair: string, meeting: string, local: string): Statement =>
  sql`update meeting set slot = ${local} where pair_id = ${pair} and id = ${meeting}
    and not exists (select from meeting other where other.pair_id = ${pair} and other.slot = ${local})`

export type MeetingChangeKind = 'moved' | 'shortened' | 'cancelled' | 'planned' | 'held' | 'missed'

export const recordMeetingChange = (
  pair: string,
  meeting: string,
  what: MeetingChangeKind,
  wasAt: string,
  when: Date,
): Statement =>
  sql`insert into meeting_change (pair_id, meeting_id, by, what, was_at, at)
    values (${pair}, ${meeting}, current_person(), ${what}, ${wasAt}::timestamptz, ${when}::timestamptz)`

/** Pairs that still meet and have no meeting ahead. */
export const pairsOutOfRhythm = (now: Date) =>
  query(
    Identified,
    sql`select pair.id from pair where rhythm_start is not null
      and not exists (select from meeting where meeting.pair_id = pair.id and state = 'planned'
        and at + minutes * interval '1 minute' > ${now}::timestamptz)
      and exists (select from meeting where meeting.pair_id = pair.id
        and at > ${now}::timestamptz - (${quietPlaces}::int * cadence_days + 7) * interval '1 day')`,
  )

/** Pairs one of whose meetings ended a short while ago: what was not reached goes on. */
export const pairsJustMet = (from: Date, to: Date) =>
  query(
    Identified,
    sql`select distinct pair_id as id from meeting where at + minutes * interval '1 minute' + interval '30 minutes'
      between ${from}::timestamptz and ${to}::timestamptz`,
  )

const RhythmMeeting = z.object({
  id: z.string(),
  at,
  minutes: z.int(),
  state: MeetingState,
  changedBy: z.string().nullable(),
  why: z.string().nullable(),
  moved: z.object({ by: z.string().nullable(), notice: z.int() }).nullable(),
})
/** The newest meetings, each with who moved it last; one that was moved back to its time has not moved. */
export const rhythmOf = (pair: string, limit: number) =>
  query(
    RhythmMeeting,
    sql`select meeting.id, meeting.at, minutes, state, changed_by as "changedBy", ${reasonOf} as why,
        case when moved.first_at <> meeting.at then
          jsonb_build_object('by', moved.by, 'notice', moved.notice) end as moved
      from meeting left join lateral (
        select (array_agg(was_at order by change.at))[1] as first_at, (array_agg(by order by change.at desc))[1] as by,
          floor(extract(epoch from (array_agg(was_at - change.at order by change.at desc))[1]) / 60)::int as notice
        from meeting_change change
        where change.pair_id = ${pair} and change.meeting_id = meeting.id and what = 'moved') moved on true
      where pair_id = ${pair} order by meeting.at desc limit ${limit}`,
  )

/**
 * Status that was sent in writing instead, and beside it what was talked through in the meetings with a
 * transcript: how many items, and the minutes that status took of them by its share of the lines.
 */
export const statusInWriting = (pair: string) =>
  query(
    z.object({ written: z.int(), talked: z.int(), minutes: z.number() }),
    sql`select (select count(*)::int from agenda_item where pair_id = ${pair} and state = 'written') as written,
        coalesce(sum(items), 0)::int as talked, coalesce(sum(minutes * share), 0)::float8 as minutes
      from (select meeting.minutes, (select count(*)::int from agenda_item item where item.pair_id = ${pair}
              and item.meeting_id = meeting.id and kind = 'status' and item.state = 'reached') as items,
            sum("toLine" - "fromLine" + 1) filter (where label = 'status')::float8
              / sum("toLine" - "fromLine" + 1) as share
          from transcript join meeting on meeting.id = transcript.meeting_id and meeting.pair_id = transcript.pair_id
          cross join lateral jsonb_to_recordset(talk) as stretch (label text, "fromLine" int, "toLine" int)
          where transcript.pair_id = ${pair} and jsonb_typeof(talk) = 'array'
          group by meeting.id, meeting.minutes) told
      where items > 0`,
  )

/** What each has raised in meetings that were held, once however often it was carried, and what of it was reached. */
export const raisedBy = (pair: string) =>
  query(
    z.object({ person: z.string(), raised: z.int(), reached: z.int() }),
    sql`select raised_by as person, count(*) filter (where carried_from is null)::int as raised,
        count(*) filter (where item.state in ('reached', 'written'))::int as reached
      from agenda_item item join meeting on meeting.id = item.meeting_id and meeting.pair_id = item.pair_id
      where item.pair_id = ${pair} and item.state <> 'removed' and meeting.state = 'held' group by raised_by`,
  )
