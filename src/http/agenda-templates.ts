import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { templatesFor } from '../domain/agenda-templates.ts'
import { AgendaTemplate, AgendaTemplates, NewTemplate } from '../domain/api/agenda.ts'
import { Id } from '../domain/api/common.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { deleteTemplate, insertTemplate, ownTemplates } from '../store/agenda.ts'
import { asPerson } from '../store/database.ts'
import { pairById } from '../store/pairs.ts'
import type { Dependencies } from './dependencies.ts'
import { minePair, PairParams } from './pairs.ts'

const Params = PairParams.extend({ template: Id })
const mostTemplates = 30

/** Agendas to begin with: the program's own, and those the two have kept. */
export const agendaTemplates: FastifyPluginAsyncZod<Dependencies> = async (app, { database }) => {
  app.get(
    '/api/pairs/:pair/agenda-templates',
    { schema: { params: PairParams, response: { 200: AgendaTemplates } } },
    async request => {
      const { pair: id } = request.params
      const [[pair], own] = await database.read(asPerson(request.person.id), pairById(id), ownTemplates(id))
      if (!pair) throw notFound()
      const side = pair.managerId === request.person.id ? 'manager' : 'report'
      return { templates: [...templatesFor(side), ...own] }
    },
  )

  app.post(
    '/api/pairs/:pair/agenda-templates',
    { schema: { params: PairParams, body: NewTemplate, response: { 201: AgendaTemplate } } },
    async (request, reply) => {
      const { pair: id } = request.params
      const made = await database.asPerson(request.person.id, async tx => {
        await minePair(tx, id)
        if ((await tx.all(ownTemplates(id))).length >= mostTemplates)
          throw new Refusal(
            'templates-full',
            422,
            `You keep ${mostTemplates} templates already. Remove one first.`,
          )
        return tx.first(insertTemplate(id, request.body))
      })
      if (!made) throw notFound()
      return reply.code(201).send(made)
    },
  )

  app.delete(
    '/api/pairs/:pair/agenda-templates/:template',
    { schema: { params: Params, response: { 204: z.null() } } },
    async (request, reply) => {
      const { pair, template } = request.params
      const gone = await database.asPerson(request.person.id, tx => tx.first(deleteTemplate(pair, template)))
      if (!gone) throw notFound()
      return reply.code(204).send(null)
    },
  )
}
