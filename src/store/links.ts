import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { LinkKind } from '../domain/api/account.ts'
import { Refusal } from '../domain/errors.ts'
import { recordAudit } from './audit.ts'
import { Identified } from './columns.ts'
import type { Database } from './database.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** Links that work once. Their token is shown once and kept as a hash. */

/** 256 random bits, for links and sessions. */
export const newToken = (): string => randomBytes(32).toString('base64url')
/** What is kept of a token. */
export const hashToken = (token: string): Uint8Array => createHash('sha256').update(token).digest()

type Kind = z.infer<typeof LinkKind>
const paths: Record<Kind, string> = { 'first-start': 'welcome', invitation: 'join', recovery: 'recover' }
const hours: Record<Kind, number> = { 'first-start': 24, invitation: 14 * 24, recovery: 1 }

/** A link to hand over, and the statement that makes it work. */
export interface MadeLink {
  readonly url: string
  readonly expiresAt: string
  readonly statement: Statement
}

/** The token stands in the fragment: browsers do not send it, so no log on the way has it. */
export const newLink = (
  kind: Kind,
  person: string | null,
  by: string | null,
  publicUrl: string,
): MadeLink => {
  const token = newToken()
  const expires = new Date(Date.now() + hours[kind] * 3_600_000)
  return {
    url: `${publicUrl}/${paths[kind]}#${token}`,
    expiresAt: expires.toISOString(),
    statement: sql`insert into one_time_link (kind, person_id, token_hash, made_by, expires_at)
      values (${kind}, ${person}, ${hashToken(token)}, ${by}::uuid, ${expires}::timestamptz)`,
  }
}

export const LinkRecord = z.object({
  id: z.string(),
  kind: LinkKind,
  person: z.string().nullable(),
  name: z.string(),
  email: z.string().nullable(),
  workspace: z.string(),
})
/** A link that can still be used. */
export const linkByToken = (token: string) =>
  query(
    LinkRecord,
    sql`select link.id, kind, person_id as person, coalesce(person.name, '') as name, email,
        coalesce((select name from workspace limit 1), '') as workspace
      from one_time_link link left join person on person.id = person_id
      where token_hash = ${hashToken(token)} and used_at is null and expires_at > now()
        and (person.id is null or person.state <> 'disabled')`,
  )

/** Marks it used; no row when somebody used it in the same moment. */
export const useUpLink = (link: string) =>
  query(
    Identified,
    sql`update one_time_link set used_at = now() where id = ${link} and used_at is null returning id`,
  )

/** Older links of the same kind for the same person end when a new one is made or used. */
export const endLinksOf = (person: string): Statement =>
  sql`delete from one_time_link where person_id = ${person} and used_at is null`

const owner = query(Identified, sql`select person_id as id from administrator where owner`)

/**
 * The link that makes the workspace's owner; null once there is one. Each start makes a fresh one
 * and ends the others, so that an old terminal's scroll-back opens nothing.
 */
export const firstStartLink = (
  database: Database,
  { publicUrl }: { readonly publicUrl: string },
): Promise<{ url: string; expiresAt: string } | null> =>
  database.asSystem('sign-in', async tx => {
    if (await tx.first(owner)) return null
    const { statement, ...link } = newLink('first-start', null, null, publicUrl)
    await tx.run(sql`delete from one_time_link where kind = 'first-start'`, statement)
    return link
  })

/**
 * A recovery link made on the machine itself, recorded where its subject sees it.
 * @throws Refusal `person-unknown` when nobody active has that address.
 */
export const recoveryLinkByMachineOwner = (
  database: Database,
  email: string,
  { publicUrl }: { readonly publicUrl: string },
): Promise<{ url: string; expiresAt: string }> =>
  database.asSystem('sign-in', async tx => {
    const person = await tx.first(
      query(Identified, sql`select id from person where lower(email) = lower(${email}) and state = 'active'`),
    )
    if (!person) throw new Refusal('person-unknown', 404, 'Nobody who can sign in has this e-mail address.')
    const { statement, ...link } = newLink('recovery', person.id, null, publicUrl)
    await tx.run(
      endLinksOf(person.id),
      statement,
      recordAudit({ subject: person.id, action: 'recovery-link-made-on-machine' }),
    )
    return link
  })

/** The workspace's first person: owner, administrator, active. */
export const makeOwner = (person: {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly workspace: string
}): Statement[] => [
  sql`insert into workspace (name) values (${person.workspace})`,
  sql`insert into person (id, name, email, state, joined_at) values (${person.id}, ${person.name}, ${person.email}, 'active', now())`,
  sql`insert into administrator (person_id, owner) values (${person.id}, true)`,
]

/** Makes a person active. Name and address stay when they are null; the first day here stays for ever. */
export const joinAs = (person: string, name: string | null, email: string | null): Statement =>
  sql`update person set state = 'active', joined_at = coalesce(joined_at, now()), name = coalesce(${name}, name),
    email = coalesce(${email}, email) where id = ${person}`

export const emailOf = (person: string) =>
  query(z.object({ email: z.string().nullable() }), sql`select email from person where id = ${person}`)
