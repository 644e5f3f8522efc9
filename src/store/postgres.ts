import { setTimeout as wait } from 'node:timers/promises'
import type { Pool } from 'pg'
import { z } from 'zod'
import { Refusal } from '../domain/errors.ts'
import {
  asPair,
  asPerson,
  asSystem,
  type Database,
  DatabaseError,
  type Identity,
  type Tx,
} from './database.ts'
import type { StatementResult } from './embedded-protocol.ts'
import { becoming } from './identity.ts'
import { readMigrations, refuseForeign } from './migrate.ts'
import { ourMigrations } from './migrations.ts'
import { failure, isLost, limits, openPool, send } from './postgres-connection.ts'
import { parseRows } from './rows.ts'
import { type Query, sql, type Statement } from './sql.ts'

export interface PostgresOptions {
  /** Of the application's role, which owns nothing and cannot bypass row-level security. */
  readonly url: string
  readonly connections?: number
  /** Folder of the migrations that must have run; a test brings those of another version. */
  readonly migrations?: string
}

/**
 * A PostgreSQL server, as the application's role. Any number of processes may.
 *
 * @throws Refusal `database-unreachable`, `database-role`, `schema-older`, `schema-newer`, `schema-changed`.
 */
export const openPostgres = async ({
  url,
  connections = 10,
  migrations = ourMigrations,
}: PostgresOptions): Promise<Database> => {
  const pool = openPool({ url, connections })
  try {
    await refuseUnfit(pool, migrations)
    return databaseOver(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
}

const Standing = z.object({
  role: z.string(),
  superuser: z.boolean(),
  bypasses: z.boolean(),
  owns: z.boolean(),
  migrated: z.boolean(),
  granted: z.boolean(),
})

/** Whether the role is of some other kind than the one that policies bind, and whether the schema is ours. */
const refuseUnfit = async (pool: Pool, migrations: string): Promise<void> => {
  const client = await pool.connect().catch((error: unknown) => {
    throw unreachable(error)
  })
  try {
    const [answer] = await send(client, [
      sql`select current_user as role, rolsuper as superuser, rolbypassrls as bypasses,
          exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
            and pg_has_role(current_user, relowner, 'member')) as owns,
          to_regclass('public.schema_migration') is not null as migrated,
          coalesce(has_table_privilege(to_regclass('public.schema_migration'), 'select'), false) as granted
        from pg_roles where rolname = current_user`,
    ])
    const standing = Standing.parse(answer?.rows[0])
    const { role } = standing
    if (standing.superuser || standing.bypasses || standing.owns)
      throw new Refusal(
        'database-role',
        500,
        `DATABASE_URL signs in as ${role}, whom row-level security does not bind. Put that address into ` +
          'DATABASE_MIGRATION_URL, choose another user for DATABASE_URL, and run: npm run rapport -- migrate',
      )
    if (!standing.migrated || !standing.granted) throw schemaOlder()
    const known = await readMigrations(migrations)
    const [rows] = await send(client, [sql`select number, hash from schema_migration order by number`])
    const done = (rows?.rows ?? []) as Record<string, unknown>[]
    refuseForeign(done, known)
    if (done.length < known.length) throw schemaOlder()
  } finally {
    client.release()
  }
}

const schemaOlder = () =>
  new Refusal(
    'schema-older',
    500,
    'The database has not the schema of this version yet. Set DATABASE_MIGRATION_URL and run: npm run rapport -- migrate',
  )

const unreachable = (error: unknown): Refusal => {
  const { code } = error as { code?: string }
  return new Refusal(
    'database-unreachable',
    500,
    `The database of DATABASE_URL cannot be reached or refuses to let us in (${code ?? 'no answer'}). Is it running, ` +
      'and are user and password right? The user is made by: npm run rapport -- migrate',
  )
}

const databaseOver = (pool: Pool): Database => {
  const as = <T>(identity: Identity, work: (tx: Tx) => Promise<T>) =>
    inTurn(() => transaction(pool, identity, work))
  const connect = () => pool.connect().catch((error: unknown) => Promise.reject(failure(error)))
  const inOneMessage = async (begin: string, queries: readonly Query<unknown>[]) => {
    const statements = queries.map(({ statement }) => statement)
    const client = await connect()
    let lost = false
    try {
      return parseAll(queries, await send(client, statements, begin, 'commit')) as never
    } catch (error) {
      lost = isLost(error)
      throw failure(error)
    } finally {
      client.release(lost)
    }
  }
  return {
    kind: 'postgres',
    as,
    asPerson: (person, work) => as(asPerson(person), work),
    asPair: (pair, work) => as(asPair(pair), work),
    asSystem: (purpose, work) => as(asSystem(purpose), work),
    read: (identity, ...queries) => inOneMessage(opening(identity, true), queries),
    change: (identity, ...queries) => inTurn(() => inOneMessage(opening(identity), queries)),
    maintain: async () => undefined,
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

const opening = (identity: Identity, readOnly = false): string =>
  `begin${readOnly ? ' read only' : ''}; ${limits}; ${becoming(identity)}`

const parseAll = (queries: readonly Query<unknown>[], results: readonly StatementResult[]) =>
  queries.map((asked, index) => parseRows(asked, results[index]?.rows ?? []))

/** Deadlock, and a row that somebody else changed first: the database undid one so that the other could end. */
const clashes = new Set(['40P01', '40001'])
const mostClashes = 5

/**
 * Runs it again as a whole where it clashed with another transaction. Somebody removed a 1:1 while its
 * meetings were being read, and each waited for the other's rows: in one of two tries. Embedded,
 * transactions take turns and never clash.
 */
const inTurn = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof DatabaseError && clashes.has(error.code)) || tries === mostClashes) throw error
      // Not at once both again.
      await wait(Math.random() * 20 * tries)
    }
  }
}

/** As the embedded one: opened with the first statements, ended with the work, and dead after a failure. */
const transaction = async <T>(pool: Pool, identity: Identity, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const begin = opening(identity)
  const client = await pool.connect().catch((error: unknown) => Promise.reject(failure(error)))
  let state: 'fresh' | 'open' | 'over' = 'fresh'
  let lost = false
  const failures: unknown[] = []
  const end = async (text: 'commit' | 'rollback') => {
    try {
      await send(client, [], text)
    } catch (error) {
      lost = true
      throw failure(error)
    }
  }
  const ask = async (statements: readonly Statement[]) => {
    if (state === 'over') throw new Error('this transaction is over')
    const first = state === 'fresh' ? begin : ''
    state = 'open'
    try {
      return await send(client, statements, first)
    } catch (error) {
      state = 'over'
      failures.push(failure(error))
      if (isLost(error)) lost = true
      else await end('rollback').catch(() => undefined)
      throw failures.at(-1)
    }
  }
  const several: Tx['several'] = async (...queries) =>
    parseAll(queries, await ask(queries.map(({ statement }) => statement))) as never
  const tx: Tx = {
    several,
    all: async asked => (await several(asked))[0],
    first: async asked => (await several(asked))[0][0],
    run: async (...statements) => (await ask(statements)).map(({ count }) => count),
  }
  const isOpen = () => state === 'open'
  try {
    const value = await work(tx)
    // Work that swallowed a failed statement must not look committed.
    if (failures.length > 0) throw failures[0]
    if (isOpen()) await end('commit')
    return value
  } catch (error) {
    if (isOpen() && !lost) await end('rollback').catch(() => undefined)
    throw error
  } finally {
    state = 'over'
    client.release(lost)
  }
}
