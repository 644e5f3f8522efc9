import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { noUsage, type Usage } from './engine.ts'

/**
 * Stands between an engine and its model on the loopback, and keeps each good answer under the hash of
 * its request: the same question is paid for once, and a second run of the evals costs nothing. Also
 * counts tokens, from what the model says it used. Keys never reach the disk: the headers are no part.
 */
export interface ModelCache extends AsyncDisposable {
  /** Where the engine asks, in place of the model's own address. */
  readonly baseUrl: string
  usage(): Usage
}

const Told = z.object({
  usage: z.object({ prompt_tokens: z.number().default(0), completion_tokens: z.number().default(0) }),
})

/** `upstream` is the model's base address, e.g. `https://api.example.org/v1`; `folder` keeps the answers. */
export const openModelCache = async (upstream: string, folder: string): Promise<ModelCache> => {
  await mkdir(folder, { recursive: true })
  const usage = { ...noUsage }
  const count = (text: string) => {
    const told = Told.safeParse(parsed(text))
    if (!told.success) return
    usage.tokensIn += told.data.usage.prompt_tokens
    usage.tokensOut += told.data.usage.completion_tokens
  }

  const answer = async (request: IncomingMessage) => {
    const path = request.url ?? '/'
    const body = await bodyOf(request)
    const key = createHash('sha256')
      .update(`${upstream}\n${request.method} ${path}\n`)
      .update(body)
      .digest('hex')
    const file = join(folder, `${key}.json`)
    usage.requests++
    const kept = await readFile(file, 'utf8').catch(() => null)
    if (kept !== null) {
      usage.cached++
      count(kept)
      return { status: 200, type: 'application/json', text: kept }
    }
    const { authorization } = request.headers
    const response = await fetch(upstream + path, {
      method: request.method ?? 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      ...(body.length > 0 ? { body: body.toString() } : {}),
    })
    const text = await response.text()
    const type = response.headers.get('content-type') ?? 'application/json'
    if (response.ok && type.includes('json') && parsed(text) !== null) {
      count(text)
      // Named last: a run that is broken off leaves no half an answer.
      await writeFile(`${file}.new`, text)
      await rename(`${file}.new`, file)
    }
    return { status: response.status, type, text }
  }

  const server = createServer((request, reply) => {
    answer(request).then(
      ({ status, type, text }) => reply.writeHead(status, { 'content-type': type }).end(text),
      () => reply.writeHead(502, { 'content-type': 'application/json' }).end('{"error":"no answer"}'),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    usage: () => ({ ...usage }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
