import { newCopyIn } from './data-folder.ts'
import { asPair, asPerson, asSystem, type Database, type Identity, type Tx } from './database.ts'
import type { StatementResult } from './embedded-protocol.ts'
import { startThread, type Thread } from './embedded-thread.ts'
import { lockFolder } from './folder-lock.ts'
import { ourMigrations } from './migrations.ts'
import { parseRows } from './rows.ts'
import type { Query, Statement } from './sql.ts'

/** PGlite ignores `statement_timeout`; after this long the thread is stopped and started anew. */
const thirtySeconds = 30_000
/** Tidying or copying a large folder. */
const tenMinutes = 600_000

/** The database of one folder: it can be copied while it is used. */
export interface EmbeddedDatabase extends Database {
  /**
   * Copies all files as of now into a folder beside them, whose path it returns; whoever asked removes
   * it. Nothing else is answered meanwhile (40 MB: 0.2 s).
   *
   * @throws Refusal `disk-full` where there is no room for a copy.
   */
  copy(): Promise<string>
}

export interface EmbeddedOptions {
  readonly folder: string
  /** Folder of the migrations; a test brings those of another version. */
  readonly migrations?: string
  /** Milliseconds one message may take; a test shortens it. */
  readonly longestMessage?: number
}

/**
 * Opens the embedded database in a folder, migrated to the newest schema and held for this process.
 *
 * @throws Refusal `folder-in-use`, `folder-unwritable`, `disk-full`, `database-damaged`,
 *   `database-version`, `schema-newer`, `schema-changed`, `migration-failed`.
 */
export const openEmbedded = async ({
  folder,
  migrations = ourMigrations,
  longestMessage = thirtySeconds,
}: EmbeddedOptions): Promise<EmbeddedDatabase> => {
  const lock = lockFolder(folder)
  try {
    const thread = await startThread({ folder, migrations }, longestMessage)
    return databaseOver(thread, lock, folder)
  } catch (error) {
    lock[Symbol.dispose]()
    throw error
  }
}

const databaseOver = (thread: Thread, lock: Disposable, folder: string): EmbeddedDatabase => {
  // One session: transactions take turns. `turn` is the tail of the line.
  let turn: Promise<unknown> = Promise.resolve()
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }
  const as = <T>(identity: Identity, work: (tx: Tx) => Promise<T>) =>
    exclusive(() => transaction(thread, identity, work))
  const inOneMessage = (identity: Identity, readOnly: boolean, queries: readonly Query<unknown>[]) =>
    exclusive(async () => {
      const statements = queries.map(query => query.statement)
      return parseAll(
        queries,
        await thread.send({ begin: identity, readOnly, statements, end: 'commit' }),
      ) as never
    })
  return {
    kind: 'embedded',
    as,
    asPerson: (person, work) => as(asPerson(person), work),
    asPair: (pair, work) => as(asPair(pair), work),
    asSystem: (purpose, work) => as(asSystem(purpose), work),
    read: (identity, ...queries) => inOneMessage(identity, true, queries),
    change: (identity, ...queries) => inOneMessage(identity, false, queries),
    maintain: () =>
      exclusive(async () => void (await thread.send({ statements: [], maintain: true }, tenMinutes))),
    copy: () =>
      exclusive(async () => {
        const copyTo = newCopyIn(folder)
        await thread.send({ statements: [], copyTo }, tenMinutes)
        return copyTo
      }),
    async [Symbol.asyncDispose]() {
      await turn.catch(() => undefined)
      await thread.stop()
      lock[Symbol.dispose]()
    },
  }
}

const parseAll = (queries: readonly Query<unknown>[], results: readonly StatementResult[]) =>
  queries.map((query, index) => parseRows(query, results[index]?.rows ?? []))

const transaction = async <T>(
  thread: Thread,
  identity: Identity,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  let state: 'fresh' | 'open' | 'over' = 'fresh'
  const failures: unknown[] = []
  const send = async (statements: readonly Statement[]) => {
    if (state === 'over') throw new Error('this transaction is over')
    const begin = state === 'fresh' ? { begin: identity } : {}
    state = 'open'
    try {
      return await thread.send({ ...begin, statements })
    } catch (error) {
      // The thread has rolled back already: nothing of this transaction may go on.
      state = 'over'
      failures.push(error)
      throw error
    }
  }
  const several: Tx['several'] = async (...queries) =>
    parseAll(queries, await send(queries.map(query => query.statement))) as never
  const tx: Tx = {
    several,
    all: async query => (await several(query))[0],
    first: async query => (await several(query))[0][0],
    run: async (...statements) => (await send(statements)).map(result => result.count),
  }
  const isOpen = () => state === 'open'
  try {
    const value = await work(tx)
    // Work that swallowed a failed statement must not look committed.
    if (failures.length > 0) throw failures[0]
    if (isOpen()) await thread.send({ statements: [], end: 'commit' })
    return value
  } catch (error) {
    if (isOpen()) await thread.send({ statements: [], end: 'rollback' }).catch(() => undefined)
    throw error
  } finally {
    state = 'over'
  }
}
