import { z } from 'zod'
import type { TalkJson } from '../domain/contract.ts'
import { formats } from '../domain/transcript/format.ts'
import type { Line, Transcript } from '../domain/transcript/transcript.ts'
import { at, atOrNull, Identified } from './columns.ts'
import { json, query, queryInOne, sql } from './sql.ts'
import type { Statement } from './sql.ts'

const CodedMessage = z.object({ code: z.string(), message: z.string() })

export const TranscriptRecord = z.object({
  id: z.string(),
  pairId: z.string(),
  meetingId: z.string(),
  fileName: z.string(),
  addedBy: z.string(),
  createdAt: at,
  readAt: atOrNull,
  bytes: z.int(),
  state: z.enum(['waiting', 'read', 'unreadable']),
  // A family that a newer program knew and this one does not.
  format: z.enum(formats).nullable().catch('unknown'),
  timing: z.enum(['exact', 'interpolated', 'none']).nullable(),
  speakers: z.enum(['named', 'labelled', 'none']).nullable(),
  cueCount: z.int().nullable(),
  lineCount: z.int().nullable(),
  problems: z.array(CodedMessage.extend({ line: z.int().optional() })),
  refusal: CodedMessage.nullable(),
  notice: CodedMessage.nullable(),
  engine: z.string().nullable(),
  labels: z.array(z.string()),
  /** When the lines that nobody quoted went. */
  thinnedAt: atOrNull,
  version: z.int(),
})
export type TranscriptRecord = z.infer<typeof TranscriptRecord>

const columns = sql`transcript.id, transcript.pair_id as "pairId", transcript.meeting_id as "meetingId",
  file_name as "fileName", added_by as "addedBy", transcript.created_at as "createdAt", read_at as "readAt",
  byte_count as bytes, transcript.state, format, timing, speakers, cue_count as "cueCount", line_count as "lineCount", problems, refusal,
  notice, engine, thinned_at as "thinnedAt", transcript.version,
  array(select distinct speaker from line where line.transcript_id = transcript.id and speaker is not null
    order by speaker) as labels`

export const transcriptById = (pair: string, transcript: string) =>
  query(
    TranscriptRecord,
    sql`select ${columns} from transcript where pair_id = ${pair} and id = ${transcript}`,
  )

export const transcriptByHash = (pair: string, hash: Uint8Array) =>
  query(
    TranscriptRecord,
    sql`select ${columns} from transcript where pair_id = ${pair} and content_hash = ${hash}`,
  )

export const transcriptsOfMeeting = (pair: string, meeting: string) =>
  query(
    TranscriptRecord,
    sql`select ${columns} from transcript where pair_id = ${pair} and meeting_id = ${meeting}
      order by transcript.created_at`,
  )

const TranscriptListed = z.object({
  id: z.string(),
  meeting: z.string(),
  fileName: z.string(),
  addedAt: at,
  state: z.enum(['waiting', 'read', 'unreadable']),
  lineCount: z.int().nullable(),
  refusal: CodedMessage.nullable(),
  work: z.enum(['none', 'under-way', 'failed']),
})
/** The newest of a pair, each with where its work stands; making it searchable does not count as work. */
export const transcriptsOfPair = (pair: string, limit: number) =>
  query(
    TranscriptListed,
    sql`select transcript.id, meeting_id as meeting, file_name as "fileName", created_at as "addedAt", state,
        line_count as "lineCount", refusal,
        case when work.failed then 'failed' when work.under_way then 'under-way' else 'none' end as work
      from transcript left join (
        select transcript_id, bool_or(state = 'failed') as failed, bool_or(state in ('ready', 'active')) as under_way
        from job where pair_id = ${pair} and kind <> 'embed' group by transcript_id) work
      on work.transcript_id = transcript.id
      where pair_id = ${pair} order by created_at desc limit ${limit}`,
  )

export interface NewTranscript {
  readonly id: string
  readonly pair: string
  readonly meeting: string
  readonly fileName: string
  readonly hash: Uint8Array
  readonly bytes: Uint8Array
}

/** Inserts nothing when the pair has this very file already: the id comes back only when it is new. */
export const insertTranscript = ({ id, pair, meeting, fileName, hash, bytes }: NewTranscript) =>
  query(
    Identified,
    sql`insert into transcript (id, pair_id, meeting_id, added_by, file_name, byte_count, content_hash)
      values (${id}, ${pair}, ${meeting}, current_person(), ${fileName}, ${bytes.length}, ${hash})
      on conflict (pair_id, content_hash) do nothing returning id`,
  )

