import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../domain/errors.ts'

/** One numbered file of `migrations/`. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly text: string
  /** sha256 of the text: a migration that has run may never change. */
  readonly hash: string
}

/** The little a database must offer to be migrated, or moved: scripts and statements in the owner's name. */
export interface MigrationSession {
  exec(script: string): Promise<void>
  rows(statement: string, values?: readonly string[]): Promise<Record<string, unknown>[]>
}

/** Reads `0001_name.sql` … in order. @throws RangeError when numbers are missing or double. */
export const readMigrations = async (folder: string): Promise<Migration[]> => {
  const files = (await readdir(folder)).filter(file => /^\d{4}_[a-z0-9_]+\.sql$/.test(file)).toSorted()
  return Promise.all(
    files.map(async (file, index) => {
      const number = Number(file.slice(0, 4))
      if (number !== index + 1) throw new RangeError(`migrations must be numbered without gaps: ${file}`)
      const text = await readFile(join(folder, file), 'utf8')
      return { number, name: file.slice(5, -4), text, hash: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/**
 * Brings a database to the newest schema. Each migration and its record commit together, so a
 * process killed midway leaves a whole number of migrations; the advisory lock makes a second
 * process that starts at once wait and then find nothing to do.
 *
 * @returns the names of the migrations that ran.
 * @throws Refusal `schema-newer` when the database knows migrations this program does not,
 *   `schema-changed` when one that ran had another text, `migration-failed` when one breaks off.
 */
export const migrate = async (
  session: MigrationSession,
  migrations: readonly Migration[],
): Promise<string[]> => {
  await session.exec('select pg_advisory_lock(7294001)')
  try {
    // Asked first: an older program must leave a newer folder as it is.
    const [there] = await session.rows("select to_regclass('public.schema_migration') is not null as there")
    if (there?.['there'] !== true)
      await session.exec(`begin; create table schema_migration (
        number int primary key, name text not null, hash text not null, at timestamptz not null default now());
        alter table schema_migration enable row level security;
        alter table schema_migration force row level security; commit`)
    const done = await session.rows('select number, hash from schema_migration order by number')
    refuseForeign(done, migrations)
    const waiting = migrations.slice(done.length)
    for (const migration of waiting) {
      const { number, name, hash } = migration
      await session
        .exec(
          `begin;\n${migration.text}\n;insert into schema_migration (number, name, hash) values (${number}, '${name}', '${hash}');\ncommit`,
        )
        .catch((error: { code?: string }) => {
          throw isSqlState(error.code) && error.code !== '53100' ? failed(number, name, error.code) : error
        })
    }
    return waiting.map(migration => migration.name)
  } finally {
    await session.exec('rollback; select pg_advisory_unlock(7294001)')
  }
}

/** Whether a code is the database's own: five characters, of which the first tells it from a file system's. */
export const isSqlState = (code: string | undefined): code is string =>
  /^[0-9FHPX][0-9A-Z]{4}$/.test(code ?? '')

const failed = (number: number, name: string, code: string) =>
  new Refusal(
    'migration-failed',
    500,
    `Migration ${number} (${name}) could not be done (${code}). The data stands as it was before it. ` +
      'Go back to the version you had, and report this.',
  )

export const schemaNewer = (): Refusal =>
  new Refusal(
    'schema-newer',
    500,
    'This data was written by a newer Rapport. Start that version, or restore a backup made by this one.',
  )

export const refuseForeign = (done: Record<string, unknown>[], migrations: readonly Migration[]): void => {
  if (done.length > migrations.length) throw schemaNewer()
  for (const [index, row] of done.entries())
    if (row['hash'] !== migrations[index]?.hash)
      throw new Refusal(
        'schema-changed',
        500,
        `Migration ${String(row['number'])} is not the one this data was made with. Use an unmodified release.`,
      )
}
