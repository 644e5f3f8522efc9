import { json, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** What a step did: engine, time and counts, never words. */
export interface RunRecord {
  readonly pair: string | null
  /** Whose run it is, and who alone sees it, where it ran as a person. */
  readonly person: string | null
  readonly job: string
  readonly transcript: string | null
  readonly step: string
  readonly engine: string
  readonly milliseconds: number
  readonly outcome: 'done' | 'failed'
  readonly counts: Readonly<Record<string, number>>
}

export const insertRun = (run: RunRecord): Statement =>
  sql`insert into run (pair_id, person_id, job_id, transcript_id, step, engine, milliseconds, outcome, counts)
    values (${run.pair}, ${run.person}, ${run.job}, ${run.transcript}, ${run.step}, ${run.engine}, ${run.milliseconds},
      ${run.outcome}, ${json(run.counts)}::jsonb)`
