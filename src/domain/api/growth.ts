import { z } from 'zod'
import { ChosenDay, Day, Id, Instant, Version } from './common.ts'
import { PairView } from './pairs.ts'

const Sentences = z.string().trim().min(1).max(2_000)

export const CheckIn = z.object({ id: Id, by: Id, on: Day, text: z.string() })
/** A goal, a skill or a stretch assignment of the report, with what was seen of it. */
export const Goal = z
  .object({
    id: Id,
    kind: z.enum(['goal', 'skill', 'stretch']),
    text: z.string(),
    saidBy: Id,
    day: Day.nullable(),
    state: z.enum(['open', 'done', 'dropped']),
    saidAt: Instant,
    checkIns: z.array(CheckIn),
    version: z.int().positive(),
  })
  .meta({ id: 'Goal' })
export type Goal = z.infer<typeof Goal>

export const NewGoal = z.strictObject({
  kind: z.enum(['goal', 'skill', 'stretch']),
  text: Sentences,
  day: ChosenDay.nullable().default(null),
})
export const GoalChange = z.strictObject({
  version: Version,
  text: Sentences.optional(),
  day: ChosenDay.nullable().optional(),
  state: z.enum(['open', 'done', 'dropped']).optional(),
})
export const NewCheckIn = z.strictObject({ on: ChosenDay, text: Sentences })

/** When growth was last really talked about. */
export const GrowthClockView = z.object({
  /** Null when it never was. */
  last: z
    .object({
      on: Day,
      days: z.int().nonnegative(),
      because: z.enum(['agenda', 'check-in', 'transcript']),
    })
    .nullable(),
  /** Days after which it is forgotten. */
  mark: z.int().positive(),
  /** Since when the pair has met, while growth never came up. */
  since: Day.nullable(),
})

export const GrowthPage = z.object({
  pair: PairView,
  clock: GrowthClockView,
  goals: z.array(Goal),
  /** The meeting that growth can be put on, and whether it stands there already. */
  next: z.object({ id: Id, on: Day, planned: z.boolean() }).nullable(),
})
export type GrowthPage = z.infer<typeof GrowthPage>
