import { RunView } from '../domain/api/coach.ts'
import { at } from './columns.ts'
import { json, query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** What a step did: engine, time and counts, never words. */
export interface RunRecord {
  readonly pair: string | null
  /** Whose run it is, and who alone sees it, where it ran as a person. */
  readonly person: string | null
  /** Null where somebody's page asked, and no job. */
  readonly job: string | null
  readonly transcript: string | null
  readonly step: string
  readonly engine: string
  readonly milliseconds: number
  /** `done`, or the code of what went wrong. */
  readonly outcome: string
  readonly counts: Readonly<Record<string, number>>
  /** Of a question to a model. */
  readonly prompt?: string
  readonly promptHash?: string
  readonly model?: string
  readonly inputTokens?: number | null
  readonly outputTokens?: number | null
  readonly cost?: number | null
}

export const insertRun = (run: RunRecord): Statement =>
  sql`insert into run (pair_id, person_id, job_id, transcript_id, step, engine, milliseconds, outcome, counts, prompt, prompt_hash,
      model, input_tokens, output_tokens, cost)
    values (${run.pair}, ${run.person}, ${run.job}, ${run.transcript}, ${run.step}, ${run.engine}, ${run.milliseconds},
      ${run.outcome}, ${json(run.counts)}::jsonb, ${run.prompt ?? null}, ${run.promptHash ?? null},
      ${run.model ?? null}, ${run.inputTokens ?? null}, ${run.outputTokens ?? null}, ${run.cost ?? null})`

/** What has been done with a transcript, oldest first. */
export const runsOfTranscript = (pair: string, transcript: string) =>
  query(
    RunRow,
    sql`select step, engine, outcome, prompt, prompt_hash as "promptHash", model, input_tokens as "inputTokens",
        output_tokens as "outputTokens", cost::float8 as cost, milliseconds::float8 as milliseconds, counts, at
      from run where pair_id = ${pair} and transcript_id = ${transcript} order by at, step limit 200`,
  )
const RunRow = RunView.extend({ at })
