import { z } from 'zod'
import { NotePromise } from '../domain/api/notes.ts'
import type { Evidence } from '../domain/ports.ts'
import { json, query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** Action items that rest on a line of a shared note. */

const NotePromiseRecord = z.object({
  id: z.string(),
  anchor: z.string(),
  isTicked: z.boolean(),
  state: z.enum(['proposed', 'open', 'done', 'dropped', 'dismissed']),
  settledBy: z.string().nullable(),
  text: z.string(),
  owner: z.string().nullable(),
  due: z.string().nullable(),
  duePhrase: z.string().nullable(),
  quote: z.string().nullable(),
  line: z.int().nullable(),
})
export type NotePromiseRecord = z.infer<typeof NotePromiseRecord>

const columns = sql`id, note_anchor as anchor, note_ticked as "isTicked", state, settled_by as "settledBy", text,
  owner_id as owner, due::text as due, due_phrase as "duePhrase", evidence -> 0 ->> 'quote' as quote,
  (evidence -> 0 ->> 'line')::int as line`

export const promisesOfNote = (pair: string, note: string) =>
  query(
    NotePromiseRecord,
    sql`select ${columns} from action_item where pair_id = ${pair} and note_id = ${note}`,
  )

export interface NotePromiseRow {
  readonly anchor: string
  readonly isTicked: boolean
  readonly text: string
  readonly owner: string | null
  readonly due: string | null
  readonly duePhrase: string | null
  readonly dueCertainty: 'exact' | 'approximate' | 'none'
  readonly evidence: readonly Evidence[]
}

/** A line that is new: a proposal, or kept already when its box is ticked. */
export const insertNotePromise = (
  pair: string,
  note: string,
  { anchor, isTicked, ...row }: NotePromiseRow,
): Statement =>
  sql`insert into action_item (pair_id, meeting_id, note_id, note_anchor, note_ticked, text, owner_id, due, due_phrase,
      due_certainty, evidence, state, settled_by, settled_at, closed_at)
    select ${pair}, meeting_id, id, ${anchor}, ${isTicked}, ${row.text}, ${row.owner}::uuid, ${row.due}::date,
      ${row.duePhrase}, ${row.dueCertainty}, ${json(row.evidence)}::jsonb, ${isTicked ? 'done' : 'proposed'},
      case when ${isTicked} then current_person() end, case when ${isTicked} then now() end,
      case when ${isTicked} then now() end
    from note where pair_id = ${pair} and id = ${note}`

/** What the line says now, while nobody has settled it; settled, only its place and its quote's line move. */
export const rewriteNotePromise = (
  pair: string,
  id: string,
  row: NotePromiseRow,
  isSettled: boolean,
): Statement =>
  isSettled
    ? sql`update action_item set note_anchor = ${row.anchor},
        evidence = jsonb_set(jsonb_set(evidence, '{0,line}', to_jsonb(${row.evidence[0]?.line ?? 1}::int)),
          '{0,cues}', ${json(row.evidence[0]?.cues ?? [0, 0])}::jsonb)
      where pair_id = ${pair} and id = ${id}`
    : sql`update action_item set note_anchor = ${row.anchor}, text = ${row.text}, owner_id = ${row.owner}::uuid,
        due = ${row.due}::date, due_phrase = ${row.duePhrase}, due_certainty = ${row.dueCertainty},
        evidence = ${json(row.evidence)}::jsonb, version = version + 1
      where pair_id = ${pair} and id = ${id} and state = 'proposed' and settled_by is null`

/** A box that was ticked or emptied: kept, or open again. What was dropped or dismissed stays so. */
export const tickNotePromise = (pair: string, id: string, isTicked: boolean): Statement =>
  sql`update action_item set note_ticked = ${isTicked}, version = version + 1,
      state = case when ${isTicked} and state in ('proposed', 'open') then 'done'
        when not ${isTicked} and state = 'done' then 'open' else state end,
      settled_by = current_person(), settled_at = now(),
      closed_at = case when ${isTicked} and state in ('proposed', 'open') then now()
        when not ${isTicked} and state = 'done' then null else closed_at end
    where pair_id = ${pair} and id = ${id}`

/** A line that is gone takes its proposal along; what somebody settled stays. */
export const withdrawNotePromise = (pair: string, id: string): Statement =>
  sql`delete from action_item where pair_id = ${pair} and id = ${id} and state = 'proposed' and settled_by is null`

/** What became of each line with a box, for whoever writes on. */
export const promisesOfMeetingNote = (pair: string, meeting: string) =>
  query(
    NotePromise,
    sql`select id, (evidence -> 0 ->> 'line')::int as line, evidence -> 0 ->> 'quote' as quote, owner_id as owner,
      due::text as due, state from action_item
      where pair_id = ${pair} and meeting_id = ${meeting} and note_id is not null order by 2`,
  )
