import { createHash } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../domain/errors.ts'
import type { EmbeddedDatabase } from '../store/embedded.ts'

/**
 * Where commands of the same machine ask a running program, which alone may read its folder: a socket
 * inside that folder, for whoever owns it. No network reaches it.
 */
const controlOf = (folder: string): string =>
  process.platform === 'win32'
    ? `\\\\.\\pipe\\rapport-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`
    : join(folder, 'control')

/** Systems cut the path of a socket at 104 bytes or so. */
const longestPath = 100
const longestLine = 10_000

const Wish = z.strictObject({ wish: z.literal('copy') })
const Answer = z.union([
  z.strictObject({ copy: z.string() }),
  z.strictObject({ error: z.strictObject({ code: z.string(), status: z.int(), message: z.string() }) }),
])

/** Answers until it is disposed. Without one (a path too long) a backup waits until the program is stopped. */
export const serveControl = async (folder: string, database: EmbeddedDatabase): Promise<AsyncDisposable> => {
  const path = controlOf(folder)
  if (Buffer.byteLength(path) > longestPath) return { [Symbol.asyncDispose]: async () => undefined }
  // Left over from a program that was killed: the folder's lock is ours.
  if (process.platform !== 'win32') rmSync(path, { force: true })
  const server = createServer(socket => {
    socket.on('error', () => undefined)
    firstLine(socket)
      .then(async line => socket.end(`${JSON.stringify(await answer(line, database))}\n`))
      .catch(() => socket.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  if (process.platform !== 'win32') chmodSync(path, 0o600)
  return {
    [Symbol.asyncDispose]: () => new Promise<void>(resolve => void server.close(() => resolve())),
  }
}

const answer = async (line: string, database: EmbeddedDatabase): Promise<z.infer<typeof Answer>> => {
  try {
    Wish.parse(JSON.parse(line))
    return { copy: await database.copy() }
  } catch (error) {
    const { code, status, message } =
      error instanceof Refusal
        ? error
        : new Refusal('copy-failed', 500, 'The running Rapport could not copy its data.')
    return { error: { code, status, message } }
  }
}

/**
 * Asks the program that holds a folder for a copy of its database; the path of a folder that whoever
 * asked removes.
 *
 * @throws Refusal of the program, or `folder-in-use` where it does not answer.
 */
export const askForCopy = async (folder: string): Promise<string> => {
  const line = await new Promise<string>((resolve, reject) => {
    const socket = createConnection(controlOf(folder))
    socket.once('error', reject)
    socket.once('connect', () => socket.write(`${JSON.stringify({ wish: 'copy' })}\n`))
    firstLine(socket).then(resolve, reject)
  }).catch(() => {
    throw new Refusal(
      'folder-in-use',
      409,
      `The data folder ${folder} is in use by a program that makes no copy of it. Stop it, then try again.`,
    )
  })
  const answered = Answer.parse(JSON.parse(line))
  if ('copy' in answered) return answered.copy
  const { code, status, message } = answered.error
  throw new Refusal(code, status, message)
}

const firstLine = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const end = text.indexOf('\n')
      if (end >= 0) resolve(text.slice(0, end))
      else if (text.length > longestLine) socket.destroy()
    })
    socket.once('close', () => reject(new Error('nothing was said')))
  })
