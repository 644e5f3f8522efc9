import { z } from 'zod'
import { Id, Instant } from './common.ts'

/** The words looked for travel in the body, so that no log of addresses keeps them. */
export const SearchRequest = z.strictObject({
  query: z.string().trim().min(1).max(300),
  limit: z.int().min(1).max(50).default(10),
})
export const Place = z
  .object({
    id: Id,
    /** `note` is the one both write in a meeting. */
    kind: z.enum(['transcript', 'note', 'own-note']),
    meeting: Id,
    meetingAt: Instant,
    transcript: Id.nullable(),
    fromLine: z.int().nullable(),
    toLine: z.int().nullable(),
    text: z.string(),
    /** Ranges `[from, to)` of the text to mark. */
    highlights: z.array(z.tuple([z.int(), z.int()])),
    score: z.number(),
  })
  .meta({ id: 'Place' })
export const SearchAnswer = z.object({
  places: z.array(Place),
  /** `words-only` when the pair's language has no vectors here, or they are not made yet. */
  method: z.enum(['hybrid', 'words-only']),
})
export type SearchAnswer = z.infer<typeof SearchAnswer>
