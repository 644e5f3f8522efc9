import type { Bus } from '../domain/ports.ts'
import { Refusal } from '../domain/errors.ts'
import type { Database } from '../store/database.ts'
import {
  adoptOrphans,
  type ClaimedJob,
  claimJob,
  failJob,
  type Lane,
  nextDue,
  releaseJob,
  renewLease,
} from '../store/jobs.ts'
import type { Handler, Queue } from './queue.ts'

export interface LocalQueueOptions {
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
/** One job at a time in each: steps are pure computation, and the page stays quick on two cores. */
const lanes: readonly Lane[] = ['prompt', 'background']
/** The database may be starting anew: asked again after this many milliseconds. */
const afterTrouble = 2_000

interface Carried {
  readonly lane: Lane
  readonly stop: AbortController
  readonly ended: Promise<void>
}

/** The job table carried in the process itself: the embedded size. */
export const openLocalQueue = async (options: LocalQueueOptions): Promise<Queue> => {
  const { database, bus, handler, leaseSeconds = 60, retryAfterSeconds = [2, 15] } = options
  /** By token, not by job: one that was taken over may still be ending. */
  const running = new Map<string, Carried>()
  let closing = false
  let pumping: Promise<void> | undefined
  let again = false
  let alarm: NodeJS.Timeout | undefined

  const isFree = (lane: Lane) => ![...running.values()].some(carried => carried.lane === lane)

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

  const take = async (lane: Lane): Promise<void> => {
    const job = await database.asSystem('jobs', tx => tx.first(claimJob(leaseSeconds, lane)))
    if (!job) return
    const stop = new AbortController()
    const ended = carry(job, stop)
      .catch((error: unknown) => options.onError?.(error, job))
      .finally(() => {
        running.delete(job.token)
        wake()
      })
    running.set(job.token, { lane, stop, ended })
  }

  const wakeIn = (milliseconds: number) => {
    clearTimeout(alarm)
    if (!closing) alarm = setTimeout(wake, milliseconds)
  }

  const pump = async () => {
    do {
      again = false
      for (const lane of lanes) if (!closing && isFree(lane)) await take(lane)
    } while (again && !closing)
    const [free, another] = lanes.filter(isFree)
    if (closing || !free) return
    const due = await database.asSystem('jobs', tx => tx.first(nextDue(another ? null : free)))
    if (due?.at) wakeIn(Math.min(Math.max(due.at.getTime() - Date.now(), 50), 60_000))
  }

  const wake = () => {
    if (closing) return
    again = true
    pumping ??= pump()
      .catch((error: unknown) => {
        options.onError?.(error, null)
        again = false
        wakeIn(afterTrouble)
      })
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
