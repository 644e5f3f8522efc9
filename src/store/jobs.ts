import { z } from 'zod'
import { JobState } from '../domain/api/transcripts.ts'
import { at, Identified } from './columns.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** For which of the system's purposes a job may run. */
const JobPurpose = z.enum(['jobs', 'calendar', 'retention'])
export type JobPurpose = z.infer<typeof JobPurpose>

/** A piece of work. The row holds ids and numbers only. */
export const JobRecord = z.object({
  id: z.string(),
  kind: z.string(),
  key: z.string(),
  pairId: z.string().nullable(),
  meetingId: z.string().nullable(),
  transcriptId: z.string().nullable(),
  /** The row it is about, where that is neither meeting nor transcript. */
  subjectId: z.string().nullable(),
  /** The person it runs as; else its pair, else the system for `purpose`. */
  runAs: z.string().nullable(),
  purpose: JobPurpose,
  state: JobState,
  priority: z.int(),
  attempt: z.int(),
  failures: z.int(),
  step: z.string().nullable(),
  progress: z.number(),
  reason: z.string().nullable(),
  createdAt: at,
  askedBy: z.string().nullable(),
})
export type JobRecord = z.infer<typeof JobRecord>

/** All of a row that leaves the store. */
export const jobColumns = sql`job.id, job.kind, job.key, job.pair_id as "pairId", job.meeting_id as "meetingId",
  job.transcript_id as "transcriptId", job.subject_id as "subjectId", job.run_as as "runAs", job.purpose, job.state, job.priority, job.attempt, job.failures, job.step,
  job.progress::float8 as progress, job.reason, job.created_at as "createdAt", job.asked_by as "askedBy"`

/** Work that is no step of a transcript. */
export interface NewChore {
  /** The name under which the chore is registered. */
  readonly kind: string
  /** Unique, and built of ids: the same work asked for twice is one job, also after it is done. */
  readonly key: string
  readonly pair?: string
  readonly meeting?: string
  /** The row it is about, where that is no meeting. */
  readonly subject?: string
  /** As whom it runs and who alone sees the job; without, as its pair; without that, for `purpose`. */
  readonly person?: string
  readonly purpose?: JobPurpose
  /** Not before this instant, ISO; now when left out. */
  readonly notBefore?: string
  /** Smaller is sooner: 0 a person waits; from `backgroundPriority` on nobody does. */
  readonly priority: number
}

/** From here on work goes beside the rest, in a lane of its own. */
export const backgroundPriority = 10
/** Work that somebody waits for never stands behind work that nobody does. */
export type Lane = 'prompt' | 'background'

export const inLane = (lane: Lane | null): Statement =>
  lane === null
    ? sql`true`
    : lane === 'prompt'
      ? sql`priority < ${backgroundPriority}`
      : sql`priority >= ${backgroundPriority}`

/**
 * Commits with the data that caused it; `tx.run` says 1 when it is new and 0 when its key was there
 * already. The clock tells jobs of one transaction apart: they are carried in the order in which they
 * were asked for. The conflict names no column: naming one would ask for the right to see the row,
 * which whoever asks for another's work has not.
 */
export const enqueueChore = (chore: NewChore): Statement => enqueue(chore, null)

const enqueue = (work: NewChore, transcript: string | null, askedBy: string | null = null): Statement =>
  sql`insert into job (kind, key, pair_id, meeting_id, transcript_id, subject_id, run_as, purpose, asked_by, priority,
      not_before, created_at)
    values (${work.kind}, ${work.key}, ${work.pair ?? null}, ${work.meeting ?? null}, ${transcript},
      ${work.subject ?? null}, ${work.person ?? null}, ${work.purpose ?? 'jobs'}, coalesce(${askedBy}::uuid, current_person()), ${work.priority},
      coalesce(${work.notBefore ?? null}::timestamptz, now()), clock_timestamp())
    on conflict do nothing`

/** The steps a transcript goes through; also the words the page uses for progress. */
export type StepName = 'read' | 'extract' | 'link' | 'embed'

/** What those steps are about. */
export interface Source {
  readonly pair: string
  readonly meeting: string
  readonly transcript: string
}

/** A step's job. `round` tells a repeated reading of the same transcript from the first. */
export const enqueueStep = (
  kind: StepName,
  { pair, meeting, transcript }: Source,
  priority: number,
  round: string,
  /** Who began it, where that is not whoever enqueues: a step enqueues the next one as the pair. */
  askedBy: string | null = null,
): Statement =>
  enqueue({ kind, key: `${kind}:${transcript}:${round}`, pair, meeting, priority }, transcript, askedBy)

export const Claimed = JobRecord.extend({ token: z.string() })
export type ClaimedJob = z.infer<typeof Claimed>

/**
 * Takes the most urgent job of a lane (of all, when null) for `leaseSeconds`: one that is ready, or
 * whose holder has let its lease run out. Among equals the pair goes first that was served longest
 * ago, so that whoever adds a year of transcripts at once delays nobody else (2,000 jobs waiting
 * in 20 pairs: 5 ms). The random token fences the holder: whoever finishes must still have it.
 */
