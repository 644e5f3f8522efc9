import { z } from 'zod'
import { Day, Id } from './common.ts'

/** What the report may take to another 1:1 of theirs, and to which. Notes and quotes stay where they are. */
export const Handover = z
  .object({
    to: z.array(
      z.object({
        pair: Id,
        manager: z.string(),
        /** Promises stand in a meeting: without one only goals go along. */
        hasMeeting: z.boolean(),
      }),
    ),
    goals: z.array(z.object({ id: Id, kind: z.enum(['goal', 'skill', 'stretch']), text: z.string() })),
    promises: z.array(z.object({ id: Id, text: z.string(), due: Day.nullable() })),
  })
  .meta({ id: 'Handover' })
export type Handover = z.infer<typeof Handover>

export const HandoverChoice = z.strictObject({
  to: Id,
  goals: z.array(Id).max(200),
  promises: z.array(Id).max(200),
})
/** How many went along; what was there already is not doubled. */
export const HandedOver = z.object({ goals: z.int(), promises: z.int() })
