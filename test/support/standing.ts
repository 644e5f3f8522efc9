import { z } from 'zod'
import { asPair, type Database } from '../../src/store/database.ts'
import { query, sql } from '../../src/store/sql.ts'

const Reading = z.looseObject({
  state: z.string(),
  lines: z.array(z.unknown()),
  findings: z.array(z.unknown()),
})

/** All that a transcript came to, without ids and times: two readings of one file are equal. */
const Standing = z.object({
  fileName: z.string(),
  hash: z.string(),
  reading: Reading,
  /** Step, state and how often its result was committed, by name: two may follow one step in either order. */
  jobs: z.array(z.object({ kind: z.string(), state: z.string(), runs: z.int() })),
})
export type Standing = z.infer<typeof Standing>

/** Every transcript of a pair as it stands in the database, in order of its file's name. */
export const whatStands = (database: Database, pair: string): Promise<Standing[]> =>
  database.as(asPair(pair), tx =>
    tx.all(
      query(
        Standing,
        sql`select file_name as "fileName", encode(content_hash, 'hex') as hash,
          jsonb_build_object('state', state, 'format', format, 'timing', timing, 'speakers', speakers,
            'cues', cue_count, 'problems', problems, 'refusal', refusal,
            'talk', talk, 'engine', engine, 'notice', notice,
            'file', (select encode(sha256(bytes), 'hex') = encode(content_hash, 'hex') from transcript_file
              where transcript_id = transcript.id),
            'consents', (select count(*) from consent where transcript_id = transcript.id),
            'lines', (select coalesce(jsonb_agg(to_jsonb(line) - 'transcript_id' - 'pair_id' order by no), '[]')
              from line where transcript_id = transcript.id),
            'findings', (select coalesce(jsonb_agg(to_jsonb(finding) - 'id' - 'pair_id' - 'meeting_id'
                - 'transcript_id' - 'owner_id' - 'created_at'
                || jsonb_build_object('owner', (select name from person where person.id = owner_id))
                order by kind, evidence::text, text), '[]') from finding where transcript_id = transcript.id),
            'passages', (select coalesce(jsonb_agg(jsonb_build_array(ordinal, text, embedder,
                embedding is not null) order by ordinal, id), '[]')
              from passage where transcript_id = transcript.id),
            'postings', (select coalesce(jsonb_agg(jsonb_build_array(word, places) order by word), '[]')
              from posting where source_id = transcript.id),
            'sketches', (select coalesce(sum(cardinality(sketches)), 0) from passage_sketch
              where source_id = transcript.id)) as reading,
          (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'state', job.state, 'runs',
                (select count(*) from run where run.job_id = job.id)) order by kind), '[]')
            from job where job.transcript_id = transcript.id) as jobs
        from transcript where pair_id = ${pair} order by file_name`,
      ),
    ),
  )
