import { reminderMail } from '../domain/reminder.ts'
import type { Mailer } from '../domain/ports.ts'
import type { Database } from '../store/database.ts'
import { insertMail, mailFailed, mailSent, remindersDue, takeMails } from '../store/reminders.ts'
import type { Schedule } from './schedule.ts'

const mostAtOnce = 50

/**
 * Writes the reminders that have become due, and sends what waits where mail is set up. A mail that could not be
 * marked as sent goes twice; one that could not be sent waits.
 */
export const remind = async ({ database, mailer, publicUrl }: RemindOptions, now: Date): Promise<void> => {
  await database.asSystem('calendar', async tx => {
    for (const { person, meeting, key, pair, ...occasion } of await tx.all(remindersDue(now))) {
      const page = publicUrl === null ? null : `${publicUrl}/with/${pair}/meeting/${meeting}/before`
      await tx.run(insertMail({ person, meeting, key, ...reminderMail({ ...occasion, page }) }))
    }
  })
  if (!mailer) return
  for (const { id, ...mail } of await database.asSystem('calendar', tx =>
    tx.all(takeMails(now, mostAtOnce)),
  )) {
    const isSent = await mailer.send(mail).then(
      () => true,
      () => false,
    )
    await database.asSystem('calendar', async tx => {
      if (isSent) await tx.run(mailSent(id))
      else await tx.all(mailFailed(id, now))
    })
  }
}

interface RemindOptions {
  readonly database: Database
  /** Null: mails are kept for their readers in the page. */
  readonly mailer: Mailer | null
  readonly publicUrl: string | null
}

/** Looks every five minutes; it enqueues nothing, what it does is done in place. */
export const remindSchedule = (options: Omit<RemindOptions, 'database'>): Schedule => ({
  name: 'remind',
  everySeconds: 300,
  run: async (database, now) => {
    await remind({ database, ...options }, now)
    return 0
  },
})
