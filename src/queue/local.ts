import type { Bus } from '../domain/ports.ts'
import { Refusal } from '../domain/errors.ts'
import type { Database } from '../store/database.ts'
import {
  adoptOrphans,
  type ClaimedJob,
  claimJob,
  failJob,
  nextDue,
  releaseJob,
  renewLease,
} from '../store/jobs.ts'
import type { Handler, Queue } from './queue.ts'

export interface LocalQueueOptions {
  readonly database: Database
  readonly bus: Bus
  readonly handler: Handler
  /** Jobs at a time. One keeps the page quick on two cores: steps are pure computation. */
  readonly concurrency?: number
  /** Seconds a job may be held without a sign of life. */
  readonly leaseSeconds?: number
  /** Seconds to wait before the second and third try; after the last the job has failed. */
  readonly retryAfterSeconds?: readonly number[]
  readonly onError?: (error: unknown, job: ClaimedJob | null) => void
}

/** A job that has brought the process down this often is not tried again by itself. */
const mostAttempts = 8

/** The job table carried in the process itself: the embedded size. */
export const openLocalQueue = async (options: LocalQueueOptions): Promise<Queue> => {
  const { database, bus, handler, concurrency = 1, leaseSeconds = 60, retryAfterSeconds = [2, 15] } = options
  const running = new Map<string, { stop: AbortController; ended: Promise<void> }>()
  let closing = false
  let pumping: Promise<void> | undefined
  let again = false
  let alarm: NodeJS.Timeout | undefined

  const tell = (job: ClaimedJob, event: string, part: number) => {
    if (job.pairId)
      void bus.publish({ channel: 'job', pair: job.pairId, id: job.id, event, numbers: { progress: part } })
  }

  const fail = async (job: ClaimedJob, error: unknown) => {
    const delay = error instanceof Refusal && error.status < 500 ? undefined : retryAfterSeconds[job.failures]
    const reason = error instanceof Refusal ? error.code : 'internal'
    await database.asSystem('jobs', tx => tx.all(failJob(job.id, job.token, reason, delay ?? null)))
    tell(job, delay === undefined ? 'failed' : 'waiting', 0)
    if (!(error instanceof Refusal)) options.onError?.(error, job)
  }

  const carry = async (job: ClaimedJob, stop: AbortController) => {
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
  }

  const take = async (): Promise<boolean> => {
    const job = await database.asSystem('jobs', tx => tx.first(claimJob(leaseSeconds)))
    if (!job) return false
    const stop = new AbortController()
    const ended = carry(job, stop)
      .catch((error: unknown) => options.onError?.(error, job))
      .finally(() => {
        running.delete(job.id)
        wake()
      })
    running.set(job.id, { stop, ended })
    return true
  }

  const pump = async () => {
    do {
      again = false
      while (!closing && running.size < concurrency) if (!(await take())) break
    } while (again && !closing)
    if (closing || running.size >= concurrency) return
    const due = await database.asSystem('jobs', tx => tx.first(nextDue()))
    if (due?.at) {
      clearTimeout(alarm)
      alarm = setTimeout(wake, Math.min(Math.max(due.at.getTime() - Date.now(), 50), 60_000))
    }
  }

  const wake = () => {
    if (closing) return
    again = true
    pumping ??= pump()
      .catch((error: unknown) => options.onError?.(error, null))
      .finally(() => {
        pumping = undefined
        if (again) wake()
      })
  }

  await database.asSystem('jobs', tx => tx.run(adoptOrphans()))
  wake()
  return {
    wake,
    async [Symbol.asyncDispose]() {
      closing = true
      clearTimeout(alarm)
      await pumping
      for (const { stop } of running.values())
        stop.abort(new Refusal('stopping', 503, 'The program is stopping.'))
      await Promise.all([...running.values()].map(job => job.ended))
    },
  }
}
