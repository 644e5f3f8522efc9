import { z } from 'zod'
import { MeetingState } from '../domain/api/pairs.ts'
import { at } from './columns.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

const Since = z.object({ since: at })

/** When I made my feed's address; no row while there is none. */
export const myFeed = () =>
  query(Since, sql`select created_at as since from calendar_feed where person_id = current_person()`)

/** A new address; the one before it opens nothing from now on. */
export const makeFeed = (tokenHash: Uint8Array) =>
  query(
    Since,
    sql`insert into calendar_feed (person_id, token_hash) values (current_person(), ${tokenHash})
      on conflict (person_id) do update set token_hash = excluded.token_hash, created_at = now()
      returning created_at as since`,
  )

export const endFeed = (): Statement => sql`delete from calendar_feed where person_id = current_person()`

/** Whose feed it is; nobody's when the account is closed. */
export const feedByToken = (tokenHash: Uint8Array) =>
  query(
    z.object({ person: z.string() }),
    sql`select person_id as person from calendar_feed join person on person.id = person_id
      where token_hash = ${tokenHash} and state = 'active'`,
  )

const CalendarPair = z.object({
  id: z.string(),
  other: z.string(),
  timezone: z.string(),
  cadenceDays: z.int(),
  minutes: z.int(),
  rhythmStart: z.string().nullable(),
})
export type CalendarPair = z.infer<typeof CalendarPair>
/** Somebody's pairs with the name of the other half, for a calendar: dates and names, nothing that was written. */
export const calendarPairs = (person: string) =>
  query(
    CalendarPair,
    sql`select pair.id, other.name as other, timezone, cadence_days as "cadenceDays", meeting_minutes as minutes,
        rhythm_start as "rhythmStart"
      from pair join person other on other.id = case when manager_id = ${person} then report_id else manager_id end
      where ${person} in (manager_id, report_id) order by pair.created_at`,
  )

const CalendarMeeting = z.object({
  id: z.string(),
  pair: z.string(),
  at,
  minutes: z.int(),
  state: MeetingState,
  slot: z.string().nullable(),
  version: z.int(),
})
export type CalendarMeeting = z.infer<typeof CalendarMeeting>
/** Their meetings from a time on; the reason of a change stays inside. */
export const calendarMeetings = (person: string, from: Date) =>
  query(
    CalendarMeeting,
    sql`select meeting.id, pair_id as pair, at, minutes, state, slot, version from meeting join pair on pair.id = pair_id
      where ${person} in (manager_id, report_id) and at > ${from}::timestamptz order by at`,
  )
