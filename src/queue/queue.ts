import type { ClaimedJob } from '../store/jobs.ts'

/** What a handler is told besides its job. */
export interface HandlerContext {
  /** Aborted when the lease is lost, the job is cancelled or the program stops. */
  readonly signal: AbortSignal
  /** Share done, 0–1; kept with the lease and told to whoever watches. */
  progress(part: number): void
}

/**
 * Does a job. It ends the job itself, in the transaction that writes the result (`finishJob` with
 * the token), so that result and completion are one. Throwing makes the queue count a failure.
 */
export type Handler = (job: ClaimedJob, context: HandlerContext) => Promise<void>

/** Carries jobs from their rows to the handlers. */
export interface Queue {
  /** Says that a job may have become ready: called after the transaction that enqueued it. */
  wake(): void
  /** Takes no new job, gives running ones back, and waits until they have ended. */
  [Symbol.asyncDispose](): Promise<void>
}
