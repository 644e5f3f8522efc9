import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

const missing = 'The page has not been built. Run: npm run build\n'
const aYear = 365 * 24 * 3600 * 1000

/** The built page: hashed files for ever, the document itself never kept; every address of the page is the document. */
export const serveAssets = async (app: FastifyInstance, folder: string | null): Promise<void> => {
  // Whatever the page is, what is missing under /api is answered as the API answers.
  const answerPages = (answer: (reply: FastifyReply) => FastifyReply) =>
    app.get('/*', { schema: { hide: true } }, async (request, reply) =>
      request.url.startsWith('/api') ? reply.callNotFound() : answer(reply),
    )
  if (folder === null) {
    answerPages(reply => reply.code(503).type('text/plain').send(missing))
    return
  }
  const document = await readFile(join(folder, 'index.html'), 'utf8')
  await app.register(files, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    maxAge: aYear,
    immutable: true,
    index: false,
  })
  answerPages(reply =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(document),
  )
}
