import { Worker } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
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
import type { StatementResult, WorkerReply, WorkerRequest, WorkerStart } from './embedded-protocol.ts'
import { lockFolder } from './folder-lock.ts'
import { parseRows } from './rows.ts'
import type { Query, Statement } from './sql.ts'

const migrations = fileURLToPath(new URL('../../migrations', import.meta.url))

/** PGlite ignores `statement_timeout`; after this long the thread is stopped and started anew. */
const longestMessage = 30_000

export interface EmbeddedOptions {
  readonly folder: string
  /** Milliseconds one message may take; a test shortens it. */
  readonly longestMessage?: number
}

interface Waiting {
  resolve(results: readonly StatementResult[]): void
  reject(error: Error): void
  timer: NodeJS.Timeout
}

/**
 * Opens the embedded database in a folder, migrated to the newest schema and held for this process.
 *
 * @throws Refusal `folder-in-use`, `folder-unwritable`, `schema-newer`, `database-damaged`.
 */
export const openEmbedded = async (options: EmbeddedOptions): Promise<Database> => {
  const lock = lockFolder(options.folder)
  try {
    const thread = await startThread({ folder: options.folder, migrations }, options.longestMessage)
    return databaseOver(thread, lock)
  } catch (error) {
    lock[Symbol.dispose]()
    throw error
  }
}

interface Thread {
  send(request: Omit<WorkerRequest, 'id'>): Promise<readonly StatementResult[]>
  stop(): Promise<void>
}

const startThread = async (start: WorkerStart, limit = longestMessage): Promise<Thread> => {
  let worker = await spawn(start)
  const waiting = new Map<number, Waiting>()
  let last = 0
  let stopping = false
  let restarting: Promise<void> | undefined

  const failAll = (error: Error) => {
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer)
      reject(error)
    }
    waiting.clear()
  }
  const listen = () => {
    const current = worker
    current.on('message', (message: WorkerReply) => {
      const asker = waiting.get(message.id)
      if (!asker) return
      waiting.delete(message.id)
      clearTimeout(asker.timer)
      if ('error' in message) asker.reject(failure(message.error))
      else asker.resolve(message.results)
    })
    current.on('error', () => undefined)
    current.once('exit', () => {
      if (stopping || current !== worker) return
      failAll(new DatabaseError('57P01', undefined, 'the database thread ended and is being started again'))
      restarting = spawn(start).then(
        next => {
          worker = next
          restarting = undefined
          listen()
        },
        () => undefined,
      )
    })
  }
  listen()

  return {
    async send(request) {
      await restarting
      if (stopping) throw closed()
      return new Promise((resolve, reject) => {
        const id = ++last
        const timer = setTimeout(() => void worker.terminate(), limit)
        waiting.set(id, { resolve, reject, timer })
        worker.postMessage({ ...request, id } satisfies WorkerRequest)
      })
    },
    async stop() {
      stopping = true
      const id = ++last
      const ended = new Promise(resolve => worker.once('exit', resolve))
      worker.postMessage({ id, statements: [], close: true } satisfies WorkerRequest)
      const timer = setTimeout(() => void worker.terminate(), 5_000)
      await ended
      clearTimeout(timer)
      failAll(closed())
    },
  }
}

const closed = () => new DatabaseError('57P01', undefined, 'the database is closed')

const spawn = async (start: WorkerStart): Promise<Worker> => {
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), { workerData: start })
  const first = await new Promise<WorkerReply>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  }).catch((error: unknown) => {
    throw damaged(error instanceof Error ? error.message : 'unknown')
  })
  if ('error' in first) {
    const error = failure(first.error)
    throw error instanceof Refusal ? error : damaged(error.message)
  }
  return worker
}

const damaged = (cause: string) =>
  new Refusal(
    'database-damaged',
    500,
    `The database in the data folder could not be opened (${cause}). Keep the folder as it is and restore a backup into a new one.`,
  )

const failure = ({ code, constraint, summary, refusal }: Extract<WorkerReply, { error: unknown }>['error']) =>
  refusal ? new Refusal(code, refusal.status, summary) : new DatabaseError(code, constraint, summary)

const databaseOver = (thread: Thread, lock: Disposable): Database => {
  // One session: transactions take turns. `turn` is the tail of the line.
  let turn: Promise<unknown> = Promise.resolve()
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }
  const as = <T>(identity: Identity, work: (tx: Tx) => Promise<T>) =>
    exclusive(() => transaction(thread, identity, work))
  return {
    kind: 'embedded',
    as,
    asPerson: (person, work) => as(asPerson(person), work),
    asPair: (pair, work) => as(asPair(pair), work),
    asSystem: (purpose, work) => as(asSystem(purpose), work),
    read: (identity, ...queries) =>
      exclusive(async () => {
        const statements = queries.map(query => query.statement)
        const results = await thread.send({ begin: identity, readOnly: true, statements, end: 'commit' })
        return parseAll(queries, results) as never
      }),
    maintain: () => exclusive(async () => void (await thread.send({ statements: [], maintain: true }))),
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
