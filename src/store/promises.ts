import { z } from 'zod'
import { PromiseChange, PromiseRate, PromiseView } from '../domain/api/findings.ts'
import { at, atOrNull } from './columns.ts'
import { query, queryInOne, sql } from './sql.ts'

const PromiseRow = PromiseView.extend({ meetingAt: at, closedAt: atOrNull })

const columns = sql`action_item.id, text, owner_id as owner, due, due_phrase as "duePhrase", action_item.state,
  meeting_id as meeting, meeting.at as "meetingAt", transcript_id as transcript, note_id as note, evidence, closed_at as "closedAt",
  settled_by as "settledBy", action_item.why, action_item.version`

/** What the two have promised: open ones by date first, then what was kept or dropped lately. */
export const promisesOf = (pair: string, limit = 200) =>
  queryInOne(
    PromiseRow,
    sql`select ${columns} from action_item join meeting on meeting.id = meeting_id and meeting.pair_id = ${pair}
      where action_item.pair_id = ${pair} and action_item.state in ('open', 'done', 'dropped')
      order by action_item.state <> 'open', due nulls last, closed_at desc nulls last, action_item.created_at
      limit ${limit}`,
  )

/** Open ones of both sides, by date, those without a date last. */
export const openPromises = (pair: string) =>
  queryInOne(
    PromiseRow,
    sql`select ${columns} from action_item join meeting on meeting.id = meeting_id and meeting.pair_id = ${pair}
      where action_item.pair_id = ${pair} and action_item.state = 'open' order by due nulls last, action_item.created_at`,
  )

/** How many lines on either side of a promise are read with it: they name what "I'll send it" leaves out. */
const linesAround = 2

/** The lines in which each open promise was made, those around it among them; none once they are gone. */
export const linesOfOpenPromises = (pair: string) =>
  query(
    z.object({ id: z.string(), around: z.string() }),
    sql`select action_item.id, string_agg(line.text, ' ' order by line.no) as around
      from action_item join line on line.pair_id = ${pair} and line.transcript_id = action_item.transcript_id
        and line.no between (evidence -> 0 ->> 'line')::int - ${linesAround}
          and (evidence -> -1 ->> 'line')::int + ${linesAround}
      where action_item.pair_id = ${pair} and action_item.state = 'open' group by action_item.id`,
  )

/** What the two made of their promises, in the order in which they did; the newest thousand changes. */
export const promiseChanges = (pair: string) =>
  queryInOne(
    PromiseChange.extend({ promise: z.string(), at }),
    sql`select action_item_id as promise, at, by_id as by, state_before as "stateBefore", state,
        due_before as "dueBefore", due, owner_before as "ownerBefore", owner_id as owner, reworded
      from (select * from promise_change where pair_id = ${pair} order by at desc limit 1000) latest order by at`,
  )

/** What became of what each of the two promised; one without a day is kept in time whenever it is kept. */
export const promisesBySide = (pair: string, today: string, timezone: string) =>
  query(
    PromiseRate,
    sql`select person, count(*) filter (where state = 'done' and not late)::int as "onTime",
        count(*) filter (where state <> 'dropped' and late)::int as late,
        count(*) filter (where state = 'dropped')::int as dropped,
        count(*) filter (where state = 'open' and not late)::int as open,
        min(said) filter (where state <> 'open' or late) as since
      from (select owner_id as person, action_item.state, (least(meeting.at, action_item.created_at) at time zone ${timezone})::date as said, coalesce(due
            < coalesce((closed_at at time zone ${timezone})::date, ${today}::date), false) as late
          from action_item join meeting on meeting.id = meeting_id and meeting.pair_id = ${pair}
          where action_item.pair_id = ${pair} and owner_id is not null
            and action_item.state in ('open', 'done', 'dropped')
        ) promise group by person`,
  )
