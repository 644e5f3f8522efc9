import { z } from 'zod'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** What is known of a model that makes vectors; all of it in `asSystem('jobs')`. */
export const VectorHabit = z.object({
  dimension: z.int().nullable(),
  nearEnough: z.number().nullable(),
  edition: z.int(),
})
export type VectorHabit = z.infer<typeof VectorHabit>

export const vectorHabit = (endpoint: string, model: string) =>
  query(
    VectorHabit,
    sql`select dimension, near_enough::float8 as "nearEnough", edition from model_habit
      where endpoint = ${endpoint} and model = ${model}`,
  )

/** What was measured; another dimension than before is another edition. */
export const writeVectorHabit = (
  endpoint: string,
  model: string,
  { dimension, nearEnough }: { readonly dimension: number; readonly nearEnough: number },
): Statement =>
  sql`insert into model_habit (endpoint, model, dimension, near_enough)
    values (${endpoint}, ${model}, ${dimension}, ${nearEnough}::float8)
    on conflict (endpoint, model) do update set dimension = excluded.dimension, near_enough = excluded.near_enough,
      edition = model_habit.edition + case when model_habit.dimension <> excluded.dimension then 1 else 0 end`

export const embedderInUse = () =>
  query(z.object({ name: z.string() }), sql`select name from embedder_in_use`)

export const writeEmbedderInUse = (name: string): Statement =>
  sql`insert into embedder_in_use (name) values (${name})
    on conflict (single) do update set name = excluded.name, since = now()`

/** A chore for every pair: whatever it has of another embedder's is made anew. Each change is a round of its own. */
export const renewVectors = (round: string, priority: number): Statement =>
  sql`insert into job (kind, key, pair_id, purpose, priority)
    select 'renew-vectors', 'renew-vectors:' || id || ':' || ${round}, id, 'jobs', ${priority} from pair
    on conflict do nothing`

/** How many transcripts, or pairs not looked at yet, wait for their vectors. */
export const vectorsWaiting = () =>
  query(
    z.object({ waiting: z.int() }),
    sql`select count(*)::int as waiting from job
      where kind in ('embed', 'embed-again', 'renew-vectors') and state in ('ready', 'active')`,
  )

/** Transcripts of a pair that have been read, with the meeting each is on. */
export const readTranscripts = (pair: string) =>
  query(
    z.object({ transcript: z.string(), meeting: z.string() }),
    sql`select distinct transcript_id as transcript, meeting_id as meeting from passage
      where pair_id = ${pair} and transcript_id is not null`,
  )
