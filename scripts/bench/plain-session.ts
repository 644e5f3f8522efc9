import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { StatementResult } from '../../src/store/embedded-protocol.ts'
import { lockFolder } from '../../src/store/folder-lock.ts'
import { parseRows } from '../../src/store/rows.ts'
import type { Query, Statement } from '../../src/store/sql.ts'

export interface PlainRequest {
  readonly id: number
  /** Runs first; text of our own. */
  readonly script?: string
  readonly statements: readonly Statement[]
}
export type PlainReply =
  | { readonly id: number; readonly results: readonly StatementResult[] }
  | { readonly id: number; readonly failure: string }

/** The database of a folder without what the program puts before it: no identity, no row-level security. */
export interface PlainSession extends AsyncDisposable {
  script(text: string): Promise<void>
  run(...statements: readonly Statement[]): Promise<readonly StatementResult[]>
  read(...queries: readonly Query<unknown>[]): Promise<unknown[][]>
}

/** Opens a folder that the program has made and closed again. */
export const openPlain = async (folder: string): Promise<PlainSession> => {
  const lock = lockFolder(folder)
  const worker = new Worker(new URL('./plain-worker.ts', import.meta.url), { workerData: folder })
  await once(worker, 'message')
  const waiting = new Map<number, PromiseWithResolvers<readonly StatementResult[]>>()
  let last = 0
  worker.on('message', (reply: PlainReply) => {
    const asker = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('failure' in reply) asker?.reject(new Error(reply.failure))
    else asker?.resolve(reply.results)
  })
  const send = (request: Omit<PlainRequest, 'id'>) => {
    const asker = Promise.withResolvers<readonly StatementResult[]>()
    waiting.set(++last, asker)
    worker.postMessage({ ...request, id: last } satisfies PlainRequest)
    return asker.promise
  }
  return {
    script: async text => void (await send({ script: text, statements: [] })),
    run: (...statements) => send({ statements }),
    async read(...queries) {
      const results = await send({ statements: queries.map(({ statement }) => statement) })
      return queries.map((query, index) => parseRows(query, results[index]?.rows ?? []))
    },
    async [Symbol.asyncDispose]() {
      const ended = once(worker, 'exit')
      worker.postMessage('close')
      await ended
      lock[Symbol.dispose]()
    },
  }
}
