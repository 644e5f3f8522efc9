import { z } from 'zod'
import { ChosenDay, Day, Id, Instant } from './common.ts'

/** `note` is the one both write in a meeting. */
export const PlaceKind = z.enum([
  'transcript',
  'note',
  'own-note',
  'promise',
  'decision',
  'roadblock',
  'feedback',
  'agenda',
])
export type PlaceKind = z.infer<typeof PlaceKind>

/** The words looked for travel in the body, so that no log of addresses keeps them. */
export const SearchRequest = z.strictObject({
  query: z.string().trim().min(1).max(300),
  limit: z.int().min(1).max(50).default(10),
  /** Of these kinds only. */
  kinds: z.array(PlaceKind).max(8).optional(),
  /** Said, promised, raised or written by this one of the two. */
  person: Id.optional(),
  /** Days of the meetings, in the time zone of their pair. */
  from: ChosenDay.optional(),
  to: ChosenDay.optional(),
})
export type SearchRequest = z.infer<typeof SearchRequest>

export const Place = z
  .object({
    id: Id,
    pair: Id,
    kind: PlaceKind,
    /** Feedback stands beside the meetings. */
    meeting: Id.nullable(),
    at: Instant,
    transcript: Id.nullable(),
    fromLine: z.int().nullable(),
    toLine: z.int().nullable(),
    /** Whose words or doing it is; null where both speak or nobody is named. */
    person: Id.nullable(),
    /** How a promise or a roadblock stands. */
    state: z.enum(['open', 'done', 'dropped', 'resolved']).nullable(),
    due: Day.nullable(),
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
  /** It was asked as a question: the first places answer it, in their own words and nobody else's. */
  question: z.boolean(),
})
export type SearchAnswer = z.infer<typeof SearchAnswer>
