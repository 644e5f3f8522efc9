import { z } from 'zod'
import { Id, Instant } from './common.ts'

const MailView = z.object({
  id: Id,
  subject: z.string(),
  text: z.string(),
  state: z.enum(['waiting', 'sent', 'failed']),
  at: Instant,
})

/** What I want to be told of, and what was written to me; without mail set up it is kept here to read. */
export const Reminders = z.object({
  /** The day before a meeting. */
  ahead: z.boolean(),
  /** When the other one moves or cancels. */
  changes: z.boolean(),
  /** E-mails leave this machine. */
  mailed: z.boolean(),
  mails: z.array(MailView),
})
export type Reminders = z.infer<typeof Reminders>
export const RemindersChange = z.strictObject({
  ahead: z.boolean().optional(),
  changes: z.boolean().optional(),
})
