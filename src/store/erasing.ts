import { z } from 'zod'
import { Identified } from './columns.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** What was erased, in ids: enough to erase it again from an older backup, and nothing to learn from. */
export const Erasure = z.object({
  what: z.enum(['transcript', 'meeting', 'pair', 'person']),
  row: z.string(),
  pair: z.string().nullable(),
})
export type Erasure = z.infer<typeof Erasure>

/** Erased in several steps, each as who may; a meeting and a transcript go in the transaction that records it. */
const lasting: ReadonlySet<Erasure['what']> = new Set(['pair', 'person'])

/** As the person who asks. A whole 1:1 is refused by the database unless `mayErasePair`. */
export const recordErasure = ({ what, row, pair }: Erasure): Statement =>
  sql`insert into erasure (what, row_id, pair_id, asked_by, done_at)
    values (${what}, ${row}, ${pair}, current_person(), ${lasting.has(what) ? null : new Date()}::timestamptz)
    on conflict do nothing`

/**
 * Takes along all that came from it: notes, agenda, transcripts, findings, passages (foreign keys cascade), and
 * what was carried on from its agenda to later ones.
 */
export const meetingGoes = (pair: string, meeting: string): Statement[] => [
  sql`with recursive carried as (
      select id from agenda_item where pair_id = ${pair} and meeting_id = ${meeting}
      union select copy.id from agenda_item copy join carried on copy.carried_from = carried.id
        where copy.pair_id = ${pair})
    delete from agenda_item where pair_id = ${pair} and id in (select id from carried)`,
  sql`delete from meeting where pair_id = ${pair} and id = ${meeting}`,
]

export const eraseMeeting = (pair: string, meeting: string): Statement[] => [
  recordErasure({ what: 'meeting', row: meeting, pair }),
  ...meetingGoes(pair, meeting),
]

export const transcriptGoes = (pair: string, transcript: string): Statement =>
  sql`delete from transcript where pair_id = ${pair} and id = ${transcript}`

export const eraseTranscript = (pair: string, transcript: string): Statement[] => [
  recordErasure({ what: 'transcript', row: transcript, pair }),
  transcriptGoes(pair, transcript),
]

/** A row where the other has asked for it too, or is not there to be asked: not yet, or erased. */
export const mayErasePair = (pair: string) =>
  query(
    Identified,
    sql`select id from pair where id = ${pair} and (erasing_asked_by <> current_person()
      or exists (select from person other where other.id in (manager_id, report_id)
        and other.id <> current_person() and (other.state = 'invited' or other.erased_at is not null)))`,
  )

export const askToErasePair = (pair: string): Statement =>
  sql`update pair set erasing_asked_by = current_person() where id = ${pair} and erasing_asked_by is null`

export const takeBackErasing = (pair: string): Statement =>
  sql`update pair set erasing_asked_by = null where id = ${pair} and erasing_asked_by = current_person()`

/** Purpose `retention`: work on what is gone, also such as one person alone can see. */
export const eraseJobs = (row: string): Statement =>
  sql`delete from job where ${row} in (meeting_id, transcript_id, subject_id, run_as)`

/** Purpose `retention`: all there ever were, for erasing them again from a backup. */
export const allErasures = () =>
  query(Erasure, sql`select what, row_id as row, pair_id as pair from erasure order by at`)

/** Purpose `retention`: asked for and not ended. */
export const unendedErasures = () =>
  query(
    Erasure,
    sql`select what, row_id as row, pair_id as pair from erasure where done_at is null order by at`,
  )

/** Purpose `retention`: to be carried out (once more), by `finishErasures`. */
export const eraseAgain = ({ what, row, pair }: Erasure): Statement =>
  sql`insert into erasure (what, row_id, pair_id) values (${what}, ${row}, ${pair})
    on conflict (what, row_id) do update set done_at = null`

export const erasureDone = ({ what, row }: Erasure): Statement =>
  sql`update erasure set done_at = now() where what = ${what} and row_id = ${row}`
