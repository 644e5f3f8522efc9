import { Refusal } from '../domain/errors.ts'
import { type Migration, type MigrationSession, refuseForeign } from './migrate.ts'

/** One of the two databases of a move, spoken to as its owner, whom no policy binds. */
export interface Place extends MigrationSession {
  /** As a message calls it. */
  readonly called: string
  /** Before more is written. @throws Refusal `disk-full`. */
  refuseWhenFull(): void
}

/** What a table holds; the same rows have the same sum in whatever order they lie. */
export interface TableSum {
  readonly name: string
  readonly rows: number
  readonly sum: string
}

export interface Moved {
  readonly table: string
  readonly rows: number
  readonly of: number
}

/** The schema's own record: both sides have it already. */
const notMoved = "relname <> 'schema_migration'"
/** Bytes of rows that go over in one statement; a single row may have more. */
const atOnce = 4_000_000

/**
 * Both sides write every value as the same text. The checks of foreign keys happen once, at the end, so
 * that no order of tables is needed; nothing is bounded by a time.
 */
const alike = `set local time zone 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local statement_timeout = 0;
  set local row_security = off; set local search_path = public`

/**
 * Copies every row of every table into a database that has none, compares a checksum of every table on
 * both sides, and only then commits: all of it is there, or nothing. The source is only read.
 *
 * @returns every table's sum, which is the same on both sides.
 * @throws Refusal `schema-older`, `schema-newer`, `schema-changed`, `target-not-empty`, `database-in-use`,
 *   `disk-full`, and `move-differs` where the sums do.
 */
