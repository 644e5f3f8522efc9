import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { clusterIn } from '../../src/store/data-folder.ts'
import { durableStartParams, DurableFiles } from '../../src/store/durable-files.ts'
import { PreparedSession } from '../../src/store/prepared-session.ts'
import type { PlainReply, PlainRequest } from './plain-session.ts'

/** The database as its superuser, in a thread like the program's own. */
const port = parentPort
if (!port) throw new Error('plain-worker runs as a worker thread')

const dateType = 1082
const database = await PGlite.create({
  fs: new DurableFiles(clusterIn(workerData as string)),
  startParams: durableStartParams,
  extensions: { vector },
  parsers: { [dateType]: (text: string) => text },
})
const session = new PreparedSession(database)

const answer = async ({ script, statements }: PlainRequest) => {
  if (script !== undefined) await database.exec(script)
  return session.run(statements)
}

let line: Promise<void> = Promise.resolve()
port.on('message', (request: PlainRequest | 'close') => {
  line = line.then(async () => {
    if (request === 'close') {
      await database.close()
      return port.close()
    }
    const reply: PlainReply = await answer(request).then(
      results => ({ id: request.id, results }),
      (error: unknown) => ({ id: request.id, failure: error instanceof Error ? error.message : 'unknown' }),
    )
    port.postMessage(reply)
  })
})
port.postMessage({ id: 0, results: [] } satisfies PlainReply)
