import { z } from 'zod'
import { Id, Instant, LocalTime } from './common.ts'
import { PromiseRate } from './findings.ts'
import { MeetingState, PairView } from './pairs.ts'

/** A meeting as it stands in the pair's calendar: who moved it, with what notice, who cancelled it and why. */
const RhythmMeeting = z.object({
  id: Id,
  local: LocalTime,
  minutes: z.int(),
  state: MeetingState,
  /** It is over. */
  past: z.boolean(),
  /** Null: it is or was when it was planned. `notice` in minutes before it would have begun. */
  moved: z.object({ by: Id.nullable(), notice: z.int() }).nullable(),
  changedBy: Id.nullable(),
  why: z.string().nullable(),
})
export type RhythmMeeting = z.infer<typeof RhythmMeeting>

/** The habit of two people, never a person's: how they keep the meeting, and who raises what. */
export const RhythmPage = z.object({
  pair: PairView,
  /** Local time of one of its meetings; null before the first is planned. */
  start: LocalTime.nullable(),
  /** The newest twenty-four, in order of time. */
  meetings: z.array(RhythmMeeting),
  agenda: z.array(z.object({ person: Id, raised: z.int().nonnegative(), reached: z.int().nonnegative() })),
  promises: z.array(PromiseRate),
  /** Items sent in writing instead of being talked through; `minutes` is null while there are too few to tell. */
  givenBack: z.object({ written: z.int().nonnegative(), minutes: z.int().nonnegative().nullable() }),
})
export type RhythmPage = z.infer<typeof RhythmPage>

export const CalendarFeed = z.object({
  /** When the address was made; null: there is none. */
  since: Instant.nullable(),
})
export type CalendarFeed = z.infer<typeof CalendarFeed>
/** Shown once: only its hash is kept. */
export const NewCalendarFeed = z.object({ url: z.url(), since: Instant })
export type NewCalendarFeed = z.infer<typeof NewCalendarFeed>
