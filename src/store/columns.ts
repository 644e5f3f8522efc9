import { z } from 'zod'

/** Column schemas shared by the aggregates. An instant leaves the store as ISO text in UTC; in JSON it comes as text. */
export const at = z
  .union([z.date(), z.iso.datetime({ offset: true })])
  .transform(instant => new Date(instant).toISOString())
export const atOrNull = at.nullable()
export const count = z.int().nonnegative()

export const Identified = z.object({ id: z.string() })
