import { z } from 'zod'
import { Id } from './common.ts'

/** One envelope for everything a socket carries, from the server: ids and numbers, never words. */
export const LiveMessage = z.object({
  channel: z.enum(['job', 'meeting', 'note']),
  pair: Id,
  id: Id,
  /** `progress`, `finished`, `failed`, `changed`. */
  event: z.string(),
  numbers: z.record(z.string(), z.number()).optional(),
})
export type LiveMessage = z.infer<typeof LiveMessage>

/** From the page: which pairs it wants to hear about. */
export const LiveWish = z.strictObject({ watch: z.array(Id).max(50) })