export const claimJob = (leaseSeconds: number, lane: Lane | null = null) =>
  query(
    Claimed,
    sql`with waiting as (
        select distinct on (priority, pair_id) id, priority, pair_id, not_before, created_at from job
        where ((state = 'ready' and not_before <= now()) or (state = 'active' and lease_until < now()))
          and ${inLane(lane)}
        order by priority, pair_id, not_before, created_at)
      update job set state = 'active', attempt = attempt + 1, lease_token = gen_random_uuid(),
        lease_until = now() + make_interval(secs => ${leaseSeconds}), started_at = clock_timestamp()
      where id = (
        select job.id from job join waiting using (id)
        order by waiting.priority,
          case when waiting.pair_id is null
            then (select max(served.started_at) from job served
              where served.pair_id is null and served.created_at > now() - interval '1 hour')
            else (select max(served.started_at) from job served
              where served.pair_id = waiting.pair_id and served.created_at > now() - interval '1 hour')
          end nulls first,
          waiting.not_before, waiting.created_at
        for update of job skip locked limit 1)
      returning ${jobColumns}, job.lease_token as token`,
  )

/** Keeps the lease; no row means that the job was taken away or cancelled. */
export const renewLease = (job: string, token: string, leaseSeconds: number, progress: number) =>
  query(
    Identified,
    sql`update job set lease_until = now() + make_interval(secs => ${leaseSeconds}), progress = ${progress}
      where id = ${job} and lease_token = ${token} and state = 'active' returning id`,
  )

/** Ends a job inside the transaction that writes its result; no row means that the token is stale. */
export const finishJob = (job: string, token: string) =>
  query(
    Identified,
    sql`update job set state = 'done', progress = 1, reason = null, lease_token = null, lease_until = null,
      finished_at = now() where id = ${job} and lease_token = ${token} and state = 'active' returning id`,
  )

/** A failure that may pass: again after `delaySeconds`, or for good when null. `reason` is a code of ours. */
export const failJob = (job: string, token: string, reason: string, delaySeconds: number | null) =>
  query(
    Identified,
    sql`update job set failures = failures + 1, reason = ${reason}, lease_token = null, lease_until = null,
        state = case when ${delaySeconds === null} then 'failed' else 'ready' end,
        finished_at = case when ${delaySeconds === null} then now() end,
        not_before = now() + make_interval(secs => ${delaySeconds ?? 0}), dispatched_at = null
      where id = ${job} and lease_token = ${token} and state = 'active' returning id`,
  )

/** Gives a job back untouched, e.g. at shutdown: no attempt is spent. */
export const releaseJob = (job: string, token: string): Statement =>
  sql`update job set state = 'ready', attempt = attempt - 1, lease_token = null, lease_until = null,
      dispatched_at = null
    where id = ${job} and lease_token = ${token} and state = 'active'`

/**
 * One process holds an embedded folder, so at its start every active job is an orphan. One that was
 * under way at several ends may have caused them: it waits longer each time (4th attempt 1 s, 8th
 * 25 s) and lets the others go first.
 */
export const adoptOrphans = (): Statement =>
  sql`update job set state = 'ready', lease_token = null, lease_until = null,
      not_before = now() + make_interval(secs => power(greatest(attempt - 2, 0), 2))
    where state = 'active'`

/** When the next waiting job of a lane (of all, when null) may start, so that nobody has to poll. */
export const nextDue = (lane: Lane | null = null) =>
  query(
    z.object({ at: z.date().nullable() }),
    sql`select min(case state when 'ready' then not_before else lease_until end) as at
      from job where state in ('ready', 'active') and ${inLane(lane)}`,
  )

/** How much is left to do before everything is found, failed work aside; vectors may follow later. */
export const unfinishedFinding = () =>
  query(
    z.object({ unfinished: z.int() }),
    sql`select count(*)::int as unfinished from job where state in ('ready', 'active') and kind <> 'embed'`,
  )

export const jobById = (pair: string, job: string) =>
  query(JobRecord, sql`select ${jobColumns} from job where pair_id = ${pair} and id = ${job}`)

/** The job to show for each transcript of a pair: what is under way or failed, else the last one. */
export const jobsOfTranscripts = (pair: string, transcripts: readonly string[]) =>
  query(
    JobRecord,
    sql`select distinct on (transcript_id) ${jobColumns} from job
      where pair_id = ${pair} and transcript_id = any (${transcripts}::uuid[])
      order by transcript_id, state in ('done', 'cancelled'), priority, created_at desc`,
  )

/** Work on a pair's transcripts that is under way or failed, newest first. */
export const jobsUnderWay = (pair: string) =>
  query(
    JobRecord,
    sql`select ${jobColumns} from job
      where pair_id = ${pair} and transcript_id is not null and state in ('ready', 'active', 'failed')
      order by created_at desc limit 50`,
  )

/** A failed job once more, from the beginning of its count. */
export const retryJob = (pair: string, job: string) =>
  query(
    JobRecord,
    sql`update job set state = 'ready', failures = 0, attempt = 0, reason = null, not_before = now(), finished_at = null,
        dispatched_at = null
      where pair_id = ${pair} and id = ${job} and state in ('failed', 'cancelled') returning ${jobColumns}`,
  )

/** Given up by a person: whoever carries it finds its token gone. */
export const cancelJob = (pair: string, job: string) =>
  query(
    JobRecord,
    sql`update job set state = 'cancelled', lease_token = null, lease_until = null, finished_at = now()
      where pair_id = ${pair} and id = ${job} and state in ('ready', 'active', 'failed') returning ${jobColumns}`,
  )
