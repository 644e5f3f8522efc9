import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { DataExport } from '../domain/api/export.ts'
import { exportAsText } from '../domain/export.ts'
import { exportOf } from '../store/export.ts'
import type { Dependencies } from './dependencies.ts'

/** All of one's own data, to take along: as JSON, and as Markdown to read. Links of the page: the browser saves them. */
export const exporting: FastifyPluginAsyncZod<Dependencies> = async (app, { database, clock }) => {
  app.get('/api/me/export', { schema: { response: { 200: DataExport } } }, async (request, reply) => {
    const person = request.person.id
    const tables = await database.asPerson(person, exportOf)
    reply.header('content-disposition', 'attachment; filename="rapport.json"')
    return { at: clock.now().toISOString(), person, tables }
  })

  app.get('/api/me/export.md', { schema: { response: { 200: z.string() } } }, async (request, reply) => {
    const person = request.person.id
    const tables = await database.asPerson(person, exportOf)
    return reply
      .header('content-disposition', 'attachment; filename="rapport.md"')
      .type('text/markdown; charset=utf-8')
      .send(exportAsText(tables, person, clock.now().toISOString()))
  })
}
