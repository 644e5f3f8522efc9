import { z } from 'zod'
import { at } from './columns.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

const Waved = z.object({ key: z.string(), at })

/** What I have waved away, for the policy lets nobody else's rows through. */
export const wavedTopics = (pair: string) =>
  query(Waved, sql`select key, at from waved_topic where pair_id = ${pair} and person_id = current_person()`)

export const waveTopic = (pair: string, key: string, now: Date): Statement =>
  sql`insert into waved_topic (pair_id, key, at) values (${pair}, ${key}, ${now.toISOString()}::timestamptz)
    on conflict (pair_id, person_id, key) do update set at = excluded.at`

export const unwaveTopic = (pair: string, key: string): Statement =>
  sql`delete from waved_topic where pair_id = ${pair} and person_id = current_person() and key = ${key}`
