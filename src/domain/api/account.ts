import { z } from 'zod'
import { Email, Id, Instant, Password, PersonName } from './common.ts'

/** Who is asking, and what the page may offer them. */
export const Me = z
  .object({
    person: z.object({ id: Id, name: z.string(), email: z.string().nullable(), language: z.string() }),
    workspace: z.object({ name: z.string() }),
    administrator: z.boolean(),
    owner: z.boolean(),
  })
  .meta({ id: 'Me' })
export type Me = z.infer<typeof Me>

/** Neither is judged by its form: a wrong one fails like any wrong password. */
export const SignIn = z.strictObject({
  email: z.string().min(1).max(254),
  password: z.string().min(1).max(256),
})

const Token = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/)
/** Tokens travel in the body, never in a URL, so that no log or history keeps them. */
export const LinkToken = z.strictObject({ token: Token })
/** What using a link does: makes the owner, lets somebody join, sets a new password. */
export const LinkKind = z.enum(['first-start', 'invitation', 'recovery'])
/** What a link is for, before it is used. */
export const LinkLook = z.object({
  kind: LinkKind,
  /** Whose link it is; empty on the first start. */
  name: z.string(),
  email: z.string().nullable(),
  workspace: z.string(),
})
export type LinkLook = z.infer<typeof LinkLook>
/** Uses up a link: makes the owner, joins, or sets a new password; then one is signed in. */
export const LinkUse = z.strictObject({
  token: Token,
  name: PersonName.optional(),
  email: Email.optional(),
  password: Password,
  workspace: z.string().trim().max(120).optional(),
})

export const MeChange = z.strictObject({
  name: PersonName.optional(),
  email: Email.optional(),
  language: z.string().min(2).max(35).optional(),
})
export const PasswordChange = z.strictObject({ current: z.string().min(1).max(256), next: Password })

export const SessionView = z.object({
  id: Id,
  /** Browser and system in a few words, e.g. "Firefox on Linux". */
  device: z.string(),
  createdAt: Instant,
  seenAt: Instant,
  current: z.boolean(),
})
export type SessionView = z.infer<typeof SessionView>

/** What was done to my account, e.g. that somebody made a recovery link for it. */
export const AccountEvent = z.object({
  id: Id,
  at: Instant,
  action: z.string(),
  byMe: z.boolean(),
  by: z.string().nullable(),
})
export type AccountEvent = z.infer<typeof AccountEvent>

/** A link to hand over, shown once. */
export const NewLink = z.object({ url: z.string(), expiresAt: Instant }).meta({ id: 'NewLink' })
export type NewLink = z.infer<typeof NewLink>