export const moveRows = async (
  from: Place,
  to: Place,
  migrations: readonly Migration[],
  tell: (moved: Moved) => void = () => undefined,
): Promise<TableSum[]> => {
  for (const place of [from, to]) await refuseOtherSchema(place, migrations)
  const tables = await tablesOf(from)
  const all = tables.map(quoted).join(', ')
  try {
    await from.exec(`begin read only; ${alike}`)
    await to.exec(`begin; ${alike}`)
    await lock(from, `lock table ${all} in share mode nowait`)
    await lock(to, `lock table ${all} in access exclusive mode nowait`)
    await refuseFilled(to, tables)
    const { before, after } = await unbinding(to)
    await to.exec(before)
    for (const table of tables) await copyTable(from, to, table, tell)
    await to.exec(after)
    const sums = await sumsOf(from, tables)
    refuseDifferent(sums, await sumsOf(to, tables))
    await to.exec('commit')
    return sums
  } catch (error) {
    await to.exec('rollback').catch(() => undefined)
    throw error
  } finally {
    await from.exec('rollback').catch(() => undefined)
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const refuseOtherSchema = async (place: Place, migrations: readonly Migration[]): Promise<void> => {
  const [there] = await place.rows("select to_regclass('public.schema_migration') is not null as there")
  const done =
    there?.['there'] === true
      ? await place.rows('select number, hash from public.schema_migration order by number')
      : []
  refuseForeign(done, migrations)
  if (done.length < migrations.length)
    throw new Refusal(
      'schema-older',
      409,
      `${place.called} has not the schema of this version yet. Run: npm run rapport -- migrate. Nothing was moved.`,
    )
}

const tablesOf = async (place: Place): Promise<string[]> =>
  (
    await place.rows(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not relispartition and ${notMoved} order by relname`,
    )
  ).map(({ name }) => String(name))

const lock = async (place: Place, statement: string): Promise<void> => {
  try {
    await place.exec(statement)
  } catch (error) {
    if ((error as { code?: string }).code === '55P03') throw databaseInUse(place.called)
    throw error
  }
}

export const databaseInUse = (called: string): Refusal =>
  new Refusal(
    'database-in-use',
    409,
    `${called} is in use. Stop every serve and work first, then try again. Nothing was moved.`,
  )

const refuseFilled = async (place: Place, tables: readonly string[]): Promise<void> => {
  const looks = tables.map(table => `select '${table}' as name where exists (select from ${quoted(table)})`)
  const [filled] = await place.rows(looks.join(' union all '))
  if (filled)
    throw new Refusal(
      'target-not-empty',
      409,
      `${place.called} holds something already (${String(filled['name'])}). Nothing is ever overwritten: choose an empty one.`,
    )
}

/**
 * What makes room for rows in any order, and what binds them again: foreign keys wait, and triggers of
 * ours, which ran when the rows were first written, do not run again. Both belong to the transaction.
 */
const unbinding = async (place: Place): Promise<{ readonly before: string; readonly after: string }> => {
  const keys = await place.rows(
    `select conrelid::regclass::text as table, quote_ident(conname) as name from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace and not condeferrable`,
  )
  const triggers = await place.rows(
    `select distinct tgrelid::regclass::text as table from pg_trigger
      join pg_class on pg_class.oid = tgrelid and relnamespace = 'public'::regnamespace where not tgisinternal`,
  )
  const each = (rows: Record<string, unknown>[], change: (name: string) => string) =>
    rows.map(({ table, name }) => `alter table ${String(table)} ${change(String(name))}`).join('; ')
  return {
    before: `${each(keys, name => `alter constraint ${name} deferrable initially deferred`)};
      ${each(triggers, () => 'disable trigger user')}; set constraints all deferred`,
    after: `set constraints all immediate; ${each(keys, name => `alter constraint ${name} not deferrable`)};
      ${each(triggers, () => 'enable trigger user')}`,
  }
}

/** Values go as the text of an array for each column, so that no row of 16 MB has company and none is taken apart here. */
const copyTable = async (
  from: Place,
  to: Place,
  table: string,
  tell: (moved: Moved) => void,
): Promise<void> => {
  const columns = await from.rows(
    `select quote_ident(attname) as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [quoted(table)],
  )
  const names = columns.map(({ name }) => String(name))
  const parts = await from.rows(
    `select min(ctid)::text as first, max(ctid)::text as last, count(*)::int as rows from (
      select ctid, sum(pg_column_size(t.*) + 64) over (order by ctid) / ${atOnce} as part from ${quoted(table)} t) t
      group by part order by part`,
  )
  const of = parts.reduce((sum, { rows }) => sum + Number(rows), 0)
  const read = `select ${names.map((name, at) => `array_agg(${name}::text)::text as "${at}"`).join(', ')}
    from ${quoted(table)} where ctid between $1::tid and $2::tid`
  const write = `insert into ${quoted(table)} (${names.join(', ')})
    select ${columns.map(({ type }, at) => `"${at}"::${String(type)}`).join(', ')}
    from unnest(${names.map((_, at) => `$${at + 1}::text[]`).join(', ')}) as t (${names.map((_, at) => `"${at}"`).join(', ')})`
  let moved = 0
  for (const { first, last, rows } of parts) {
    const [values] = await from.rows(read, [String(first), String(last)])
    to.refuseWhenFull()
    await to.rows(
      write,
      names.map((_, at) => String(values?.[at])),
    )
    moved += Number(rows)
    tell({ table, rows: moved, of })
  }
}

const sumsOf = async (place: Place, tables: readonly string[]): Promise<TableSum[]> => {
  const sums: TableSum[] = []
  for (const name of tables) {
    const [found] = await place.rows(
      `select count(*)::int as rows, coalesce(sum(
        ('x' || left(encode(sha256(convert_to(t::text, 'UTF8')), 'hex'), 15))::bit(60)::bigint), 0)::text as sum
        from ${quoted(name)} t`,
    )
    sums.push({ name, rows: Number(found?.['rows']), sum: String(found?.['sum']) })
  }
  return sums
}

const refuseDifferent = (sums: readonly TableSum[], others: readonly TableSum[]): void => {
  const differs = sums.find((one, at) => one.sum !== others[at]?.sum || one.rows !== others[at]?.rows)
  if (differs)
    throw new Refusal(
      'move-differs',
      500,
      `The rows of ${differs.name} are not the same on both sides, so nothing was moved. Please report this.`,
    )
}
