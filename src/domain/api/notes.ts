import { z } from 'zod'
import { Day, Id, Instant } from './common.ts'

/** One update of a shared note's Yjs document, as it was saved. */
export const NoteUpdate = z.object({
  sequence: z.int().positive(),
  /** Who wrote it; null for what several updates were merged into. */
  author: Id.nullable(),
  /** Base64. */
  update: z.string(),
})

/** What was understood of a line that begins with a box. */
export const NotePromise = z.object({
  /** The action item. */
  id: Id,
  line: z.int().positive(),
  /** The line as it was read: shown under a line that still says so. */
  quote: z.string(),
  owner: Id.nullable(),
  due: Day.nullable(),
  state: z.enum(['proposed', 'open', 'done', 'dropped', 'dismissed']),
})
export type NotePromise = z.infer<typeof NotePromise>

/** The note both write in a meeting, from an update on; null `id`: nobody has written yet. */
export const SharedNote = z
  .object({
    id: Id.nullable(),
    /** The last update there is; 0 for none. */
    sequence: z.int().nonnegative(),
    updates: z.array(NoteUpdate),
    promises: z.array(NotePromise),
  })
  .meta({ id: 'SharedNote' })
export type SharedNote = z.infer<typeof SharedNote>

/** `after`: the last update one has. */
export const NoteQuery = z.object({ after: z.coerce.number().int().min(0).max(2_147_483_647).default(0) })

/** What was typed since the last change, as a Yjs update. Sent twice, it counts once. */
export const NoteChange = z.strictObject({ update: z.base64().min(4).max(700_000) })

/** The change is saved when this comes. */
export const NoteChanged = z.object({
  sequence: z.int().nonnegative(),
  savedAt: Instant,
  promises: z.array(NotePromise),
})
export type NoteChanged = z.infer<typeof NoteChanged>

/** The note as it can be read, without the editor. */
export const NoteText = z.object({ text: z.string(), updatedAt: Instant })
export type NoteText = z.infer<typeof NoteText>
