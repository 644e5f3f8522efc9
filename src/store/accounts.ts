import { z } from 'zod'
import { at, Identified } from './columns.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** Sign-in, sessions and throttling. Everything here runs as the purpose `sign-in` but what says otherwise. */

/** Two weeks without a visit, or three months in all, end a session. */
const idle = sql`interval '14 days'`
const longest = sql`interval '90 days'`

/** Only of somebody who is active; addresses are compared without case. */
export const loginByEmail = (email: string) =>
  query(
    z.object({ id: z.string(), password: z.string() }),
    sql`select person.id, password from person join login on person_id = person.id
      where lower(email) = lower(${email}) and state = 'active'`,
  )

export const passwordOf = (person: string) =>
  query(z.object({ password: z.string() }), sql`select password from login where person_id = ${person}`)

/** `password` is a hash of `hashPassword`, in PHC format. */
export const writePassword = (person: string, password: string): Statement =>
  sql`insert into login (person_id, password) values (${person}, ${password})
    on conflict (person_id) do update set password = excluded.password, changed_at = now()`

/** `tokenHash` is sha256 of the cookie's token; `device` a few words for its holder. */
export const openSession = (person: string, tokenHash: Uint8Array, device: string): Statement =>
  sql`insert into session (person_id, token_hash, device, expires_at)
    values (${person}, ${tokenHash}, ${device}, now() + ${idle})`

const alive = sql`expires_at > now() and session.created_at > now() - ${longest} and person.state = 'active'`

export const SessionHolder = z.object({
  session: z.string(),
  person: z.string(),
  administrator: z.boolean(),
  owner: z.boolean(),
  stale: z.boolean(),
})
/** Whose session a token opens, if it is alive and its person's account open. */
export const sessionByToken = (tokenHash: Uint8Array) =>
  query(
    SessionHolder,
    sql`select session.id as session, session.person_id as person, a.person_id is not null as administrator,
        coalesce(a.owner, false) as owner, seen_at < now() - interval '5 minutes' as stale
      from session join person on person.id = session.person_id
      left join administrator a on a.person_id = session.person_id
      where token_hash = ${tokenHash} and ${alive}`,
  )

/** No row once a session is over, or its person's account closed. */
export const sessionById = (session: string) =>
  query(
    Identified,
    sql`select session.id from session join person on person.id = session.person_id
      where session.id = ${session} and ${alive}`,
  )

/** A visit: two weeks from now. */
export const touchSession = (session: string): Statement =>
  sql`update session set seen_at = now(), expires_at = now() + ${idle} where id = ${session}`

export const endSession = (session: string): Statement => sql`delete from session where id = ${session}`

/** All sessions of a person but `keep`; all of them when it is null. */
export const endOtherSessions = (person: string, keep: string | null): Statement =>
  sql`delete from session where person_id = ${person} and id is distinct from ${keep}::uuid`

/** As the person: their own rows. */
export const mySessions = () =>
  query(
    z.object({ id: z.string(), device: z.string(), createdAt: at, seenAt: at }),
    sql`select id, device, created_at as "createdAt", seen_at as "seenAt" from session
      where person_id = current_person() and expires_at > now() order by seen_at desc`,
  )
export const endMySession = (session: string) =>
  query(
    Identified,
    sql`delete from session where id = ${session} and person_id = current_person() returning id`,
  )

/** Tries within the window, for each bucket asked about. Buckets are hashes: no address is kept. */
export const failedTries = (buckets: readonly string[]) =>
  query(
    z.object({ bucket: z.string(), tries: z.int() }),
    sql`select bucket, count(*)::int as tries from sign_in_attempt
      where bucket = any (${buckets}) and at > now() - interval '15 minutes' group by bucket`,
  )
/** Until the transaction ends nobody else counts these: two processes count after each other. */
export const holdTries = (buckets: readonly string[]) =>
  query(
    z.object({ held: z.unknown() }),
    sql`select pg_advisory_xact_lock(hashtextextended(bucket, 0)) as held
      from (select unnest(${buckets}::text[]) as bucket order by 1) one`,
  )
export const recordTries = (buckets: readonly string[]): Statement =>
  sql`insert into sign_in_attempt (bucket) select unnest(${buckets}::text[])`
/** After a success; also sweeps out what is older than a day. */
export const forgetTries = (bucket: string): Statement =>
  sql`delete from sign_in_attempt where bucket = ${bucket} or at < now() - interval '1 day'`
