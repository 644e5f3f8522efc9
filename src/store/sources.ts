import { SourceView } from '../domain/api/preparation.ts'
import { at } from './columns.ts'
import { queryInOne, sql } from './sql.ts'

const Source = SourceView.omit({ day: true }).extend({ at })

/**
 * Where these rows stand: meeting, transcript and line of the first words each rests on. Whoever asks
 * finds only what they may read.
 */
export const sourcesAt = (pair: string, ids: readonly string[]) =>
  queryInOne(
    Source,
    sql`select found.id, found.kind, meeting.at, found.meeting_id as meeting, found.transcript_id as transcript,
        (found.evidence -> 0 ->> 'line')::int as line
      from (
        select id, 'promise' as kind, meeting_id, transcript_id, evidence from action_item
          where pair_id = ${pair} and id = any (${ids}::uuid[])
        union all select id, 'decision', meeting_id, transcript_id, evidence from decision
          where pair_id = ${pair} and id = any (${ids}::uuid[])
        union all (select distinct on (roadblock_id) roadblock_id, 'roadblock', meeting_id, transcript_id, evidence
          from roadblock_mention where pair_id = ${pair} and roadblock_id = any (${ids}::uuid[]) and state = 'confirmed'
          order by roadblock_id, created_at desc)
        union all select id, 'remark', meeting_id, transcript_id, evidence from remark
          where pair_id = ${pair} and id = any (${ids}::uuid[])
        union all select id, 'own-note', meeting_id, null, null from note
          where pair_id = ${pair} and author_id = current_person() and id = any (${ids}::uuid[])
        union all select id, 'agenda-item', meeting_id, null, null from agenda_item
          where pair_id = ${pair} and id = any (${ids}::uuid[])
        union all select id, 'meeting', id, null, null from meeting
          where pair_id = ${pair} and id = any (${ids}::uuid[])
      ) found join meeting on meeting.id = found.meeting_id and meeting.pair_id = ${pair}`,
  )
