import { z } from 'zod'
import { at } from './columns.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** What was done, by whom, to whose account or rows: ids and verbs. Rows can be added and read, nothing else. */
export const recordAudit = (event: {
  readonly action: string
  readonly subject?: string
  readonly pair?: string
  readonly row?: string
}): Statement =>
  sql`insert into audit (actor, subject, pair_id, action, row_id)
    values (current_person(), ${event.subject ?? null}::uuid, ${event.pair ?? null}::uuid, ${event.action},
      ${event.row ?? null}::uuid)`

/** As the person: what was done to their account, the last hundred events, newest first. */
export const eventsAboutMe = () =>
  query(
    z.object({ id: z.string(), at, action: z.string(), byMe: z.boolean(), by: z.string().nullable() }),
    sql`select audit.id, at, action, actor is not distinct from current_person() as "byMe", person.name as by
      from audit left join person on person.id = actor
      where subject = current_person() order by at desc limit 100`,
  )
