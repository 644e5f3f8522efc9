import { z } from 'zod'
import { json, query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** A pair with the names of its halves, as one of the two (or a step of theirs) may see it. */
export const PairRecord = z.object({
  id: z.string(),
  managerId: z.string(),
  managerName: z.string(),
  managerJoined: z.boolean(),
  reportId: z.string(),
  reportName: z.string(),
  reportJoined: z.boolean(),
  timezone: z.string(),
  language: z.string(),
  cadenceDays: z.int(),
  minutes: z.int(),
  /** Local time of one of the rhythm's meetings; null until the first is planned. */
  rhythmStart: z.string().nullable(),
  sample: z.boolean(),
})
export type PairRecord = z.infer<typeof PairRecord>

const columns = sql`pair.id, manager_id as "managerId", manager.name as "managerName",
  manager.joined_at is not null as "managerJoined", report_id as "reportId", report.name as "reportName",
  report.joined_at is not null as "reportJoined", timezone, pair.language, cadence_days as "cadenceDays",
  meeting_minutes as minutes, rhythm_start as "rhythmStart", sample`

const withHalves = sql`pair
  join person manager on manager.id = manager_id
  join person report on report.id = report_id`

/** My pairs; an administrator's reach over the directory does not count here. */
export const myPairs = () =>
  query(
    PairRecord,
    sql`select ${columns} from ${withHalves}
      where current_person() in (manager_id, report_id) order by pair.created_at`,
  )

/** One pair, for one of its two people or for a step that runs as the pair; nobody else. */
export const pairById = (pair: string) =>
  query(
    PairRecord,
    sql`select ${columns} from ${withHalves}
      where pair.id = ${pair} and (current_person() in (manager_id, report_id) or pair.id = current_pair())`,
  )

/** What searching one of my pairs needs of it: no names, whose policies cost more than all the rest. */
export const pairClock = (pair: string) =>
  query(
    z.object({ id: z.string(), timezone: z.string(), language: z.string() }),
    sql`select id, timezone, language from pair
      where id = ${pair} and current_person() in (manager_id, report_id)`,
  )

export interface NewPairRecord {
  readonly managerId: string
  readonly reportId: string
  readonly timezone: string
  readonly language: string
  readonly cadenceDays: number
  readonly minutes: number
  readonly sample?: boolean
}

export const insertPair = (pair: NewPairRecord) =>
  query(
    z.object({ id: z.string() }),
    sql`insert into pair (manager_id, report_id, timezone, language, cadence_days, meeting_minutes, sample, created_by)
      values (${pair.managerId}, ${pair.reportId}, ${pair.timezone}, ${pair.language}, ${pair.cadenceDays},
        ${pair.minutes}, ${pair.sample ?? false}, current_person()) returning id`,
  )

export const changePair = (
  pair: string,
  change: {
    readonly timezone?: string | undefined
    readonly language?: string | undefined
    readonly cadenceDays?: number | undefined
    readonly minutes?: number | undefined
  },
): Statement =>
  sql`update pair set timezone = coalesce(${change.timezone ?? null}, timezone),
    language = coalesce(${change.language ?? null}, language),
    cadence_days = coalesce(${change.cadenceDays ?? null}::int, cadence_days),
    meeting_minutes = coalesce(${change.minutes ?? null}::int, meeting_minutes)
    where id = ${pair} and current_person() in (manager_id, report_id)`

/** Only a sample pair can be removed like this: the policy sees to it. */
export const deleteSamplePair = (pair: string): Statement =>
  sql`delete from pair where id = ${pair} and sample`

export const SpeakerLabel = z.object({ label: z.string(), personId: z.string().nullable() })
export type SpeakerLabel = z.infer<typeof SpeakerLabel>

export const speakerLabels = (pair: string) =>
  query(
    SpeakerLabel,
    sql`select label, person_id as "personId" from speaker_label where pair_id = ${pair} order by label`,
  )

/** Remembers which voice is whose. A label set by a person is not overwritten by a guess (`by` null). */
export const rememberLabels = (pair: string, labels: readonly SpeakerLabel[], by: string | null): Statement =>
  sql`insert into speaker_label (pair_id, label, person_id, set_by)
    select ${pair}, label, "personId", ${by}::uuid
    from jsonb_to_recordset(${json(labels)}::jsonb) as given (label text, "personId" uuid)
    on conflict (pair_id, label) do update set person_id = excluded.person_id, set_by = excluded.set_by
    where excluded.set_by is not null`
