import { parentPort, workerData } from 'node:worker_threads'
import type { PGlite } from '@electric-sql/pglite'
import { Refusal } from '../domain/errors.ts'
import { copyCluster, diskFull, noteSchema, refuseWhenFull, unwritable } from './data-folder.ts'
import type { DurableFiles } from './durable-files.ts'
import { openCluster, ownerOf } from './embedded-cluster.ts'
import type {
  StatementResult,
  WorkerFailure,
  WorkerReply,
  WorkerRequest,
  WorkerStart,
} from './embedded-protocol.ts'
import { becoming } from './identity.ts'
import { migrate, readMigrations } from './migrate.ts'
import { onlyRows, refused } from './only-rows.ts'
import { PreparedSession } from './prepared-session.ts'

/**
 * The thread that holds PGlite. A query there blocks its own thread only (in the main thread a slow
 * one stopped every request: 4.5 s against 8 ms), and `terminate()` is the one statement timeout
 * PGlite knows.
 */
const port = parentPort
if (!port) throw new Error('embedded-worker runs as a worker thread')

const { folder, migrations } = workerData as WorkerStart
let files: DurableFiles | undefined
/** The request being answered; 0 while the database is opened. */
let answering = 0

const open = async (): Promise<PGlite> => {
  const known = await readMigrations(migrations)
  const cluster = await openCluster(folder, known.length, () =>
    giveUp(new Error('the database came to its end')),
  )
  const { database } = cluster
  files = cluster.files
  await migrate(ownerOf(cluster), known)
  noteSchema(folder, known.length)
  // PGlite's session is a superuser, whom no policy binds. Unlike `set role`, this survives
  // `reset role`, `reset session authorization` and `discard all`. The one way back is to set it
  // anew: as a statement, which `onlyRows` refuses, or from inside an expression, by this function.
  await database.exec(`revoke execute on function set_config from public;
    set session authorization rapport_app`)
  return database
}

const adds = /^\s*(?:insert|update)\b|\b(?:insert into|update) \w/i

let inTransaction = false

const answer = async (
  database: PGlite,
  session: PreparedSession,
  request: WorkerRequest,
): Promise<StatementResult[]> => {
  if (request.maintain) {
    await database.exec('checkpoint')
    await database.exec('vacuum (analyze)')
    return []
  }
  if (request.copyTo !== undefined) {
    await database.exec('checkpoint')
    copyCluster(folder, request.copyTo)
    return []
  }
  for (const { text } of request.statements) onlyRows(text)
  // Taking rows away goes on, as does reading.
  if (!request.readOnly && request.statements.some(({ text }) => adds.test(text))) refuseWhenFull(folder)
  if (request.begin) inTransaction = true
  if (!inTransaction) throw refused('a statement needs a transaction, which is somebody’s')
  const begin = request.begin && `begin${request.readOnly ? ' read only' : ''}; ${becoming(request.begin)}`
  const results = await session.run(request.statements, begin, request.end)
  if (request.end) inTransaction = false
  return results
}

const failureOf = (error: unknown): WorkerFailure => {
  if (error instanceof Refusal)
    return {
      code: error.code,
      constraint: undefined,
      summary: error.message,
      refusal: { status: error.status },
    }
  const { code, constraint, message, name } = error as Error & { code?: string; constraint?: string }
  if (code === '53100' || code === 'ENOSPC' || files?.wasFull) {
    if (files) files.wasFull = false
    return failureOf(diskFull(folder))
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return failureOf(unwritable(folder))
  // Only errors about the statement (class 42) or the identity may speak: others can quote a row's words.
  const mayBeHeard = code?.startsWith('42') || error instanceof RangeError
  const summary = mayBeHeard ? message : `the database refused (${code ?? name})`
  return { code: code ?? 'XX000', constraint, summary }
}

const reply = (message: WorkerReply): void => port.postMessage(message)

/** Ends the thread after a last answer; the next one recovers what was committed. */
const giveUp = (error: unknown): void => {
  reply({ id: answering, error: failureOf(error) })
  process.exit(1)
}

let queue: Promise<void> = Promise.resolve()
try {
  const database = await open()
  const session = new PreparedSession(database)
  port.on('message', (request: WorkerRequest) => {
    queue = queue.then(async () => {
      answering = request.id
      try {
        if (request.close) await database.close()
        const results = request.close ? [] : await answer(database, session, request)
        reply({ id: request.id, results })
        if (request.close) port.close()
      } catch (error) {
        if (inTransaction) await database.exec('rollback').catch(giveUp)
        inTransaction = false
        reply({ id: request.id, error: failureOf(error) })
      }
    })
  })
  reply({ id: 0, results: [] })
} catch (error) {
  giveUp(error)
}
