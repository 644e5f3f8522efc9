import { z } from 'zod'
import { Id } from './common.ts'

/** A job that failed for good: what kind of work, why and when. Neither whose it is nor what it is about. */
export const FailedJob = z.object({
  id: Id,
  /** The step or chore, e.g. `extract`. */
  kind: z.string(),
  /** A code of ours; null where nobody noted one. */
  reason: z.string().nullable(),
  /** How often it was begun. */
  attempts: z.int(),
  at: z.string(),
})
export type FailedJob = z.infer<typeof FailedJob>

export const FailedWork = z.object({
  /** The newest hundred. */
  failed: z.array(FailedJob),
  /** Of all there are. */
  count: z.int(),
})
export type FailedWork = z.infer<typeof FailedWork>
