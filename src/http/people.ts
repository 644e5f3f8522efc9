import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { NewLink } from '../domain/api/account.ts'
import { Id } from '../domain/api/common.ts'
import { Directory, NewPerson, PersonChange, PersonView } from '../domain/api/people.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { endOtherSessions } from '../store/accounts.ts'
import { recordAudit } from '../store/audit.ts'
import { asPerson, DatabaseError, isUniqueViolation } from '../store/database.ts'
import { newLink } from '../store/links.ts'
import {
  changePersonState,
  directoryPairs,
  directoryPeople,
  insertPerson,
  personById,
} from '../store/people.ts'
import type { Dependencies } from './dependencies.ts'

const Params = z.object({ person: Id })

/** The directory, and the links that let somebody in. Who may make one, the database's policies decide. */
export const people: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus, publicUrl }) => {
  const directory = async (person: string): Promise<Directory> => {
    const [everybody, pairs] = await database.read(asPerson(person), directoryPeople(), directoryPairs())
    return { people: everybody, pairs }
  }
  const baseUrl = (host: string | undefined) => publicUrl ?? `http://${host ?? 'localhost'}`

  app.get(
    '/api/people',
    { config: { administrator: true }, schema: { response: { 200: Directory } } },
    request => directory(request.person.id),
  )

  app.post(
    '/api/people',
    { config: { administrator: true }, schema: { body: NewPerson, response: { 201: PersonView } } },
    async (request, reply) => {
      const { name, email = null } = request.body
      const id = crypto.randomUUID()
      await database
        .asPerson(request.person.id, tx => tx.run(insertPerson({ id, name, email })))
        .catch((error: unknown) => {
          throw isUniqueViolation(error)
            ? new Refusal('email-taken', 409, 'Somebody here already has this e-mail address.')
            : error
        })
      return reply.code(201).send({ id, name, email, state: 'invited', role: 'member' })
    },
  )

  const makeLink = async (
    kind: 'invitation' | 'recovery',
    by: string,
    person: string,
    host: string | undefined,
  ) => {
    const { statement, url, expiresAt } = newLink(kind, person, by, baseUrl(host))
    await database
      .asPerson(by, async tx => {
        if (!(await tx.first(personById(person)))) throw notFound()
        await tx.run(statement, recordAudit({ subject: person, action: `${kind}-link-made` }))
      })
      .catch((error: unknown) => {
        throw error instanceof DatabaseError && error.code === '42501' ? notYours[kind]() : error
      })
    return { url, expiresAt }
  }

  app.post(
    '/api/people/:person/invitation',
    { schema: { params: Params, response: { 201: NewLink } } },
    async (request, reply) =>
      reply
        .code(201)
        .send(await makeLink('invitation', request.person.id, request.params.person, request.headers.host)),
  )

  app.post(
    '/api/people/:person/recovery',
    { schema: { params: Params, response: { 201: NewLink } } },
    async (request, reply) =>
      reply
        .code(201)
        .send(await makeLink('recovery', request.person.id, request.params.person, request.headers.host)),
  )

  app.patch(
    '/api/people/:person',
    {
      config: { administrator: true },
      schema: { params: Params, body: PersonChange, response: { 200: PersonView } },
    },
    async request => {
      const { person } = request.params
      const { state } = request.body
      if (person === request.person.id) throw new Refusal('not-oneself', 422, 'Your own account stays open.')
      const changed = await database.asPerson(request.person.id, async tx => {
        const done = await tx.first(changePersonState(person, state))
        if (done) await tx.run(recordAudit({ subject: person, action: `account-${state}` }))
        return done
      })
      if (!changed) throw notFound()
      if (state === 'disabled') {
        await database.asSystem('sign-in', tx => tx.run(endOtherSessions(person, null)))
        await bus.publish({ channel: 'session', person })
      }
      const found = (await directory(request.person.id)).people.find(({ id }) => id === person)
      if (!found) throw notFound()
      return found
    },
  )
}

const notYours = {
  invitation: () =>
    new Refusal(
      'invitation-not-yours',
      422,
      'This person has joined already, or only the other half of their 1:1 may invite them.',
    ),
  recovery: () =>
    new Refusal(
      'recovery-not-yours',
      422,
      'Only the other half of their 1:1, or the owner of the machine, can make this link.',
    ),
} as const
