import { z } from 'zod'
import { at } from './columns.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** What a model writes for one reader. */
export type PageDuty = 'write-brief' | 'suggest-topics' | 'suggest-upward-feedback'

const Page = z.object({ key: z.string(), engine: z.enum(['offline', 'llm']), page: z.unknown(), at })

/** As the reader: the last page that was written for them. It counts when its key is that of what is known now. */
export const preparedPage = (pair: string, duty: PageDuty) =>
  query(
    Page,
    sql`select key, engine, page, at from prepared_page
      where pair_id = ${pair} and person_id = current_person() and duty = ${duty}`,
  )

/** As the reader: in the place of what was written for them before. */
export const keepPage = (
  pair: string,
  duty: PageDuty,
  made: { readonly key: string; readonly engine: 'offline' | 'llm'; readonly page: unknown },
): Statement[] => [
  sql`insert into prepared (pair_id) values (${pair}) on conflict (pair_id) do update set at = now()`,
  sql`insert into prepared_page (pair_id, person_id, duty, key, engine, page)
    values (${pair}, current_person(), ${duty}, ${made.key}, ${made.engine}, ${JSON.stringify(made.page)}::jsonb)
    on conflict (pair_id, person_id, duty) do update set key = excluded.key, engine = excluded.engine,
      page = excluded.page, at = now()`,
]

/** Nobody keeps an old page: what is read again after some days is written again. Purpose `retention`. */
export const forgetPrepared = (): Statement => sql`delete from prepared where at < now() - interval '3 days'`

/** Takes away what was prepared for both, whoever of the two asks, or as their pair. */
export const dropPrepared = (pair: string): Statement => sql`delete from prepared where pair_id = ${pair}`

/**
 * Asks for the briefs of meetings whose morning has come: from five o'clock of their day in the pair's time zone,
 * or three hours before where that is sooner, for each of the two who has joined. Once for each time it is
 * planned for; the sample costs nothing. Purpose `calendar`.
 */
export const askForBriefs = (now: Date, priority: number): Statement =>
  sql`insert into job (kind, key, pair_id, meeting_id, run_as, priority)
    select 'brief', 'brief:' || meeting.id || ':' || person.id || ':' || extract(epoch from meeting.at)::bigint,
      pair.id, meeting.id, person.id, ${priority}
    from meeting join pair on pair.id = meeting.pair_id
    join person on person.id in (manager_id, report_id) and person.state = 'active' and joined_at is not null
    where meeting.state = 'planned' and not pair.sample
      and ${now}::timestamptz < meeting.at + minutes * interval '1 minute'
      and ${now}::timestamptz >= least(meeting.at - interval '3 hours',
        (date_trunc('day', meeting.at at time zone timezone) + interval '5 hours') at time zone timezone)
    on conflict do nothing`
