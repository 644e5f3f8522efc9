import { Refusal } from '../domain/errors.ts'
import type { Bus } from '../domain/ports.ts'
import type { Database } from '../store/database.ts'
import { type ClaimedJob, failJob, releaseJob, renewLease } from '../store/jobs.ts'
import type { Handler } from './queue.ts'

export interface CarryOptions {
  readonly database: Database
  readonly bus: Bus
  readonly handler: Handler
  /** Seconds a job may be held without a sign of life. */
  readonly leaseSeconds?: number
  /** Seconds to wait before the second and third try; after the last the job has failed. */
  readonly retryAfterSeconds?: readonly number[]
  readonly onError?: (error: unknown, job: ClaimedJob | null) => void
}

/** A job that has brought the process down this often is not tried again by itself. */
const mostAttempts = 8

/** What carries one claimed job to its end, whichever transport brought it. */
export interface Carrier {
  carry(job: ClaimedJob, stop: AbortController): Promise<void>
  /** From now on what ends with an error is given back untouched. */
  close(): void
}

export const stopping = () => new Refusal('stopping', 503, 'The program is stopping.')

export const carrierOf = (options: CarryOptions): Carrier => {
  const { database, bus, handler, leaseSeconds = 60, retryAfterSeconds = [2, 15] } = options
  let closing = false

  const tell = (job: ClaimedJob, event: string, part: number) => {
    if (job.pairId)
      void bus.publish({
        channel: 'job',
        pair: job.pairId,
        ...(job.runAs === null ? {} : { person: job.runAs }),
        id: job.id,
        event,
        numbers: { progress: part },
      })
  }

  const fail = async (job: ClaimedJob, error: unknown) => {
    const delay = error instanceof Refusal && error.status < 500 ? undefined : retryAfterSeconds[job.failures]
    const reason = error instanceof Refusal ? error.code : 'internal'
    const [mine] = await database.asSystem('jobs', tx =>
      tx.all(failJob(job.id, job.token, reason, delay ?? null)),
    )
    if (mine) tell(job, delay === undefined ? 'failed' : 'waiting', 0)
    if (!(error instanceof Refusal)) options.onError?.(error, job)
  }

  return {
    close: () => void (closing = true),
    async carry(job, stop) {
      let part = 0
      const beat = setInterval(
        async () => {
          const kept = await database
            .asSystem('jobs', tx => tx.first(renewLease(job.id, job.token, leaseSeconds, part)))
            .catch(() => ({ id: job.id }))
          if (!kept) stop.abort(new Refusal('job-taken', 409, 'The job was cancelled or taken over.'))
        },
        (leaseSeconds * 1000) / 3,
      )
      try {
        if (job.attempt > mostAttempts) throw new Refusal('gave-up', 422, 'It was tried too often.')
        await handler(job, {
          signal: stop.signal,
          progress: share => {
            part = share
            tell(job, 'progress', share)
          },
        })
        tell(job, 'finished', 1)
      } catch (error) {
        if (closing) await database.asSystem('jobs', tx => tx.run(releaseJob(job.id, job.token)))
        else if (!stop.signal.aborted) await fail(job, error)
      } finally {
        clearInterval(beat)
      }
    },
  }
}
