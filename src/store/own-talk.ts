import { z } from 'zod'
import { OwnTalk } from '../domain/own-talk.ts'
import { at } from './columns.ts'
import { json, query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** Counts of each of the two, by person, replacing those of an earlier round. */
export const storeOwnTalk = (
  pair: string,
  transcript: string,
  counts: ReadonlyMap<string, OwnTalk>,
): Statement[] => [
  sql`delete from own_talk where pair_id = ${pair} and transcript_id = ${transcript}`,
  ...[...counts].map(
    ([person, own]) =>
      sql`insert into own_talk (transcript_id, pair_id, person_id, counts)
        values (${transcript}, ${pair}, ${person}, ${json(own)}::jsonb)`,
  ),
]

/** My own counts by meeting, the newest first; of several transcripts of a meeting the one I say most in. */
export const ownTalks = (pair: string, limit: number) =>
  query(
    z.object({ meeting: z.string(), at, counts: OwnTalk }),
    sql`select * from (select distinct on (meeting.id) meeting.id as meeting, meeting.at, counts
        from own_talk join transcript on transcript.id = own_talk.transcript_id and transcript.pair_id = own_talk.pair_id
        join meeting on meeting.id = transcript.meeting_id and meeting.pair_id = transcript.pair_id
        where own_talk.pair_id = ${pair} and person_id = current_person()
        order by meeting.id, (counts ->> 'words')::int desc) newest
      order by at desc limit ${limit}`,
  )

/** Meetings that were held and of which nothing of mine could be counted, the newest first. */
export const heldWithout = (pair: string, limit: number) =>
  query(
    z.object({ at }),
    sql`select at from meeting where pair_id = ${pair} and state = 'held' and not exists (
        select from own_talk join transcript on transcript.id = own_talk.transcript_id
          and transcript.pair_id = own_talk.pair_id
        where own_talk.pair_id = ${pair} and person_id = current_person() and transcript.meeting_id = meeting.id)
      order by at desc limit ${limit}`,
  )
