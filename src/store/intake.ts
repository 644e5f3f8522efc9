import { z } from 'zod'
import { IntakeKind } from '../domain/api/intake.ts'
import type { IntakePair } from '../domain/intake.ts'
import { at, atOrNull, count, Identified } from './columns.ts'
import type { Tx } from './database.ts'
import { myPairs } from './pairs.ts'
import { query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** Ways in for transcripts that nobody clicks, and what came in and waits to be told where it belongs. */

export const myIntakeKeys = () =>
  query(
    z.object({ id: z.string(), kind: IntakeKind, name: z.string(), madeAt: at, usedAt: atOrNull }),
    sql`select id, kind, name, made_at as "madeAt", used_at as "usedAt" from intake_key
      where person_id = current_person() order by made_at`,
  )

export const insertIntakeKey = (key: {
  readonly kind: z.infer<typeof IntakeKind>
  readonly name: string
  readonly tokenHash: Uint8Array | null
  readonly secret: Uint8Array | null
}) =>
  query(
    Identified,
    sql`insert into intake_key (kind, name, token_hash, secret)
      values (${key.kind}, ${key.name}, ${key.tokenHash}::bytea, ${key.secret}::bytea) returning id`,
  )

export const deleteIntakeKey = (id: string) =>
  query(
    Identified,
    sql`delete from intake_key where person_id = current_person() and id = ${id} returning id`,
  )

const Holder = z.object({ id: z.string(), person: z.string() })
/** Purpose `intake`: whose token it is; nobody's when the account is closed. */
export const holderOfToken = (tokenHash: Uint8Array) =>
  query(
    Holder,
    sql`select intake_key.id, person_id as person from intake_key join person on person.id = person_id
      where token_hash = ${tokenHash} and state = 'active'`,
  )

/** Purpose `intake`: a webhook's secret is needed to check what it signed. */
export const holderOfHook = (id: string) =>
  query(
    Holder.extend({ secret: z.instanceof(Uint8Array) }),
    sql`select intake_key.id, person_id as person, secret from intake_key join person on person.id = person_id
      where intake_key.id = ${id} and kind = 'webhook' and state = 'active'`,
  )

/** Purpose `intake`: who wished that the folder with their address is looked into. */
export const holderOfFolder = (email: string) =>
  query(
    Holder,
    sql`select intake_key.id, person_id as person from intake_key join person on person.id = person_id
      where lower(email) = lower(${email}) and kind = 'folder' and state = 'active' limit 1`,
  )

export const intakeKeyUsed = (id: string): Statement =>
  sql`update intake_key set used_at = now() where id = ${id}`

export const waitingFiles = () =>
  query(
    z.object({ id: z.string(), fileName: z.string(), at: atOrNull, receivedAt: at, bytes: count }),
    sql`select id, file_name as "fileName", said_at as at, received_at as "receivedAt", length(bytes) as bytes
      from intake_file where person_id = current_person() order by received_at`,
  )

export const waitingFile = (id: string) =>
  query(
    z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
    sql`select file_name as name, bytes from intake_file where person_id = current_person() and id = ${id}`,
  )

/** Once, however often it is sent. */
export const keepWaiting = (file: {
  readonly name: string
  readonly bytes: Uint8Array
  readonly hash: Uint8Array
  readonly at: string | null
}) =>
  query(
    Identified,
    sql`insert into intake_file (file_name, bytes, content_hash, said_at)
      values (${file.name}, ${file.bytes}, ${file.hash}, ${file.at}::timestamptz)
      on conflict (person_id, content_hash) do nothing returning id`,
  )

export const deleteWaiting = (id: string) =>
  query(
    Identified,
    sql`delete from intake_file where person_id = current_person() and id = ${id} returning id`,
  )

/** In one of my pairs already, wherever it was added. */
export const knownTranscript = (pairs: readonly string[], hash: Uint8Array) =>
  query(
    Identified,
    sql`select id from transcript where pair_id = any (${pairs}) and content_hash = ${hash} limit 1`,
  )

/** My 1:1s with their meetings of the days around an instant; the sample is nobody's. */
export const intakePairs = async (tx: Tx, me: string, around: string | null): Promise<IntakePair[]> => {
  const pairs = (await tx.all(myPairs())).filter(({ sample }) => !sample)
  const meetings =
    around === null
      ? []
      : await tx.all(
          query(
            z.object({ id: z.string(), pair: z.string(), at }),
            sql`select id, pair_id as pair, at from meeting
              where pair_id = any (${pairs.map(({ id }) => id)}) and state <> 'cancelled'
                and at between ${around}::timestamptz - interval '1 day' and ${around}::timestamptz + interval '1 day'`,
          ),
        )
  return pairs.map(({ id, managerId, managerName, reportName }) => ({
    id,
    name: managerId === me ? reportName : managerName,
    meetings: meetings.filter(({ pair }) => pair === id),
  }))
}
