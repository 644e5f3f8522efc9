import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  AccountEvent,
  LinkLook,
  LinkToken,
  LinkUse,
  Me,
  MeChange,
  PasswordChange,
  SessionView,
  SignIn,
} from '../domain/api/account.ts'
import { Id } from '../domain/api/common.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import {
  endMySession,
  endOtherSessions,
  endSession,
  forgetTries,
  loginByEmail,
  mySessions,
  recordTries,
  writePassword,
} from '../store/accounts.ts'
import { eventsAboutMe, recordAudit } from '../store/audit.ts'
import { asPerson, asSystem, isUniqueViolation } from '../store/database.ts'
import { emailOf, endLinksOf, joinAs, linkByToken, makeOwner, useUpLink } from '../store/links.ts'
import { changeMyself, type MyAccount, myAccount } from '../store/people.ts'
import type { Dependencies } from './dependencies.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { forgetCookie, signIn } from './session.ts'
import { bucketsOf, refuseWrongPassword, refuseWhenThrottled } from './throttle.ts'

const meOf = ({ id, name, email, language, workspace, administrator, owner }: MyAccount): Me => ({
  person: { id, name, email, language },
  workspace: { name: workspace ?? '' },
  administrator,
  owner,
})

/** Signing in and out, links, one's own account. Before one is somebody, the purpose `sign-in` asks. */
export const account: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus }) => {
  const me = async (person: string): Promise<Me> => {
    const [[found]] = await database.read(asPerson(person), myAccount())
    if (!found) throw notFound()
    return meOf(found)
  }

  const sessionsEnded = (person: string) => bus.publish({ channel: 'session', person })

  app.get(
    '/api/health',
    { config: { public: true }, schema: { response: { 200: z.object({ ready: z.literal(true) }) } } },
    async () => {
      await database.read(asSystem('sign-in'), emailOf('00000000-0000-0000-0000-000000000000'))
      return { ready: true as const }
    },
  )

  app.get('/api/session', { schema: { response: { 200: Me } } }, request => me(request.person.id))

  app.post(
    '/api/session',
    { config: { public: true }, schema: { body: SignIn, response: { 200: Me } } },
    async (request, reply) => {
      const { email, password } = request.body
      const buckets = bucketsOf(request, email)
      // The try is counted before it is known to have failed: many at once must not slip through.
      const login = await database.asSystem('sign-in', async tx => {
        await refuseWhenThrottled(tx, buckets)
        await tx.run(recordTries([buckets.email, buckets.machine]))
        return tx.first(loginByEmail(email))
      })
      if (!(await isPassword(password, login?.password ?? null)) || !login)
        throw new Refusal('sign-in-failed', 401, 'That e-mail and password do not go together.')
      const handOver = await database.asSystem('sign-in', async tx => {
        await tx.run(forgetTries(buckets.email), forgetTries(buckets.machine))
        return signIn(tx, login.id, request)
      })
      handOver(reply)
      return me(login.id)
    },
  )

  app.delete('/api/session', { schema: { response: { 204: z.null() } } }, async (request, reply) => {
    await database.asSystem('sign-in', tx => tx.run(endSession(request.person.session)))
    await sessionsEnded(request.person.id)
    forgetCookie(reply)
    return reply.code(204).send(null)
  })

  app.post(
    '/api/links/look',
    { config: { public: true }, schema: { body: LinkToken, response: { 200: LinkLook } } },
    async request => {
      const [[link]] = await database.read(asSystem('sign-in'), linkByToken(request.body.token))
      if (!link) throw linkOver()
      const { kind, name, email, workspace } = link
      return { kind, name, email, workspace }
    },
  )

  app.post(
    '/api/links/use',
    { config: { public: true }, schema: { body: LinkUse, response: { 200: Me } } },
    async (request, reply) => {
      const { token, name, email, password, workspace } = request.body
      const [[seen]] = await database.read(asSystem('sign-in'), linkByToken(token))
      if (!seen) throw linkOver()
      const kept = await hashPassword(password)
      const done = await database
        .asSystem('sign-in', async tx => {
          const link = await tx.first(linkByToken(token))
          if (!link || !(await tx.first(useUpLink(link.id)))) throw linkOver()
          const person = link.person ?? crypto.randomUUID()
          if (link.kind === 'first-start') {
            if (!name || !email)
              throw new Refusal('name-missing', 422, 'Your name and e-mail address are needed once.')
            await tx.run(...makeOwner({ id: person, name, email, workspace: workspace ?? '' }))
          } else if (link.kind === 'invitation') {
            if (!link.email && !email)
              throw new Refusal('email-missing', 422, 'An e-mail address is needed to sign in with.')
            await tx.run(joinAs(person, name ?? null, email ?? null))
          }
          // A recovered account starts anew: whoever was signed in is not any more.
          if (link.kind === 'recovery') await tx.run(endOtherSessions(person, null))
          await tx.run(
            endLinksOf(person),
            writePassword(person, kept),
            recordAudit({ subject: person, action: `${link.kind}-used` }),
          )
          return { person, handOver: await signIn(tx, person, request) }
        })
        .catch((error: unknown) => {
          throw isUniqueViolation(error) ? emailTaken() : error
        })
      await sessionsEnded(done.person)
      done.handOver(reply)
      return me(done.person)
    },
  )

  app.get('/api/me', { schema: { response: { 200: Me } } }, request => me(request.person.id))

  app.patch('/api/me', { schema: { body: MeChange, response: { 200: Me } } }, async request => {
    await database
      .asPerson(request.person.id, tx => tx.run(changeMyself(request.body)))
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? emailTaken() : error
      })
    return me(request.person.id)
  })

  app.post(
    '/api/me/password',
    { schema: { body: PasswordChange, response: { 204: z.null() } } },
    async (request, reply) => {
      const { id, session } = request.person
      const wrong = new Refusal('password-wrong', 422, 'The present password is not right.')
      const tried = await refuseWrongPassword(database, request, request.body.current, wrong)
      const next = await hashPassword(request.body.next)
      await database.asSystem('sign-in', tx =>
        tx.run(
          writePassword(id, next),
          endOtherSessions(id, session),
          forgetTries(tried),
          recordAudit({ subject: id, action: 'password-changed' }),
        ),
      )
      await sessionsEnded(id)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api/me/sessions',
    { schema: { response: { 200: z.object({ sessions: z.array(SessionView) }) } } },
    async request => {
      const [sessions] = await database.read(asPerson(request.person.id), mySessions())
      return { sessions: sessions.map(row => ({ ...row, current: row.id === request.person.session })) }
    },
  )

  app.delete(
    '/api/me/sessions/:session',
    { schema: { params: z.object({ session: Id }), response: { 204: z.null() } } },
    async (request, reply) => {
      const ended = await database.asPerson(request.person.id, tx =>
        tx.first(endMySession(request.params.session)),
      )
      if (!ended) throw notFound()
      await sessionsEnded(request.person.id)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api/me/events',
    { schema: { response: { 200: z.object({ events: z.array(AccountEvent) }) } } },
    async request => {
      const [events] = await database.read(asPerson(request.person.id), eventsAboutMe())
      return { events }
    },
  )
}

const linkOver = () =>
  new Refusal('link-over', 404, 'This link has been used or is too old. Ask for a new one.')
const emailTaken = () => new Refusal('email-taken', 409, 'Somebody here already has this e-mail address.')
