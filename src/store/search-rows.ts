import { z } from 'zod'
import { isUnspaced } from '../domain/search-words.ts'
import { at } from './columns.ts'
import { queryInOne, sql } from './sql.ts'

const FoundRow = z.object({
  id: z.string(),
  kind: z.enum(['promise', 'decision', 'roadblock', 'feedback', 'agenda']),
  meeting: z.string().nullable(),
  at,
  transcript: z.string().nullable(),
  line: z.int().nullable(),
  person: z.string().nullable(),
  state: z.enum(['open', 'done', 'dropped', 'resolved']).nullable(),
  due: z.string().nullable(),
  text: z.string(),
})
export type FoundRow = z.infer<typeof FoundRow>

/** More than are ever shown; the newest, when a common word stands in more. */
const mostRows = 300

/**
 * A word between what is no letter and no digit; one of a script without spaces, anywhere. Words are letters,
 * digits and an apostrophe: nothing to escape.
 */
const patternOf = (words: readonly string[]): string => {
  const apart = words.filter(word => !isUnspaced(word))
  const within = words.filter(isUnspaced)
  return [
    ...(apart.length > 0 ? [`(^|[^[:alnum:]])(${apart.join('|')})($|[^[:alnum:]])`] : []),
    ...within,
  ].join('|')
}

/**
 * Promises, decisions, roadblocks, feedback and agenda items in which one of these words stands. They are
 * some thousand short texts after years: gone through without an index, as the policies let them be read.
 */
export const rowsWith = (pair: string, words: readonly string[]) =>
  queryInOne(
    FoundRow,
    sql`select row.id, row.kind, row.meeting_id as meeting, coalesce(meeting.at, row.at) as at,
        row.transcript_id as transcript, row.line, row.person, row.state, row.due, row.text
      from (
        select id, 'promise' as kind, meeting_id, transcript_id, (evidence -> 0 ->> 'line')::int as line, owner_id as person,
          state, to_char(due, 'YYYY-MM-DD') as due, created_at as at, text
          from action_item where pair_id = ${pair} and state in ('open', 'done', 'dropped')
        union all select id, 'decision', meeting_id, transcript_id, (evidence -> 0 ->> 'line')::int, null, null, null,
          created_at, text from decision where pair_id = ${pair} and state = 'confirmed'
        union all select coalesce(roadblock_id, id), 'roadblock', meeting_id, transcript_id,
          (evidence -> 0 ->> 'line')::int, null, case status when 'resolved' then 'resolved' else 'open' end, null,
          created_at, text
          from (select distinct on (coalesce(roadblock_id, id)) * from roadblock_mention
            where pair_id = ${pair} and state = 'confirmed' order by coalesce(roadblock_id, id), created_at desc) newest
        union all select id, 'feedback', null, null, null, from_id, null, null, shared_at,
          concat_ws(E'\n', situation, behavior, impact, ask, answer) from feedback where pair_id = ${pair}
        union all select item.id, 'agenda', item.meeting_id, null, null, raised_by, null, null, item.created_at,
          concat_ws(E'\n', item.text, (select string_agg(written_update.text, E'\n' order by written_update.created_at)
            from written_update where written_update.pair_id = ${pair} and agenda_item_id = item.id))
          from agenda_item item where item.pair_id = ${pair} and item.state not in ('removed', 'carried')
      ) row left join meeting on meeting.id = row.meeting_id and meeting.pair_id = ${pair}
      where ${words.length > 0 ? sql`true` : sql`false`} and row.text ~* ${patternOf(words)}
      order by coalesce(meeting.at, row.at) desc limit ${mostRows}`,
  )
