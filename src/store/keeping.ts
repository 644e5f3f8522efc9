import { z } from 'zod'
import { toLocal } from '../domain/local-time.ts'
import { keptPassages } from '../domain/passages.ts'
import { at, atOrNull, Identified } from './columns.ts'
import type { Tx } from './database.ts'
import { backgroundPriority, enqueueStep, type Source } from './jobs.ts'
import { storeTranscriptPassages } from './passages.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'
import { linesOf } from './transcripts.ts'

/** What the two have said about transcripts. */
export const keepingOf = (pair: string) =>
  query(
    z.object({
      timezone: z.string(),
      keepDays: z.int().nullable(),
      keepSetBy: z.string().nullable(),
      endedBy: z.string().nullable(),
      endedAt: atOrNull,
      erasingAskedBy: z.string().nullable(),
    }),
    sql`select timezone, keep_days as "keepDays", keep_set_by as "keepSetBy", reading_ended_by as "endedBy",
        reading_ended_at as "endedAt", erasing_asked_by as "erasingAskedBy"
      from pair where id = ${pair} and (current_person() in (manager_id, report_id) or id = current_pair())`,
  )

/** Every transcript with the statement it rests on, newest meeting first. */
export const consentsOf = (pair: string) =>
  query(
    z.object({
      id: z.string(),
      meeting: z.string(),
      meetingAt: at,
      fileName: z.string(),
      statedBy: z.string(),
      statedAt: at,
      thinnedAt: atOrNull,
    }),
    sql`select transcript.id, meeting_id as meeting, meeting.at as "meetingAt", file_name as "fileName",
        stated_by as "statedBy", stated_at as "statedAt", thinned_at as "thinnedAt"
      from transcript join consent on consent.transcript_id = transcript.id and consent.pair_id = ${pair}
      join meeting on meeting.id = meeting_id and meeting.pair_id = ${pair}
      where transcript.pair_id = ${pair} order by meeting.at desc, transcript.id limit 500`,
  )

/** @returns the rows as the page shows them, days on the pair's clocks. */
export const readKeeping = async (tx: Tx, pair: string) => {
  const [[kept], rows] = await tx.several(keepingOf(pair), consentsOf(pair))
  if (!kept) return undefined
  const { timezone, ...rest } = kept
  return {
    ...rest,
    transcripts: rows.map(({ meetingAt, ...row }) => ({ ...row, local: toLocal(meetingAt, timezone) })),
  }
}

/** Null: as long as the 1:1. */
export const keepFor = (pair: string, days: number | null): Statement =>
  sql`update pair set keep_days = ${days}, keep_set_by = current_person() where id = ${pair}`

/** One no is enough; the other's is not overwritten. */
export const sayNo = (pair: string): Statement =>
  sql`update pair set reading_ended_by = current_person(), reading_ended_at = now()
    where id = ${pair} and reading_ended_by is null`

/** Touches no row where the no is the other's. */
export const sayYes = (pair: string): Statement =>
  sql`update pair set reading_ended_by = null, reading_ended_at = null
    where id = ${pair} and reading_ended_by = current_person()`

/** Purpose `retention`: the pairs that do not keep transcripts for ever. The sample is nobody's words. */
export const pairsThatForget = () =>
  query(Identified, sql`select id from pair where keep_days is not null and not sample`)

/** Transcripts whose time is over, counted from when they were added; those being worked on wait for the next look. */
export const transcriptsRunOut = (pair: string, now: Date) =>
  query(
    z.object({ id: z.string(), meeting: z.string() }),
    sql`select transcript.id, meeting_id as meeting from transcript join pair on pair.id = transcript.pair_id
      where transcript.pair_id = ${pair} and transcript.state = 'read' and thinned_at is null
        and transcript.created_at + make_interval(days => keep_days) <= ${now}::timestamptz
        and not exists (select from job where job.pair_id = ${pair} and job.transcript_id = transcript.id
          and job.state in ('ready', 'active'))`,
  )

/** Tables of what a transcript was found to say, each row with the lines it quotes. */
export const findingTables = [sql`action_item`, sql`decision`, sql`roadblock_mention`, sql`item_update`]

/**
 * Takes the file and every line that no finding quotes, and what was dismissed with its quotes; what is
 * found by searching is then the quoted lines too.
 */
export const thinTranscript = async (tx: Tx, { pair, meeting, transcript }: Source): Promise<void> => {
  await tx.run(
    ...findingTables.map(
      table => sql`delete from ${table}
        where pair_id = ${pair} and transcript_id = ${transcript} and state = 'dismissed'`,
    ),
    sql`delete from transcript_file where pair_id = ${pair} and transcript_id = ${transcript}`,
    sql`delete from line where pair_id = ${pair} and transcript_id = ${transcript} and not exists (
      select from (
        select evidence from finding where pair_id = ${pair} and transcript_id = ${transcript}
        union all select evidence from remark where pair_id = ${pair} and transcript_id = ${transcript}) kept,
        jsonb_array_elements(kept.evidence) quote
      where (quote ->> 'line')::int = line.no)`,
    sql`update transcript set thinned_at = now() where pair_id = ${pair} and id = ${transcript}`,
  )
  await searchAgain(tx, { pair, meeting, transcript })
}

/** Cuts the lines that are left into passages anew; their vectors follow. */
export const searchAgain = async (tx: Tx, { pair, meeting, transcript }: Source): Promise<void> => {
  const lines = await tx.all(linesOf(pair, transcript))
  await tx.run(
    ...storeTranscriptPassages(pair, transcript, keptPassages(lines)),
    enqueueStep('embed', { pair, meeting, transcript }, backgroundPriority, crypto.randomUUID()),
  )
}
