import type { Database } from '../store/database.ts'
import { takeTurn } from '../store/schedules.ts'

/**
 * Looks what has become due and asks for it, as the system: what is due is told by dates and rows,
 * never by content. It may look as often as it likes, for a chore's key makes doubles impossible:
 * `brief:<meeting>:<person>`, `forget:2026-03-10`.
 */
export interface Schedule {
  readonly name: string
  /** How often it looks, in seconds; a minute at least. */
  readonly everySeconds: number
  /** @returns how many chores it enqueued. */
  run(database: Database, now: Date): Promise<number>
}

export interface Ticking {
  readonly database: Database
  readonly schedules: readonly Schedule[]
  readonly clock: { now(): Date }
  /** Called when a schedule has enqueued something. */
  readonly wake: () => void
  readonly onError: (error: unknown) => void
  /** Milliseconds between two looks whether a schedule has its turn. */
  readonly every?: number
}

/**
 * Gives every schedule its turn. Any number of processes may tick: a turn is taken by a row, so each
 * is had by one of them. Disposing waits for the turn that is being had.
 */
export const keepTicking = (options: Ticking): AsyncDisposable => {
  const { database, schedules, clock, wake, onError, every = 60_000 } = options
  let closing = false
  let turn: Promise<void> | undefined
  const tick = async () => {
    for (const schedule of schedules) {
      if (closing) return
      try {
        const mine = await database.asSystem('jobs', tx =>
          tx.first(takeTurn(schedule.name, schedule.everySeconds)),
        )
        if (mine && (await schedule.run(database, clock.now())) > 0) wake()
      } catch (error) {
        // One that fails keeps nothing from the others, and is asked again at its next turn.
        onError(error)
      }
    }
  }
  const start = () => {
    turn ??= tick().finally(() => {
      turn = undefined
    })
  }
  const timer = setInterval(start, every)
  timer.unref()
  start()
  return {
    async [Symbol.asyncDispose]() {
      closing = true
      clearInterval(timer)
      await turn
    },
  }
}
