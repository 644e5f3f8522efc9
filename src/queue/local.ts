import { adoptOrphans, claimJob, type Lane, nextDue } from '../store/jobs.ts'
import { carrierOf, type CarryOptions, stopping } from './carry.ts'
import type { Queue } from './queue.ts'

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
export const openLocalQueue = async (options: CarryOptions): Promise<Queue> => {
  const { database, leaseSeconds = 60 } = options
  const carrier = carrierOf(options)
  /** By token, not by job: one that was taken over may still be ending. */
  const running = new Map<string, Carried>()
  let closing = false
  let pumping: Promise<void> | undefined
  let again = false
  let alarm: NodeJS.Timeout | undefined

  const isFree = (lane: Lane) => ![...running.values()].some(carried => carried.lane === lane)

  const take = async (lane: Lane): Promise<void> => {
    const job = await database.asSystem('jobs', tx => tx.first(claimJob(leaseSeconds, lane)))
    if (!job) return
    const stop = new AbortController()
    const ended = carrier
      .carry(job, stop)
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
      carrier.close()
      clearTimeout(alarm)
      await pumping
      for (const { stop } of running.values()) stop.abort(stopping())
      await Promise.all([...running.values()].map(job => job.ended))
    },
  }
}
