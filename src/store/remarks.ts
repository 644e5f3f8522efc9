import { z } from 'zod'
import type { ProvenExtraction } from '../domain/evidence.ts'
import { at } from './columns.ts'
import { json, queryInOne, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** Feedback given and growth spoken of in a meeting, in its words. */
export const RemarkRecord = z.object({
  id: z.string(),
  kind: z.enum(['feedback', 'growth']),
  meeting: z.string(),
  at,
  text: z.string(),
  direction: z.enum(['down', 'up']).nullable(),
  behavioral: z.boolean().nullable(),
})
export type RemarkRecord = z.infer<typeof RemarkRecord>

/** Oldest first. */
export const remarksOf = (pair: string) =>
  queryInOne(
    RemarkRecord,
    sql`select remark.id, kind, meeting_id as meeting, meeting.at, text, direction, behavioral
      from remark join meeting on meeting.id = meeting_id and meeting.pair_id = ${pair}
      where remark.pair_id = ${pair} order by meeting.at, (evidence -> 0 ->> 'line')::int, remark.id`,
  )

/** What a new reading of a transcript found takes the place of what an earlier one did. */
export const replaceRemarks = (
  {
    pair,
    meeting,
    transcript,
  }: { readonly pair: string; readonly meeting: string; readonly transcript: string },
  { feedback, growth }: Pick<ProvenExtraction, 'feedback' | 'growth'>,
): Statement[] => {
  const rows = [
    ...feedback.map(({ text, direction, behavioral, evidence }) => ({
      kind: 'feedback',
      text,
      direction,
      behavioral,
      evidence,
    })),
    ...growth.map(({ text, evidence }) => ({
      kind: 'growth',
      text,
      direction: null,
      behavioral: null,
      evidence,
    })),
  ]
  return [
    sql`delete from remark where pair_id = ${pair} and transcript_id = ${transcript}`,
    sql`insert into remark (pair_id, meeting_id, transcript_id, kind, text, direction, behavioral, evidence)
      select ${pair}, ${meeting}, ${transcript}, kind, text, direction, behavioral, evidence
      from jsonb_to_recordset(${json(rows)}::jsonb)
        as given (kind text, text text, direction text, behavioral boolean, evidence jsonb)`,
  ]
}
