import { z } from 'zod'
import { at, atOrNull, Identified } from './columns.ts'
import { json, query, sql } from './sql.ts'

const day = sql`to_char(seen_on, 'YYYY-MM-DD')`
const ObservationRecord = z.object({ id: z.string(), on: z.string(), text: z.string() })

/** My own list of things seen, the newest first. */
export const ownObservations = (pair: string) =>
  query(
    ObservationRecord,
    sql`select id, ${day} as on, text from observation
      where pair_id = ${pair} and author_id = current_person() order by seen_on desc, created_at desc`,
  )

export const insertObservation = (pair: string, on: string, text: string) =>
  query(
    ObservationRecord,
    sql`insert into observation (pair_id, author_id, seen_on, text)
      values (${pair}, current_person(), ${on}, ${text}) returning id, ${day} as on, text`,
  )

export const deleteObservation = (pair: string, id: string) =>
  query(
    Identified,
    sql`delete from observation where pair_id = ${pair} and id = ${id} and author_id = current_person() returning id`,
  )

export const DraftRecord = z.object({
  id: z.string(),
  request: z.string().nullable(),
  rough: z.string(),
  situation: z.string(),
  behavior: z.string(),
  impact: z.string(),
  ask: z.string(),
  meantOtherwise: z.array(z.string()),
  version: z.int(),
  changedAt: at,
})
export type DraftRecord = z.infer<typeof DraftRecord>

const draftColumns = sql`id, request_id as request, rough, situation, behavior, impact, ask,
  meant_otherwise as "meantOtherwise", version, changed_at as "changedAt"`

/** My own drafts, the last changed first. */
export const ownDrafts = (pair: string) =>
  query(
    DraftRecord,
    sql`select ${draftColumns} from feedback_draft
      where pair_id = ${pair} and author_id = current_person() order by changed_at desc`,
  )

export const ownDraft = (pair: string, id: string) =>
  query(
    DraftRecord,
    sql`select ${draftColumns} from feedback_draft
      where pair_id = ${pair} and id = ${id} and author_id = current_person()`,
  )

export const insertDraft = (pair: string, rough: string, request: string | null) =>
  query(
    DraftRecord,
    sql`insert into feedback_draft (pair_id, author_id, rough, request_id)
      values (${pair}, current_person(), ${rough}, ${request}) returning ${draftColumns}`,
  )

export type DraftWords = Partial<
  Record<'rough' | 'situation' | 'behavior' | 'impact' | 'ask', string | undefined>
> & { readonly meantOtherwise?: readonly string[] | undefined }

/** Changes the draft last seen in this version; no row means that another window was quicker. */
export const changeDraft = (pair: string, id: string, version: number, words: DraftWords) =>
  query(
    DraftRecord,
    sql`update feedback_draft set rough = coalesce(${words.rough ?? null}, rough),
      situation = coalesce(${words.situation ?? null}, situation),
      behavior = coalesce(${words.behavior ?? null}, behavior),
      impact = coalesce(${words.impact ?? null}, impact), ask = coalesce(${words.ask ?? null}, ask),
      meant_otherwise = coalesce(${words.meantOtherwise === undefined ? null : json(words.meantOtherwise)}::jsonb, meant_otherwise),
      version = version + 1, changed_at = now()
      where pair_id = ${pair} and id = ${id} and version = ${version} and author_id = current_person()
      returning ${draftColumns}`,
  )

export const deleteDraft = (pair: string, id: string) =>
  query(
    Identified,
    sql`delete from feedback_draft where pair_id = ${pair} and id = ${id} and author_id = current_person() returning id`,
  )

export const FeedbackRecord = z.object({
  id: z.string(),
  from: z.string(),
  direction: z.enum(['down', 'up']),
  request: z.string().nullable(),
  situation: z.string(),
  behavior: z.string(),
  impact: z.string(),
  ask: z.string().nullable(),
  state: z.enum(['shared', 'acknowledged', 'acted-on']),
  answer: z.string().nullable(),
  sharedAt: at,
  acknowledgedAt: atOrNull,
  answeredAt: atOrNull,
  actedAt: atOrNull,
  version: z.int(),
})
export type FeedbackRecord = z.infer<typeof FeedbackRecord>

const columns = sql`id, from_id as from, direction, request_id as request, situation, behavior, impact, ask, state,
  answer, shared_at as "sharedAt", acknowledged_at as "acknowledgedAt", answered_at as "answeredAt",
  acted_at as "actedAt", version`

/** What was sent between the two, the newest first. */
export const feedbackOf = (pair: string) =>
  query(
    FeedbackRecord,
    sql`select ${columns} from feedback where pair_id = ${pair} order by shared_at desc, id`,
  )

export const feedbackById = (pair: string, id: string) =>
  query(FeedbackRecord, sql`select ${columns} from feedback where pair_id = ${pair} and id = ${id}`)

/** Sends a draft: its parts become a row both read, in the name of whoever asks. */
export const sendDraft = (pair: string, draft: DraftRecord, direction: 'down' | 'up') =>
  query(
    FeedbackRecord,
    sql`insert into feedback (pair_id, from_id, direction, request_id, situation, behavior, impact, ask)
      values (${pair}, current_person(), ${direction}, ${draft.request}, ${draft.situation.trim()},
        ${draft.behavior.trim()}, ${draft.impact.trim()}, ${draft.ask.trim() === '' ? null : draft.ask.trim()})
      returning ${columns}`,
  )

/** Whom it was given to has read it, answers it, or has acted on it. */
export const answerFeedback = (
  pair: string,
  id: string,
  version: number,
  state: 'acknowledged' | 'acted-on',
  answer: string | undefined,
) =>
  query(
    FeedbackRecord,
    sql`update feedback set state = ${state}, acknowledged_at = coalesce(acknowledged_at, now()),
      answer = coalesce(${answer ?? null}, answer),
      answered_at = case when ${answer !== undefined} then now() else answered_at end,
      acted_at = case when ${state === 'acted-on'} then coalesce(acted_at, now()) else null end,
      version = version + 1
      where pair_id = ${pair} and id = ${id} and version = ${version} returning ${columns}`,
  )

const RequestRecord = z.object({ id: z.string(), question: z.string(), askedAt: at })

/** The manager's questions how they do, the newest first. */
export const feedbackRequests = (pair: string) =>
  query(
    RequestRecord,
    sql`select id, question, asked_at as "askedAt" from feedback_request
      where pair_id = ${pair} order by asked_at desc, id`,
  )

export const insertRequest = (pair: string, question: string) =>
  query(
    RequestRecord,
    sql`insert into feedback_request (pair_id, asked_by, question) values (${pair}, current_person(), ${question})
      returning id, question, asked_at as "askedAt"`,
  )
