import type { Cluster, Redis } from 'ioredis'
import { Queue as BullQueue } from 'bullmq'
import type { Database } from '../store/database.ts'
import {
  dispatchAgain,
  type Dispatched,
  dispatchJobs,
  nextUndispatched,
  reclaimJobs,
} from '../store/dispatch.ts'
import type { Lane } from '../store/jobs.ts'
import type { Queue } from './queue.ts'

export const lanes: readonly Lane[] = ['prompt', 'background']

export interface RelayOptions {
  readonly database: Database
  /** A connection that says soon when Redis is away. */
  readonly connection: Redis | Cluster
  readonly prefix: string
  readonly onError: (error: unknown) => void
}

/** Jobs that one look hands over at most. */
const most = 200
/** Milliseconds between two looks for what nobody told of: another process's job whose waker died, an expired lease. */
const lookEvery = 1_000
/** Seconds after which what was handed over and not begun is handed over again. */
const lostAfter = 5

/**
 * Hands jobs from their rows to BullMQ: ids and nothing else. Every process has one; they take turns
 * by locked rows. A row is marked first and handed over then, so that nothing waits for Redis inside a
 * transaction; what is lost in between is handed over again under the same number, which BullMQ knows.
 */
export const openRelay = ({ database, connection, prefix, onError }: RelayOptions): Queue => {
  const queues = new Map(lanes.map(lane => [lane, new BullQueue(lane, { connection, prefix })]))
  for (const queue of queues.values()) queue.on('error', () => undefined)
  let closing = false
  let looking: Promise<void> | undefined
  let again = false
  let alarm: NodeJS.Timeout | undefined

  const handOver = async (lane: Lane, jobs: readonly Dispatched[]): Promise<void> => {
    if (jobs.length === 0) return
    await queues.get(lane)?.addBulk(
      jobs.map(({ id, dispatch, priority }) => ({
        name: 'job',
        data: {},
        // A colon is not allowed; a number of its own, for what is kept of an earlier one would swallow it.
        opts: {
          jobId: `j${id}-${dispatch}`,
          priority: Math.max(priority + 10, 1),
          removeOnComplete: true,
          removeOnFail: true,
        },
      })),
    )
  }
  const dispatch = async () => {
    for (const lane of lanes)
      for (;;) {
        const jobs = await database.asSystem('jobs', tx => tx.all(dispatchJobs(lane, most)))
        await handOver(lane, jobs)
        if (jobs.length < most || closing) break
      }
  }
  const look = async () => {
    do {
      again = false
      await dispatch()
    } while (again && !closing)
  }
  const wake = () => {
    if (closing) return
    again = true
    looking ??= look()
      .catch(onError)
      .finally(() => {
        looking = undefined
        if (again) setTimeout(wake, 20)
      })
  }
  const sweep = async () => {
    const [lost, [next]] = await database.asSystem('jobs', async tx => {
      await tx.all(reclaimJobs())
      const found: [Lane, Dispatched[]][] = []
      for (const lane of lanes) found.push([lane, await tx.all(dispatchAgain(lane, lostAfter, most))])
      return [found, await tx.all(nextUndispatched())] as const
    })
    for (const [lane, jobs] of lost) await handOver(lane, jobs)
    const due = next?.at ? next.at.getTime() - Date.now() : Infinity
    if (due < lookEvery) alarm = setTimeout(wake, Math.max(due, 0))
  }
  let sweeping: Promise<void> | undefined
  const timer = setInterval(() => {
    wake()
    sweeping ??= sweep()
      .catch(onError)
      .finally(() => (sweeping = undefined))
  }, lookEvery)
  wake()
  return {
    wake,
    async [Symbol.asyncDispose]() {
      await looking
      closing = true
      clearInterval(timer)
      clearTimeout(alarm)
      await Promise.all([looking, sweeping])
      await Promise.all([...queues.values()].map(queue => queue.close().catch(() => undefined)))
    },
  }
}
