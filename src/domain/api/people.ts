import { z } from 'zod'
import { Email, Id, PersonName } from './common.ts'

/** `invited` until they join; `disabled` cannot sign in and keeps what is theirs. */
export const PersonState = z.enum(['invited', 'active', 'disabled', 'erased'])
/** A person as the directory shows them. */
export const PersonView = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string().nullable(),
    state: PersonState,
    role: z.enum(['owner', 'administrator', 'member']),
  })
  .meta({ id: 'Person' })
export type PersonView = z.infer<typeof PersonView>

/** The directory an administrator sees: who is here and who meets whom. No content, no counts. */
export const Directory = z.object({
  people: z.array(PersonView),
  pairs: z.array(z.object({ id: Id, manager: Id, report: Id, timezone: z.string(), cadenceDays: z.int() })),
})
export type Directory = z.infer<typeof Directory>

export const NewPerson = z.strictObject({ name: PersonName, email: Email.optional() })
export const PersonChange = z.strictObject({ state: z.enum(['active', 'disabled']) })
