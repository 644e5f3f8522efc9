import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { Refusal } from '../domain/errors.ts'
import { durableStartParams, DurableFiles, syncTree } from './durable-files.ts'
import type {
  StatementResult,
  WorkerFailure,
  WorkerReply,
  WorkerRequest,
  WorkerStart,
} from './embedded-protocol.ts'
import { becoming } from './identity.ts'
import { migrate, readMigrations } from './migrate.ts'
import { PreparedSession } from './prepared-session.ts'

/**
 * The thread that holds PGlite. A query there blocks its own thread only (in the main thread a slow
 * one stopped every request: 4.5 s against 8 ms), and `terminate()` is the one statement timeout
 * PGlite knows.
 */
const port = parentPort
if (!port) throw new Error('embedded-worker runs as a worker thread')

const dateType = 1082

const open = async ({ folder, migrations }: WorkerStart): Promise<PGlite> => {
  const cluster = join(folder, 'database')
  const fresh = !existsSync(join(cluster, 'rapport-ready'))
  // A first start that was killed midway has acknowledged nothing: begin again rather than guess.
  if (fresh) rmSync(cluster, { recursive: true, force: true })
  const database = await PGlite.create({
    fs: new DurableFiles(cluster),
    startParams: durableStartParams,
    extensions: { vector },
    parsers: { [dateType]: (text: string) => text },
  })
  if (fresh) await markReady(database, cluster)
  await migrate(
    {
      exec: async script => void (await database.exec(script)),
      rows: async statement => (await database.query<Record<string, unknown>>(statement)).rows,
    },
    await readMigrations(migrations),
  )
  // PGlite's session is a superuser, whom no policy binds. Unlike `set role`, this survives
  // `reset role`, `reset session authorization` and `discard all`. The one way back is to set it
  // anew: as a statement, which `onlyRows` refuses, or from inside an expression, by this function.
  await database.exec(`revoke execute on function set_config from public;
    set session authorization rapport_app`)
  return database
}

const markReady = async (database: PGlite, cluster: string): Promise<void> => {
  await database.exec('checkpoint')
  syncTree(cluster)
  const { writeFileSync } = await import('node:fs')
  writeFileSync(join(cluster, 'rapport-ready'), '', { flush: true })
}

/** @throws where a statement does anything but read or write rows; the protocol takes one at a time. */
const onlyRows = (text: string): string => {
  if (!/^\s*(?:select|insert|update|delete|with)\b/i.test(text))
    throw Object.assign(new Error('only rows are read and written here'), { code: '42501' })
  return text
}

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
  for (const { text } of request.statements) onlyRows(text)
  if (request.begin) inTransaction = true
  if (!inTransaction) throw new Error('a statement needs a transaction, which is somebody’s')
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
  const { code, constraint, message } = error as { code?: string; constraint?: string; message?: string }
  // Only errors about the statement itself (class 42) may speak: others can quote a row's words.
  const summary = code?.startsWith('42') || !code ? String(message) : `the database refused (${code})`
  return { code: code ?? 'XX000', constraint, summary }
}

const reply = (message: WorkerReply): void => port.postMessage(message)

let queue: Promise<void> = Promise.resolve()
try {
  const database = await open(workerData as WorkerStart)
  const session = new PreparedSession(database)
  port.on('message', (request: WorkerRequest) => {
    queue = queue.then(async () => {
      try {
        if (request.close) await database.close()
        const results = request.close ? [] : await answer(database, session, request)
        reply({ id: request.id, results })
        if (request.close) port.close()
      } catch (error) {
        if (inTransaction) await database.exec('rollback').catch(() => undefined)
        inTransaction = false
        reply({ id: request.id, error: failureOf(error) })
      }
    })
  })
  reply({ id: 0, results: [] })
} catch (error) {
  reply({ id: 0, error: failureOf(error) })
  port.close()
}
