import { z } from 'zod'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/**
 * Takes the turn of a schedule, for as long as until its next one; no row while it is not due or
 * another process has it. A process that dies meanwhile misses that turn: the next one catches up,
 * for a schedule asks what is due and not what is new. Purpose `jobs`.
 */
export const takeTurn = (schedule: string, everySeconds: number) =>
  query(
    z.object({ name: z.string() }),
    sql`insert into schedule (name, next_at) values (${schedule}, now() + make_interval(secs => ${everySeconds}))
      on conflict (name) do update set next_at = excluded.next_at where schedule.next_at <= now()
      returning name`,
  )

/** Sessions and tries that have run out, and links a month after they did. Purpose `retention`. */
export const forgetRunOut = (): Statement[] => [
  sql`delete from session where expires_at < now()`,
  sql`delete from one_time_link where expires_at < now() - interval '30 days'`,
  sql`delete from sign_in_attempt where at < now() - interval '1 day'`,
]
