import { z } from 'zod'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

const amount = z.coerce.number().nullable()

/** What an administrator has settled about the model; what the environment names counts before it. */
export const ModelRow = z.object({
  engine: z.enum(['offline', 'llm']),
  baseUrl: z.string().nullable(),
  model: z.string().nullable(),
  fallbackModel: z.string().nullable(),
  embeddingModel: z.string().nullable(),
  context: z.int().nullable(),
  priceRead: amount,
  priceWritten: amount,
  mostAMonth: amount,
  mostAPerson: amount,
  mostADay: amount,
  atOnce: z.int(),
  version: z.int(),
})
export type ModelRow = z.infer<typeof ModelRow>

/** As long as nobody has settled anything. */
export const noModelRow: ModelRow = {
  engine: 'llm',
  baseUrl: null,
  model: null,
  fallbackModel: null,
  embeddingModel: null,
  context: null,
  priceRead: null,
  priceWritten: null,
  mostAMonth: null,
  mostAPerson: null,
  mostADay: null,
  atOnce: 4,
  version: 0,
}

const columns = sql`engine, base_url as "baseUrl", model, fallback_model as "fallbackModel",
  embedding_model as "embeddingModel", context_tokens as context, price_read::float8 as "priceRead",
  price_written::float8 as "priceWritten", most_a_month::float8 as "mostAMonth",
  most_a_person::float8 as "mostAPerson", most_a_day::float8 as "mostADay", at_once as "atOnce", version`

export const modelRow = () => query(ModelRow, sql`select ${columns} from model_setting`)

/** Written from the version somebody saw; no row back when another was quicker. */
export const writeModelRow = (row: ModelRow) =>
  query(
    ModelRow,
    sql`insert into model_setting (engine, base_url, model, fallback_model, embedding_model, context_tokens, price_read,
        price_written, most_a_month, most_a_person, most_a_day, at_once, changed_by)
      select ${row.engine}, ${row.baseUrl}, ${row.model}, ${row.fallbackModel}, ${row.embeddingModel},
        ${row.context}::int, ${row.priceRead}::float8, ${row.priceWritten}::float8, ${row.mostAMonth}::float8,
        ${row.mostAPerson}::bigint, ${row.mostADay}::bigint, ${row.atOnce}::int, current_person()
      on conflict (single) do update set engine = excluded.engine, base_url = excluded.base_url,
        model = excluded.model, fallback_model = excluded.fallback_model,
        embedding_model = excluded.embedding_model, context_tokens = excluded.context_tokens,
        price_read = excluded.price_read, price_written = excluded.price_written,
        most_a_month = excluded.most_a_month, most_a_person = excluded.most_a_person,
        most_a_day = excluded.most_a_day, at_once = excluded.at_once, version = model_setting.version + 1,
        changed_by = excluded.changed_by, changed_at = now()
      where model_setting.version = ${row.version}
      returning ${columns}`,
  )

/** Read by the work, in `asSystem('jobs')`, and by nobody else: no person's policy shows it. */
export const modelKey = () => query(z.object({ key: z.string() }), sql`select key from model_key`)

export const writeModelKey = (key: string): Statement =>
  sql`insert into model_key (key) values (${key}) on conflict (single) do update set key = excluded.key`

export const forgetModelKey = (): Statement => sql`delete from model_key`

/** What has gone wrong is looked at afresh: somebody has changed something about it. */
export const forgetPauses = (): Statement => sql`delete from model_pause`

export const OwnPrompt = z.object({ name: z.string(), text: z.string(), hash: z.string() })

export const ownPrompts = () =>
  query(OwnPrompt, sql`select name, text, hash from own_prompt where active order by name`)

/** Takes the place of what counted before, which stays kept under its hash. */
export const useOwnPrompt = (prompt: z.infer<typeof OwnPrompt>): Statement[] => [
  ...useShippedPrompt(prompt.name),
  sql`insert into own_prompt (name, text, hash, made_by)
    values (${prompt.name}, ${prompt.text}, ${prompt.hash}, current_person())`,
]

export const useShippedPrompt = (name: string): [Statement] => [
  sql`update own_prompt set active = false where name = ${name} and active`,
]
