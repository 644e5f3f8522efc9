import { z } from 'zod'
import { at } from './columns.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** The shared note of each meeting and the updates it is made of. */

const bytes = z.instanceof(Uint8Array)
export const NoteUpdateRecord = z.object({
  sequence: z.int(),
  /** Null for what several updates were merged into. */
  author: z.string().nullable(),
  bytes,
})
export type NoteUpdateRecord = z.infer<typeof NoteUpdateRecord>

const SharedNoteRecord = z.object({ id: z.string(), text: z.string(), updatedAt: at })
export type SharedNoteRecord = z.infer<typeof SharedNoteRecord>

const columns = sql`note.id, note.text, note.updated_at as "updatedAt"`

export const sharedNote = (pair: string, meeting: string) =>
  query(
    SharedNoteRecord,
    sql`select ${columns} from note
      where pair_id = ${pair} and meeting_id = ${meeting} and visibility = 'shared'`,
  )

/** The shared note, made when there is none, and locked: who writes next waits until this transaction ends. */
export const lockSharedNote = (pair: string, meeting: string) =>
  query(
    SharedNoteRecord,
    sql`insert into note (pair_id, meeting_id, visibility) values (${pair}, ${meeting}, 'shared')
      on conflict (meeting_id, visibility, author_id) do update set version = note.version returning ${columns}`,
  )

/** In order. Where updates were merged since, the merged one comes along: it holds what was asked for. */
export const updatesAfter = (pair: string, note: string, sequence: number) =>
  query(
    NoteUpdateRecord,
    sql`select sequence, author_id as author, bytes from note_update
      where pair_id = ${pair} and note_id = ${note} and sequence > ${sequence} order by sequence`,
  )

export const updatesOfMeeting = (pair: string, meeting: string, sequence: number) =>
  query(
    NoteUpdateRecord,
    sql`select sequence, note_update.author_id as author, bytes from note_update
      join note on note.id = note_id and note.pair_id = ${pair}
      where note_update.pair_id = ${pair} and meeting_id = ${meeting} and sequence > ${sequence} order by sequence`,
  )

export const insertUpdate = (
  pair: string,
  note: string,
  sequence: number,
  author: string | null,
  update: Uint8Array,
): Statement =>
  sql`insert into note_update (note_id, pair_id, sequence, author_id, bytes)
    values (${note}, ${pair}, ${sequence}, ${author}::uuid, ${update})`

/** Puts one row that holds all of them in the place of the first updates, up to a sequence. */
export const mergeRows = (pair: string, note: string, sequence: number, merged: Uint8Array): Statement[] => [
  sql`delete from note_update where pair_id = ${pair} and note_id = ${note} and sequence <= ${sequence}`,
  insertUpdate(pair, note, sequence, null, merged),
]

/** The plain text, for search, export and promises. */
export const writeSharedText = (pair: string, note: string, text: string): Statement =>
  sql`update note set text = ${text}, version = version + 1, updated_at = now()
    where pair_id = ${pair} and id = ${note} and visibility = 'shared'`
