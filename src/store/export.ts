import { z } from 'zod'
import { Identified } from './columns.ts'
import type { Tx } from './database.ts'
import { name, query, queryInOne, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** Tables whose rows tell nobody anything: made from others for searching, of the work, or of the workspace. */
const leftOut = new Set([
  'indexed_source',
  'intake_key',
  'job',
  'model_setting',
  'own_prompt',
  'passage',
  'passage_sketch',
  'posting',
  'prepared',
  'prepared_page',
  'run',
  'schedule',
  'schema_migration',
])

const Table = z.object({ name: z.string(), columns: z.array(z.string()) })
/**
 * Every table that may be read, with its columns that hold no bytes and no vectors. Asked of the catalogue:
 * a table made later is in the export without anybody thinking of it.
 */
const readableTables = query(
  Table,
  sql`select relname as name, array_agg(attname::text order by attnum) as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and has_column_privilege(pg_class.oid, attnum, 'select')
      and atttypid::regtype::text not in ('bytea', 'halfvec', 'bit varying[]')
    group by relname order by relname`,
)

/**
 * As the person: every row they may read, by table. The walls decide what that is, so nothing of anybody
 * else's can be in it; of the directory that an administrator sees only those they meet with are taken.
 */
export const exportOf = async (tx: Tx): Promise<Record<string, Record<string, unknown>[]>> => {
  const pairs = await tx.all(
    query(Identified, sql`select id from pair where current_person() in (manager_id, report_id)`),
  )
  const mine = pairs.map(({ id }) => id)
  const found: Record<string, Record<string, unknown>[]> = {}
  for (const table of await tx.all(readableTables)) {
    if (leftOut.has(table.name)) continue
    const columns = table.columns.map(name).reduce((list, column) => sql`${list}, ${column}`)
    const rows = await tx.all(
      queryInOne(
        z.record(z.string(), z.unknown()),
        sql`select ${columns} from ${name(table.name)} where ${ofMine(table, mine)}`,
      ),
    )
    if (rows.length > 0) found[table.name] = rows
  }
  return found
}

const ofMine = ({ name: table, columns }: z.infer<typeof Table>, pairs: readonly string[]): Statement => {
  if (table === 'pair') return sql`id = any (${pairs})`
  if (table === 'person')
    return sql`id = current_person()
      or id in (select unnest(array[manager_id, report_id]) from pair where id = any (${pairs}))`
  // Without its pairs a policy is asked for every row of everybody's.
  return columns.includes('pair_id') ? sql`(pair_id = any (${pairs}) or pair_id is null)` : sql`true`
}
