import { z } from 'zod'
import { OwnTalk } from '../own-talk.ts'
import { Day, Id } from './common.ts'
import { GrowthClockView } from './growth.ts'
import { PairView } from './pairs.ts'

const Measure = z.object({
  /** How many meetings have it. */
  have: z.int().nonnegative(),
  /** Null below five meetings: not enough data. */
  compared: z
    .object({
      last: z.number(),
      usual: z.number(),
      least: z.number(),
      most: z.number(),
      off: z.enum(['above', 'below']).nullable(),
    })
    .nullable(),
})

/** How the asker talks in one of their 1:1s, beside how they talked before. Nobody else can ask for it. */
export const MirrorPage = z.object({
  pair: PairView,
  /** The newest twelve that could be counted, in order of time. */
  meetings: z.array(OwnTalk.extend({ meeting: Id, on: Day })),
  /** Held meetings of which nothing could be counted, the newest first. */
  without: z.array(Day),
  /** Fewer than so many: not enough data. */
  least: z.int().positive(),
  measures: z.object({ share: Measure, status: Measure, openQuestions: Measure, longestTurn: Measure }),
  growth: GrowthClockView,
  attempt: z.object({ text: z.string(), check: z.string(), because: z.string() }).nullable(),
  /** The meeting to try it in. */
  next: z.object({ id: Id, on: Day }).nullable(),
})
export type MirrorPage = z.infer<typeof MirrorPage>
