import { z } from 'zod'
import { Id, Instant, LocalTime, PersonName } from './common.ts'

/** What holds for the transcripts of a 1:1: whether they may be read, how long they stay, and what there is. */
export const Keeping = z
  .object({
    /** Days after which only quoted lines stay; null: as long as the 1:1. */
    keepDays: z.int().positive().nullable(),
    keepSetBy: Id.nullable(),
    /** Who said no to transcripts; null while both agree. */
    endedBy: Id.nullable(),
    endedAt: Instant.nullable(),
    /** Who asked for the whole 1:1 to be erased. */
    erasingAskedBy: Id.nullable(),
    transcripts: z.array(
      z.object({
        id: Id,
        meeting: Id,
        /** When the meeting was, on the pair's clocks. */
        local: LocalTime,
        fileName: z.string(),
        /** Who stated that both agreed, and when. */
        statedBy: Id,
        statedAt: Instant,
        /** When all but the quoted lines went. */
        thinnedAt: Instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'Keeping' })
export type Keeping = z.infer<typeof Keeping>

/** Choices the page offers; the API takes any number of days. */
export const KeepingChange = z.strictObject({
  keepDays: z.int().min(1).max(3650).nullable().optional(),
  /** False says no to transcripts, for both, until whoever said it says yes again. */
  reading: z.boolean().optional(),
})

/** Erasing asks for the name first: of the day, or of a person. */
export const ErasureOfMeeting = z.strictObject({ day: z.iso.date() })
export const ErasureByName = z.strictObject({ name: PersonName })
export const ErasureOfMe = z.strictObject({ name: PersonName, password: z.string().min(1).max(256) })
/** A 1:1 goes when both have asked for it. */
export const PairErasure = z.object({ state: z.enum(['asked', 'erased']) })
