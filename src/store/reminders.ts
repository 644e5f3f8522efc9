import { z } from 'zod'
import { at, Identified } from './columns.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

const Wish = z.object({ ahead: z.boolean(), changes: z.boolean() })
/** What I want to be told of; no row while I have said nothing. */
export const myReminders = () =>
  query(Wish, sql`select ahead, changes from reminder_wish where person_id = current_person()`)

export const changeReminders = (change: {
  readonly ahead?: boolean | undefined
  readonly changes?: boolean | undefined
}): Statement =>
  sql`insert into reminder_wish (person_id, ahead, changes)
    values (current_person(), ${change.ahead ?? true}, ${change.changes ?? true})
    on conflict (person_id) do update set ahead = coalesce(${change.ahead ?? null}::boolean, reminder_wish.ahead),
      changes = coalesce(${change.changes ?? null}::boolean, reminder_wish.changes)`

const MailRecord = z.object({
  id: z.string(),
  subject: z.string(),
  text: z.string(),
  state: z.enum(['waiting', 'sent', 'failed']),
  at,
})
export const myMails = (limit: number) =>
  query(
    MailRecord,
    sql`select id, subject, text, state, created_at as at from mail where person_id = current_person()
      order by created_at desc limit ${limit}`,
  )

const Due = z.object({
  kind: z.enum(['ahead', 'moved', 'cancelled']),
  key: z.string(),
  person: z.string(),
  other: z.string(),
  pair: z.string(),
  meeting: z.string(),
  at,
  minutes: z.int(),
  timezone: z.string(),
})
export type Due = z.infer<typeof Due>

/**
 * What somebody is to be told now, as the calendar: the day before a meeting, and, some minutes after it was
 * done and not taken back, that the other one moved or cancelled. Only who has joined and wants it.
 */
export const remindersDue = (now: Date) =>
  query(
    Due,
    sql`with half as (
        select pair.id as pair, timezone, me.id as person, other.id as other_id, other.name as other,
          coalesce(wish.ahead, true) as ahead, coalesce(wish.changes, true) as changes
        from pair join person me on me.id in (manager_id, report_id)
        join person other on other.id in (manager_id, report_id) and other.id <> me.id
        left join reminder_wish wish on wish.person_id = me.id
        where me.state = 'active' and me.joined_at is not null and not pair.sample
      ), due as (
        select 'ahead' as kind, 'ahead:' || meeting.id || ':' || half.person || ':' || extract(epoch from at)::bigint as key,
          half.*, meeting.id as meeting, at, minutes
        from meeting join half on half.pair = meeting.pair_id
        where half.ahead and meeting.state = 'planned'
          and at between ${now}::timestamptz + interval '1 hour' and ${now}::timestamptz + interval '1 day'
        union all
        select change.what, change.what || ':' || change.id || ':' || half.person, half.*, meeting.id, meeting.at, minutes
        from meeting_change change join meeting on meeting.id = change.meeting_id
        join half on half.pair = change.pair_id and half.other_id = change.by
        where half.changes and change.what in ('moved', 'cancelled')
          and change.at between ${now}::timestamptz - interval '1 day' and ${now}::timestamptz - interval '2 minutes'
          and (change.what = 'moved' and meeting.state = 'planned' and meeting.at <> (
              select was_at from meeting_change first where first.meeting_id = meeting.id and first.by = change.by
                and first.what = 'moved' and first.at > ${now}::timestamptz - interval '1 day' order by first.at limit 1)
            or change.what = 'cancelled' and meeting.state = 'cancelled')
          and meeting.at > ${now}::timestamptz
          and not exists (select from meeting_change later where later.meeting_id = meeting.id and later.at > change.at
            and later.by = change.by and later.what = change.what)
      )
      select kind, key, person, other, pair, meeting, at, minutes, timezone from due
      where not exists (select from mail where mail.key = due.key)`,
  )

/** Says 1 when it is new. */
export const insertMail = (mail: {
  readonly person: string
  readonly meeting: string
  readonly key: string
  readonly subject: string
  readonly text: string
}): Statement =>
  sql`insert into mail (person_id, meeting_id, key, subject, text)
    values (${mail.person}, ${mail.meeting}, ${mail.key}, ${mail.subject}, ${mail.text})
    on conflict (key) do nothing`

const Waiting = z.object({ id: z.string(), to: z.string(), subject: z.string(), text: z.string() })
/** Mails that can go now, each to the address its person has today; nobody else takes them for five minutes. */
export const takeMails = (now: Date, limit: number) =>
  query(
    Waiting,
    sql`update mail set not_before = ${now}::timestamptz + interval '5 minutes' from person
      where person.id = person_id and person.state = 'active' and email is not null and mail.id in (
        select id from mail where state = 'waiting' and not_before <= ${now}::timestamptz
        order by created_at limit ${limit} for update skip locked)
      returning mail.id, email as to, subject, text`,
  )

export const mailSent = (mail: string): Statement =>
  sql`update mail set state = 'sent', sent_at = now() where id = ${mail} and state = 'waiting'`

/** Tried again later, each time after twice as long; after eight times it stays here to read. */
export const mailFailed = (mail: string, now: Date) =>
  query(
    Identified,
    sql`update mail set failures = failures + 1, state = case when failures >= 7 then 'failed' else 'waiting' end,
        not_before = ${now}::timestamptz + interval '5 minutes' * power(2, failures)
      where id = ${mail} and state = 'waiting' returning id`,
  )
