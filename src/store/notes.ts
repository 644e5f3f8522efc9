import { z } from 'zod'
import { at } from './columns.ts'
import { query, sql } from './sql.ts'

export const NoteRecord = z.object({ id: z.string(), text: z.string(), version: z.int(), updatedAt: at })
export type NoteRecord = z.infer<typeof NoteRecord>

const columns = sql`id, text, version, updated_at as "updatedAt"`

/** My own note of a meeting: the policy lets nobody else's row through. */
export const ownNote = (pair: string, meeting: string) =>
  query(
    NoteRecord,
    sql`select ${columns} from note where pair_id = ${pair} and meeting_id = ${meeting}
      and visibility = 'private' and author_id = current_person()`,
  )

/**
 * Writes my own note. `version` is the one last seen (0: none yet); no row comes back when another
 * of my windows was quicker.
 */
export const writeOwnNote = (pair: string, meeting: string, text: string, version: number) =>
  query(
    NoteRecord,
    sql`insert into note (pair_id, meeting_id, visibility, author_id, text)
      values (${pair}, ${meeting}, 'private', current_person(), ${text})
      on conflict (meeting_id, visibility, author_id)
      do update set text = excluded.text, version = note.version + 1, updated_at = now()
      where note.version = ${version} returning ${columns}`,
  )
