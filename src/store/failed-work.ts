import { z } from 'zod'
import { at, count, Identified } from './columns.ts'
import { query, sql } from './sql.ts'

/** Jobs that failed for good, for whoever keeps the machine; as the purpose `jobs`. */

const FailedRow = z.object({
  id: z.string(),
  kind: z.string(),
  reason: z.string().nullable(),
  attempts: z.int(),
  at,
})

export const failedJobs = (most: number) =>
  query(
    FailedRow,
    sql`select id, kind, reason, attempt as attempts, coalesce(finished_at, created_at) as at from job
      where state = 'failed' order by coalesce(finished_at, created_at) desc, id limit ${most}`,
  )

export const countFailedJobs = () =>
  query(z.object({ count }), sql`select count(*)::int as count from job where state = 'failed'`)

/** Once more from the beginning of its count; of everything that failed, where no job is named. */
export const retryFailedJobs = (job: string | null) =>
  query(
    Identified,
    sql`update job set state = 'ready', failures = 0, attempt = 0, reason = null, not_before = now(), finished_at = null,
        dispatched_at = null
      where state = 'failed' and (${job}::uuid is null or id = ${job}) returning id`,
  )

/** How many jobs there are of each kind in each state, and since when the oldest waits that may begin. */
export const jobCounts = () =>
  query(
    z.object({ kind: z.string(), state: z.string(), n: count, waiting: z.number() }),
    sql`select kind, state, count(*)::int as n,
        coalesce(extract(epoch from now() - min(greatest(not_before, created_at)) filter (where state = 'ready' and not_before <= now())), 0)::float8
          as waiting
      from job group by kind, state`,
  )
