import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster, Redis } from 'ioredis'
import { Worker } from 'bullmq'
import { asSystem } from '../store/database.ts'
import { claimDispatched, putOff } from '../store/dispatch.ts'
import type { Lane } from '../store/jobs.ts'
import { carrierOf, type CarryOptions, stopping } from './carry.ts'
import type { Queue } from './queue.ts'
import { lanes } from './relay.ts'

export interface BullWorkersOptions extends CarryOptions {
  /** A connection that waits for Redis; each worker makes another like it. */
  readonly connection: Redis | Cluster
  readonly prefix: string
  /** Jobs at a time of each lane. */
  readonly concurrency: Readonly<Record<Lane, number>>
  /** Hands over what has become ready: its own next jobs, and what it gives back. */
  readonly relay: Queue
  /** Milliseconds that what is being done may take at the end, before it is given back. */
  readonly drain?: number
}

/** Seconds without a sign of life after which a job goes to another process. */
const leaseSeconds = 10
const idOf = /^j(?<id>[0-9a-f-]{36})-\d+$/

/**
 * Does what BullMQ brings, if the job's row agrees: it may be done, cancelled, or somebody else's. The
 * row's lease decides who is dead. BullMQ's own lock is as short (with its 30 s a killed worker's job
 * began again after 60.3 s), and it may find a job stalled however often: our row counts.
 */
export const openBullWorkers = (options: BullWorkersOptions): AsyncDisposable => {
  const { database, connection, prefix, concurrency, relay, onError, drain = 20_000 } = options
  const carrier = carrierOf({ ...options, leaseSeconds })
  const running = new Map<AbortController, Promise<void>>()

  const take = async (name: string | undefined) => {
    const id = idOf.exec(name ?? '')?.groups?.['id']
    if (id === undefined) return
    const [[job]] = await database.change(asSystem('jobs'), claimDispatched(id, leaseSeconds))
    if (!job) return void (await database.asSystem('jobs', tx => tx.run(putOff(id))))
    const stop = new AbortController()
    const ended = carrier
      .carry(job, stop)
      .catch((error: unknown) => onError?.(error, job))
      .finally(() => {
        running.delete(stop)
        relay.wake()
      })
    running.set(stop, ended)
    await ended
  }
  const workers = lanes.map(lane => {
    const worker = new Worker(lane, brought => take(brought.id), {
      connection,
      prefix,
      concurrency: concurrency[lane],
      lockDuration: leaseSeconds * 1_000,
      stalledInterval: 5_000,
      maxStalledCount: 1_000_000,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    })
    // Redis is away, or was wiped under a job: rows and relay see to both.
    worker.on('error', () => undefined)
    return worker
  })
  return {
    async [Symbol.asyncDispose]() {
      carrier.close()
      const paused = workers.map(worker => worker.pause(true).catch(() => undefined))
      const ended = () => Promise.all(running.values())
      await Promise.race([ended(), wait(drain, undefined, { ref: false })])
      for (const stop of running.keys()) stop.abort(stopping())
      await ended()
      await Promise.race([Promise.all(paused), wait(1_000, undefined, { ref: false })])
      // A Redis that is away must not keep the program from stopping.
      await Promise.race([
        Promise.all(workers.map(worker => worker.close(true).catch(() => undefined))),
        wait(2_000, undefined, { ref: false }),
      ])
    },
  }
}
