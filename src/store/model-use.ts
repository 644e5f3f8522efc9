import { z } from 'zod'
import { Identified } from './columns.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** What every process has to know about the model: all of it in `asSystem('jobs')`. */

export const Habit = z.object({
  mode: z.string().nullable(),
  dropped: z.array(z.string()).readonly(),
  context: z.int().nullable(),
})
export type Habit = z.infer<typeof Habit>

export const modelHabit = (endpoint: string, model: string) =>
  query(
    Habit,
    sql`select mode, dropped, context_tokens as context from model_habit where endpoint = ${endpoint} and model = ${model}`,
  )

export const writeModelHabit = (endpoint: string, model: string, habit: Readonly<Habit>): Statement =>
  sql`insert into model_habit (endpoint, model, mode, dropped, context_tokens)
    values (${endpoint}, ${model}, ${habit.mode}, ${habit.dropped}::text[], ${habit.context})
    on conflict (endpoint, model) do update set mode = excluded.mode, dropped = excluded.dropped,
      context_tokens = excluded.context_tokens`

export const Pause = z.object({
  reason: z.string(),
  /** Whole seconds until it is asked again; 0 or less: it may be. */
  seconds: z.coerce.number(),
})

export const modelPause = (endpoint: string) =>
  query(
    Pause,
    sql`select reason, ceil(extract(epoch from open_until - now()))::int as seconds from model_pause
      where endpoint = ${endpoint} and open_until is not null`,
  )

/** Three failures in a row open it; then each one more leaves it alone twice as long, up to half an hour. */
const failuresBefore = 3
const firstPause = 30
const longestPause = 1_800

/**
 * One failure more. `seconds`: what the server asked for, or what somebody has to change first; it is
 * then left alone at once and at least so long.
 */
export const countFailure = (endpoint: string, reason: string, seconds: number | null): Statement =>
  sql`insert into model_pause as pause (endpoint, failures, reason, open_until)
    values (${endpoint}, 1, ${reason},
      case when ${seconds !== null} then now() + make_interval(secs => ${seconds ?? 0}) end)
    on conflict (endpoint) do update set failures = pause.failures + 1, reason = excluded.reason,
      open_until = case
        when ${seconds !== null} then now() + make_interval(secs => ${seconds ?? 0})
        when pause.failures + 1 >= ${failuresBefore}
          then now() + make_interval(secs => least(${longestPause}::float8,
            ${firstPause}::float8 * power(2, least(pause.failures + 1 - ${failuresBefore}, 10))))
      end`

export const countSuccess = (endpoint: string): Statement =>
  sql`delete from model_pause where endpoint = ${endpoint}`

export const Spent = z.object({
  person: z.coerce.number(),
  day: z.coerce.number(),
  month: z.coerce.number(),
})

/** Tokens of today, somebody's and everybody's, and the month's cost. */
export const modelSpent = (person: string | null) =>
  query(
    Spent,
    sql`select coalesce(sum(read_tokens + written_tokens) filter (where day = current_date
          and person_id = ${person}::uuid), 0)::float8 as person,
        coalesce(sum(read_tokens + written_tokens) filter (where day = current_date), 0)::float8 as day,
        coalesce(sum(cost), 0)::float8 as month
      from model_use where day >= date_trunc('month', current_date)`,
  )

export const countUse = (
  person: string | null,
  use: { readonly read: number; readonly written: number; readonly cost: number },
): Statement =>
  sql`insert into model_use as used (day, person_id, read_tokens, written_tokens, cost)
    values (current_date, ${person}, ${use.read}, ${use.written}, ${use.cost}::float8)
    on conflict (day, person_id) do update set read_tokens = used.read_tokens + excluded.read_tokens,
      written_tokens = used.written_tokens + excluded.written_tokens, cost = used.cost + excluded.cost`

/** A place among those under way, for `seconds` at most; no row when all are taken. One process at a time looks. */
export const takePlace = (atOnce: number, seconds: number) =>
  query(
    Identified,
    sql`with turn as materialized (select pg_advisory_xact_lock(hashtext('model_place')))
      insert into model_place (until)
      select now() + make_interval(secs => ${seconds}) from turn
      where (select count(*) from model_place where until > now()) < ${atOnce}
      returning id`,
  )

export const leavePlace = (id: string): Statement =>
  sql`delete from model_place where id = ${id} or until < now()`
