import { z } from 'zod'
import { Id, Instant } from './common.ts'

/** Longest of each: together they fit beside an hour of talk in one question to a model. */
export const mostGlossary = 1_000
export const mostWishes = 400

/** What the two tell the coach; both see it and both change it. */
export const PairWishes = z.object({
  /** Names and terms, one a line, as they are spelled. */
  glossary: z.string(),
  /** What they ask of it. It narrows what is said and never widens what is read. */
  wishes: z.string(),
  version: z.int().nonnegative(),
  changedBy: Id.nullable(),
  changedAt: Instant.nullable(),
})
export type PairWishes = z.infer<typeof PairWishes>

/** `version` is the one last seen; 0 while there is none. */
export const PairWishesChange = z.strictObject({
  glossary: z.string().trim().max(mostGlossary),
  wishes: z.string().trim().max(mostWishes),
  version: z.int().nonnegative().max(2_147_483_647),
})
