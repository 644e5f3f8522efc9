import { z } from 'zod'
import { Claimed, inLane, jobColumns, type Lane } from './jobs.ts'
import { query, sql, type Statement } from './sql.ts'

/**
 * How jobs get from their rows to a transport that several processes share. All of it as the system,
 * for `jobs`. The row stays the truth: whatever a transport holds may be lost, and is handed over again.
 */

/** Jobs of one pair that a transport may hold at once: a year of one pair's transcripts delays nobody else. */
const mostOfAPair = 4

const Dispatched = z.object({ id: z.string(), dispatch: z.int(), priority: z.int() })
export type Dispatched = z.infer<typeof Dispatched>

const isWaiting = (lane: Lane) =>
  sql`state = 'ready' and dispatched_at is null and not_before <= now() and ${inLane(lane)}`
/** Within a pair; for those without one the order of the index has to be spelled out. */
const soonest = sql`order by priority, not_before, created_at`

/**
 * Marks up to `most` waiting jobs of a lane as handed over, the most urgent first, pairs in turns. Two
 * relays at once take different ones. Pairs are gone through one by one, so that what it costs depends on
 * how many pairs wait, not on how much does.
 */
export const dispatchJobs = (lane: Lane, most: number) =>
  query(
    Dispatched,
    sql`with recursive pairs as (
        (select pair_id from job where ${isWaiting(lane)} and pair_id is not null order by pair_id limit 1)
        union all
        select (select job.pair_id from job where ${isWaiting(lane)} and job.pair_id > pairs.pair_id
          order by job.pair_id limit 1)
        from pairs where pairs.pair_id is not null),
      waiting as (
        select soon.id, soon.priority, soon.created_at,
          row_number() over (partition by pairs.pair_id order by soon.priority, soon.not_before, soon.created_at) as place
        from pairs cross join lateral (
          select id, priority, not_before, created_at from job
          where ${isWaiting(lane)} and job.pair_id = pairs.pair_id ${soonest}
          limit greatest(0, ${mostOfAPair} - (select count(*) from job held where held.pair_id = pairs.pair_id
            and held.state in ('ready', 'active') and held.dispatched_at is not null and ${inLane(lane)}))) soon
        union all
        select id, priority, created_at, row_number() over (${soonest})
        from (select id, priority, not_before, created_at from job
          where ${isWaiting(lane)} and pair_id is null order by pair_id, priority, not_before, created_at limit ${most}) soon),
      chosen as (select * from waiting order by priority, place, created_at limit ${most}),
      mine as (
        select job.id from job join chosen using (id)
        where job.state = 'ready' and job.dispatched_at is null for update of job skip locked),
      marked as (
        update job set dispatched_at = clock_timestamp(), dispatch = dispatch + 1
        where id in (select id from mine) and state = 'ready' and dispatched_at is null
        returning job.id, job.dispatch, job.priority)
      select marked.id, marked.dispatch, marked.priority from marked join chosen using (id)
      order by chosen.priority, chosen.place, chosen.created_at`,
  )

/**
 * Handed over a while ago and still not begun: perhaps waiting, perhaps lost with the transport. They
 * are handed over again under the same number, which a transport that has them still takes as one.
 */
export const dispatchAgain = (lane: Lane, afterSeconds: number, most: number) =>
  query(
    Dispatched,
    sql`update job set dispatched_at = clock_timestamp() where id in (
        select id from job where state = 'ready' and dispatched_at < now() - make_interval(secs => ${afterSeconds})
          and ${inLane(lane)}
        order by dispatched_at limit ${most} for update skip locked)
      returning id, dispatch, priority`,
  )

/** What a dead or frozen process held goes back to the others; one that was begun often waits longer each time. */
export const reclaimJobs = () =>
  query(
    z.object({ id: z.string() }),
    sql`update job set state = 'ready', lease_token = null, lease_until = null, dispatched_at = null,
        not_before = now() + make_interval(secs => power(greatest(attempt - 2, 0), 2))
      where id in (select id from job where state = 'active' and lease_until < now() for update skip locked)
      returning id`,
  )

/** A step that compares with all that the pair has: of two at once the later commit is refused, for nothing. */
const anotherIsActive = sql`(job.kind = 'link' and exists (select from job other
  where other.pair_id = job.pair_id and other.kind = job.kind and other.id <> job.id
    and other.state = 'active' and other.lease_until > now()))`

/**
 * Takes one job that a transport has brought; no row when it is done, cancelled, somebody else's, or has to
 * wait for another of its pair.
 */
export const claimDispatched = (job: string, leaseSeconds: number) =>
  query(
    Claimed,
    sql`update job set state = 'active', attempt = attempt + 1, lease_token = gen_random_uuid(),
        lease_until = now() + make_interval(secs => ${leaseSeconds}), started_at = clock_timestamp()
      where id = ${job} and ((state = 'ready' and not_before <= now()) or (state = 'active' and lease_until < now()))
        and not ${anotherIsActive}
        -- Two that are claimed in the same moment do not see each other yet.
        and (job.kind <> 'link' or pg_try_advisory_xact_lock(hashtextextended('link ' || job.pair_id::text, 0)))
      returning ${jobColumns}, job.lease_token as token`,
  )

/** What had to wait for another of its pair is handed over anew in a moment. */
export const putOff = (job: string): Statement =>
  sql`update job set dispatched_at = null, not_before = now() + interval '0.3 seconds'
    where id = ${job} and state = 'ready' and ${anotherIsActive}`

/** When the next job that has not been handed over may start. */
export const nextUndispatched = () =>
  query(
    z.object({ at: z.date().nullable() }),
    sql`select min(not_before) as at from job
      where state = 'ready' and dispatched_at is null and not_before > now()`,
  )