/** The file and the statement that both agreed; written with the transcript or not at all. */
export const insertFileAndConsent = ({ id, pair, bytes }: NewTranscript): Statement[] => [
  sql`insert into transcript_file (transcript_id, pair_id, bytes) values (${id}, ${pair}, ${bytes})`,
  sql`insert into consent (pair_id, transcript_id, stated_by) values (${pair}, ${id}, current_person())`,
]

const FileRecord = z.object({ bytes: z.instanceof(Uint8Array), fileName: z.string(), meetingId: z.string() })
/** The file as it came. */
export const transcriptFile = (pair: string, transcript: string) =>
  query(
    FileRecord,
    sql`select bytes, file_name as "fileName", meeting_id as "meetingId"
      from transcript join transcript_file on transcript_id = id
      where transcript.pair_id = ${pair} and id = ${transcript}`,
  )

export const LineRecord = z.object({
  no: z.int(),
  speaker: z.string().nullable(),
  start: z.number().nullable(),
  end: z.number().nullable(),
  text: z.string(),
  spans: z.array(z.object({ cue: z.int(), from: z.int(), to: z.int() })),
})
/** All lines in order; times in seconds. */
export const linesOf = (pair: string, transcript: string) =>
  queryInOne(
    LineRecord,
    sql`select no, speaker, starts_at as start, ends_at as "end", text, spans from line
      where pair_id = ${pair} and transcript_id = ${transcript} order by no`,
  )

/** What reading made of the file: lines and honest statements about them, replacing an earlier reading. */
export const storeReading = (pair: string, transcript: string, read: Transcript): Statement[] => [
  sql`delete from line where pair_id = ${pair} and transcript_id = ${transcript}`,
  sql`insert into line (transcript_id, pair_id, no, speaker, starts_at, ends_at, text, spans)
    select ${transcript}, ${pair}, no, speaker, start, "end", text, spans
    from jsonb_to_recordset(${json(read.lines satisfies readonly Line[])}::jsonb)
      as given (no int, speaker text, start float8, "end" float8, text text, spans jsonb)`,
  sql`update transcript set state = ${read.refusal ? 'unreadable' : 'read'}, format = ${read.format},
    timing = ${read.timing}, speakers = ${read.speakers}, cue_count = ${read.counts.cues},
    line_count = ${read.counts.lines}, problems = ${json(read.problems)}::jsonb,
    refusal = ${read.refusal ? json(read.refusal) : null}::jsonb, read_at = now()
    where pair_id = ${pair} and id = ${transcript}`,
]

/** What the coach could say about the whole: kinds of talk, its own notice. */
export const storeTalk = (
  pair: string,
  transcript: string,
  found: {
    readonly engine: string
    readonly talk: readonly z.infer<typeof TalkJson>[]
    readonly notice: z.infer<typeof CodedMessage> | null
  },
): Statement =>
  sql`update transcript set engine = ${found.engine},
    talk = ${json(found.talk)}::jsonb, notice = ${found.notice ? json(found.notice) : null}::jsonb
    where pair_id = ${pair} and id = ${transcript}`

/** Puts a transcript, and everything found in it, on another meeting of the same pair. */
export const moveTranscript = (pair: string, transcript: string, meeting: string, version: number) =>
  query(
    Identified,
    sql`update transcript set meeting_id = ${meeting}, version = version + 1
      where pair_id = ${pair} and id = ${transcript} and version = ${version} returning id`,
  )

export const moveWhatWasFound = (pair: string, transcript: string, meeting: string): Statement[] =>
  [sql`action_item`, sql`decision`, sql`roadblock_mention`, sql`item_update`, sql`passage`, sql`remark`].map(
    table =>
      sql`update ${table} set meeting_id = ${meeting} where pair_id = ${pair} and transcript_id = ${transcript}`,
  )

/** Transcripts in which one of these voices speaks: they are gone through again when a voice gets its name. */
export const transcriptsWithLabels = (pair: string, labels: readonly string[]) =>
  query(
    z.object({ id: z.string(), meeting: z.string() }),
    sql`select id, meeting_id as meeting from transcript
      where pair_id = ${pair} and state = 'read' and thinned_at is null and exists (
        select from line where line.pair_id = ${pair} and transcript_id = transcript.id and speaker = any (${labels}))`,
  )
