import { z } from 'zod'
import { Identified } from './columns.ts'
import { query, sql } from './sql.ts'

/** When the manager changes: what the report chooses goes along in their own name, words alone. */

/** My other 1:1s as a report. */
export const handoverTargets = (pair: string) =>
  query(
    z.object({ pair: z.string(), manager: z.string(), hasMeeting: z.boolean() }),
    sql`select pair.id as pair, manager.name as manager,
        exists (select from meeting where meeting.pair_id = pair.id and state <> 'cancelled') as "hasMeeting"
      from pair join person manager on manager.id = manager_id
      where report_id = current_person() and pair.id <> ${pair} and not sample order by pair.created_at desc`,
  )

export const goalsToHandOver = (pair: string) =>
  query(
    z.object({ id: z.string(), kind: z.enum(['goal', 'skill', 'stretch']), text: z.string() }),
    sql`select id, kind, text from goal where pair_id = ${pair} and state = 'open' order by created_at, id`,
  )

/** Those of the report; what the manager promised stays between the two. */
export const promisesToHandOver = (pair: string) =>
  query(
    z.object({ id: z.string(), text: z.string(), due: z.string().nullable() }),
    sql`select id, text, to_char(due, 'YYYY-MM-DD') as due from action_item
      where pair_id = ${pair} and owner_id = current_person() and state = 'open' order by due nulls last, created_at`,
  )

/** Once: a text that is there already stays one. */
export const handOverGoals = (pair: string, to: string, goals: readonly string[]) =>
  query(
    Identified,
    sql`insert into goal (pair_id, kind, text, said_by, day)
      select ${to}, kind, text, current_person(), day from goal
      where pair_id = ${pair} and id = any (${goals}) and state = 'open'
        and not exists (select from goal there where there.pair_id = ${to} and there.text = goal.text)
      order by created_at returning id`,
  )

/** Into the meeting that is next, or was last; without the quotes, which were said to somebody else. */
export const handOverPromises = (pair: string, to: string, promises: readonly string[], now: Date) =>
  query(
    Identified,
    sql`insert into action_item (pair_id, meeting_id, text, owner_id, due, state, settled_by, settled_at)
      select ${to}, place.id, text, current_person(), due, 'open', current_person(), now()
      from action_item cross join lateral (
        select id from meeting where meeting.pair_id = ${to} and state <> 'cancelled'
        order by at < ${now}::timestamptz, abs(extract(epoch from at - ${now}::timestamptz)) limit 1) place
      where pair_id = ${pair} and action_item.id = any (${promises}) and state = 'open' and owner_id = current_person()
        and not exists (select from action_item there where there.pair_id = ${to} and there.text = action_item.text
          and there.owner_id = current_person() and there.state = 'open')
      order by action_item.created_at returning id`,
  )
