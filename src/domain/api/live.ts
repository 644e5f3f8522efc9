import { z } from 'zod'
import { Id } from './common.ts'

/** One envelope for everything a socket carries, from the server: ids and numbers, never words. */
export const LiveMessage = z.object({
  channel: z.enum(['job', 'meeting', 'note']),
  pair: Id,
  /** The row; of a note its meeting. */
  id: Id,
  /** Whose doing it is, where that matters. */
  by: Id.optional(),
  /** `progress`, `finished`, `failed`, `changed`; of a note also `cursor` and `left`. */
  event: z.string(),
  numbers: z.record(z.string(), z.number()).optional(),
})
export type LiveMessage = z.infer<typeof LiveMessage>

/** A place in a shared note that moves with its character: the Yjs client and clock that made it. */
const place = z.int().min(-1).max(Number.MAX_SAFE_INTEGER)
export const CursorNumbers = z.strictObject({
  anchorClient: place,
  anchorClock: place,
  headClient: place,
  headClock: place,
})
export type CursorNumbers = z.infer<typeof CursorNumbers>

/** From the page: which pairs it wants to hear about, or where its cursor stands (null: nowhere any more). */
export const LiveWish = z.union([
  z.strictObject({ watch: z.array(Id).max(50) }),
  z.strictObject({
    cursor: z.strictObject({ pair: Id, meeting: Id, at: CursorNumbers.nullable() }),
  }),
])
export type LiveWish = z.infer<typeof LiveWish>
