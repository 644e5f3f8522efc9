import { z } from 'zod'

/** Column schemas shared by the aggregates. An instant leaves the store as ISO text in UTC. */
export const at = z.date().transform(date => date.toISOString())
export const atOrNull = at.nullable()
export const count = z.int().nonnegative()

export const Identified = z.object({ id: z.string() })
