import { z } from 'zod'
import { at, Identified } from './columns.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

const GoalRecord = z.object({
  id: z.string(),
  kind: z.enum(['goal', 'skill', 'stretch']),
  text: z.string(),
  saidBy: z.string(),
  day: z.string().nullable(),
  state: z.enum(['open', 'done', 'dropped']),
  saidAt: at,
  checkIns: z.array(z.object({ id: z.string(), by: z.string(), on: z.string(), text: z.string() })),
  version: z.int(),
})

const select = (where: Statement): Statement => sql`
  select id, kind, text, said_by as "saidBy", to_char(day, 'YYYY-MM-DD') as day, state, created_at as "saidAt",
    coalesce((select jsonb_agg(jsonb_build_object('id', id, 'by', author_id, 'on', to_char(on_day, 'YYYY-MM-DD'),
        'text', text) order by on_day desc, created_at desc)
      from check_in where pair_id = goal.pair_id and goal_id = goal.id), '[]') as "checkIns", version
  from goal ${where}`

/** Goals, skills and stretch assignments, in the order in which they were said. */
export const goalsOf = (pair: string) =>
  query(GoalRecord, select(sql`where pair_id = ${pair} order by created_at, id`))

export const goalById = (pair: string, id: string) =>
  query(GoalRecord, select(sql`where pair_id = ${pair} and id = ${id}`))

export const insertGoal = (
  pair: string,
  goal: { kind: 'goal' | 'skill' | 'stretch'; text: string; day: string | null },
) =>
  query(
    Identified,
    sql`insert into goal (pair_id, kind, text, said_by, day)
      values (${pair}, ${goal.kind}, ${goal.text}, current_person(), ${goal.day}) returning id`,
  )

/** Changes a goal its asker has seen in this version; no row means that somebody was quicker. */
export const changeGoal = (
  pair: string,
  id: string,
  version: number,
  change: {
    readonly text?: string | undefined
    readonly day?: string | null | undefined
    readonly state?: 'open' | 'done' | 'dropped' | undefined
  },
) =>
  query(
    Identified,
    sql`update goal set text = coalesce(${change.text ?? null}, text),
      day = case when ${change.day !== undefined} then ${change.day ?? null}::date else day end,
      state = coalesce(${change.state ?? null}, state),
      closed_at = case when coalesce(${change.state ?? null}, state) = 'open' then null else coalesce(closed_at, now()) end,
      version = version + 1
      where pair_id = ${pair} and id = ${id} and version = ${version} returning id`,
  )

export const insertCheckIn = (pair: string, goal: string, on: string, text: string) =>
  query(
    Identified,
    sql`insert into check_in (pair_id, goal_id, author_id, on_day, text)
      values (${pair}, ${goal}, current_person(), ${on}, ${text}) returning id`,
  )

/** Items about growth that were reached on an agenda, oldest first. */
export const growthReached = (pair: string) =>
  query(
    z.object({ id: z.string(), at, text: z.string() }),
    sql`select agenda_item.id, meeting.at, agenda_item.text from agenda_item
        join meeting on meeting.id = agenda_item.meeting_id and meeting.pair_id = agenda_item.pair_id
      where agenda_item.pair_id = ${pair} and agenda_item.kind = 'growth' and agenda_item.state = 'reached'
        and meeting.state in ('planned', 'held') order by meeting.at`,
  )

/** What the transcripts of each meeting say of growth. */
export const growthSaid = (pair: string) =>
  query(
    z.object({ at, sentences: z.int(), lines: z.int(), of: z.int() }),
    sql`select meeting.at, (select count(*)::int from remark where remark.pair_id = ${pair}
          and remark.meeting_id = meeting.id and kind = 'growth') as sentences,
        coalesce(sum("toLine" - "fromLine" + 1) filter (where label = 'growth'), 0)::int as lines,
        coalesce(sum("toLine" - "fromLine" + 1), 0)::int as of
      from transcript join meeting on meeting.id = transcript.meeting_id and meeting.pair_id = transcript.pair_id
      cross join lateral jsonb_to_recordset(talk) as stretch (label text, "fromLine" int, "toLine" int)
      where transcript.pair_id = ${pair} and jsonb_typeof(talk) = 'array' group by meeting.id, meeting.at`,
  )

/** Days on which something was seen of a goal. */
export const checkInDays = (pair: string) =>
  query(
    z.object({ on: z.string() }),
    sql`select distinct to_char(on_day, 'YYYY-MM-DD') as on from check_in where pair_id = ${pair}`,
  )

/** The first meeting that took place. */
export const firstHeld = (pair: string) =>
  query(
    z.object({ at }),
    sql`select at from meeting where pair_id = ${pair} and state = 'held' order by at limit 1`,
  )
