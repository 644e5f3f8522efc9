import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { Reminders, RemindersChange } from '../domain/api/reminders.ts'
import { asPerson } from '../store/database.ts'
import { changeReminders, myMails, myReminders } from '../store/reminders.ts'
import type { Dependencies } from './dependencies.ts'

const mostMails = 30

/** What I am told of by e-mail, and the e-mails themselves: where no mail is set up they are read here. */
export const reminders: FastifyPluginAsyncZod<Dependencies> = async (app, { database, mailed = false }) => {
  const read = async (person: string): Promise<Reminders> => {
    const [[wish], mails] = await database.read(asPerson(person), myReminders(), myMails(mostMails))
    return { ahead: wish?.ahead ?? true, changes: wish?.changes ?? true, mailed, mails }
  }

  app.get('/api/me/reminders', { schema: { response: { 200: Reminders } } }, request =>
    read(request.person.id),
  )

  app.patch(
    '/api/me/reminders',
    { schema: { body: RemindersChange, response: { 200: Reminders } } },
    async request => {
      await database.asPerson(request.person.id, tx => tx.run(changeReminders(request.body)))
      return read(request.person.id)
    },
  )
}
