import { z } from 'zod'
import { PersonView } from '../domain/api/people.ts'
import { Identified } from './columns.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** A person as they see themselves. */
export const MyAccount = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  language: z.string(),
  workspace: z.string().nullable(),
  administrator: z.boolean(),
  owner: z.boolean(),
})
export type MyAccount = z.infer<typeof MyAccount>

export const myAccount = () =>
  query(
    MyAccount,
    sql`select person.id, person.name, email, language, (select name from workspace limit 1) as workspace,
        administrator.person_id is not null as administrator, coalesce(administrator.owner, false) as owner
      from person left join administrator on administrator.person_id = person.id where person.id = current_person()`,
  )

/** For the owner of the machine, who knows people by their address. */
export const personByEmail = (email: string) =>
  query(Identified, sql`select id from person where lower(email) = lower(${email})`)

/** The other half comes to be with the pair, before they have joined. */
export const insertPerson = (person: {
  readonly id: string
  readonly name: string
  readonly email: string | null
}): Statement =>
  sql`insert into person (id, name, email) values (${person.id}, ${person.name}, ${person.email})`

/** My own row; what is left out stays. A taken address is a unique violation of `person_email`. */
export const changeMyself = (change: {
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly language?: string | undefined
}): Statement =>
  sql`update person set name = coalesce(${change.name ?? null}, name), email = coalesce(${change.email ?? null}, email),
    language = coalesce(${change.language ?? null}, language) where id = current_person()`

/** The directory, for administrators: row-level security shows others their own row and their pairs' halves only. */
export const directoryPeople = () =>
  query(
    PersonView,
    sql`select id, name, email, case when erased_at is null then state else 'erased' end as state,
        case when id = (select person_id from administrator where owner) then 'owner' else 'member' end as role
      from person order by name, id`,
  )

export const directoryPairs = () =>
  query(
    z.object({
      id: z.string(),
      manager: z.string(),
      report: z.string(),
      timezone: z.string(),
      cadenceDays: z.int(),
    }),
    sql`select id, manager_id as manager, report_id as report, timezone, cadence_days as "cadenceDays" from pair
      order by created_at`,
  )

/** No row for somebody the asker may not know of. */
export const personById = (person: string) =>
  query(
    z.object({ id: z.string(), name: z.string(), email: z.string().nullable(), state: z.string() }),
    sql`select id, name, email, state from person where id = ${person}`,
  )

/** Closes an account or opens it again; whoever never joined goes back to being invited. */
export const changePersonState = (person: string, state: 'active' | 'disabled') =>
  query(
    z.object({ id: z.string() }),
    sql`update person set state = case when ${state} = 'active' and joined_at is null then 'invited' else ${state} end
      where id = ${person} and erased_at is null and not exists (select from administrator where person_id = ${person} and owner)
      returning id`,
  )
