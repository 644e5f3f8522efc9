import { Worker } from 'node:worker_threads'
import { Refusal } from '../domain/errors.ts'
import { databaseDamaged } from './data-folder.ts'
import { DatabaseError } from './database.ts'
import type {
  StatementResult,
  WorkerFailure,
  WorkerReply,
  WorkerRequest,
  WorkerStart,
} from './embedded-protocol.ts'

/** The database's thread, as the main thread speaks to it. */
export interface Thread {
  /** `limit`: milliseconds this message may take, where it is of another kind than a question. */
  send(request: Omit<WorkerRequest, 'id'>, limit?: number): Promise<readonly StatementResult[]>
  stop(): Promise<void>
}

interface Waiting {
  resolve(results: readonly StatementResult[]): void
  reject(error: Error): void
  timer: NodeJS.Timeout
}

/**
 * Starts the thread and keeps one alive: a message that takes longer than `usual` milliseconds ends
 * it, and so does a database that came to its own end; the next one recovers what was committed.
 * Where that fails (a full disk), messages try again, once a second at most.
 *
 * @throws Refusal as `openEmbedded` does.
 */
export const startThread = async (start: WorkerStart, usual: number): Promise<Thread> => {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0
  let stopping = false
  let starting: Promise<void> | undefined
  let failed: { readonly error: unknown; readonly at: number } | undefined

  const failAll = (error: Error) => {
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer)
      reject(error)
    }
    waiting.clear()
  }
  const listen = (current: Worker) => {
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
      worker = undefined
      failAll(new DatabaseError('57P01', undefined, 'the database thread ended and is being started again'))
      startAnew().catch(() => undefined)
    })
  }
  const startAnew = (): Promise<void> => {
    if (failed && performance.now() - failed.at < 1_000) return Promise.reject(failed.error)
    starting ??= spawn(start)
      .then(
        made => {
          worker = made
          failed = undefined
          listen(made)
        },
        (error: unknown) => {
          failed = { error, at: performance.now() }
          throw error
        },
      )
      .finally(() => {
        starting = undefined
      })
    return starting
  }
  await startAnew()

  return {
    async send(request, limit = usual) {
      if (stopping) throw closed()
      if (!worker) await startAnew().catch(outOfReach)
      const current = worker
      if (stopping || !current) throw closed()
      return new Promise((resolve, reject) => {
        const id = ++last
        const timer = setTimeout(() => void current.terminate(), limit)
        waiting.set(id, { resolve, reject, timer })
        current.postMessage({ ...request, id } satisfies WorkerRequest)
      })
    },
    async stop() {
      stopping = true
      await starting?.catch(() => undefined)
      const current = worker
      if (!current) return
      const ended = new Promise(resolve => current.once('exit', resolve))
      current.postMessage({ id: ++last, statements: [], close: true } satisfies WorkerRequest)
      const timer = setTimeout(() => void current.terminate(), 5_000)
      await ended
      clearTimeout(timer)
      failAll(closed())
    },
  }
}

const closed = () => new DatabaseError('57P01', undefined, 'the database is closed')

/** A refusal at the start is for whoever started it; later on only the full disk is for everybody. */
const outOfReach = (error: unknown): never => {
  if (error instanceof Refusal && error.code !== 'disk-full')
    throw new DatabaseError('57P03', undefined, `the database cannot be started again (${error.code})`)
  throw error
}

const spawn = async (start: WorkerStart): Promise<Worker> => {
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), { workerData: start })
  const first = await new Promise<WorkerReply>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', reject)
  }).catch(() => {
    throw databaseDamaged(start.folder)
  })
  if (!('error' in first)) return worker
  const error = failure(first.error)
  throw error instanceof Refusal ? error : databaseDamaged(start.folder)
}

const failure = ({ code, constraint, summary, refusal }: WorkerFailure) =>
  refusal ? new Refusal(code, refusal.status, summary) : new DatabaseError(code, constraint, summary)
