import { z } from 'zod'
import { AgendaState, AgendaTemplate } from '../domain/api/agenda.ts'
import { TalkLabel } from '../domain/talk.ts'
import { at, atOrNull, Identified } from './columns.ts'
import { json, query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

export const AgendaRecord = z.object({
  id: z.string(),
  meeting: z.string(),
  raisedBy: z.string(),
  kind: TalkLabel.nullable(),
  text: z.string(),
  state: AgendaState,
  carriedFrom: atOrNull,
  carriedTo: z.object({ meeting: z.string(), at }).nullable(),
  askedToWrite: z.boolean(),
  updates: z.array(z.object({ id: z.string(), author: z.string(), text: z.string(), at, version: z.int() })),
  version: z.int(),
})
export type AgendaRecord = z.infer<typeof AgendaRecord>

/** When the meeting was in which it was not reached, into which it was carried, and what was written about it, are asked with the row. */
const select = (where: Statement): Statement => sql`
  select agenda_item.id, agenda_item.meeting_id as meeting, raised_by as "raisedBy", kind, text,
    agenda_item.state, before.at as "carriedFrom",
    (select jsonb_build_object('meeting', meeting.id, 'at', meeting.at) from agenda_item copy
      join meeting on meeting.id = copy.meeting_id and meeting.pair_id = copy.pair_id
      where copy.pair_id = agenda_item.pair_id and copy.carried_from = agenda_item.id limit 1) as "carriedTo",
    asked_to_write as "askedToWrite",
    coalesce((select jsonb_agg(jsonb_build_object('id', id, 'author', author_id, 'text', text, 'at', created_at,
        'version', version) order by created_at, id)
      from written_update where pair_id = agenda_item.pair_id and agenda_item_id = agenda_item.id), '[]') as updates,
    agenda_item.version
  from agenda_item
  left join (select item.id, meeting.at from agenda_item item join meeting on meeting.id = item.meeting_id) before
    on before.id = agenda_item.carried_from
  ${where}`

/** A meeting's items in order; removed ones are left out. */
export const agendaOf = (pair: string, meeting: string) =>
  query(
    AgendaRecord,
    select(sql`where agenda_item.pair_id = ${pair} and agenda_item.meeting_id = ${meeting}
      and agenda_item.state <> 'removed' order by position, agenda_item.created_at, agenda_item.id`),
  )

export const agendaItem = (pair: string, meeting: string, item: string) =>
  query(
    AgendaRecord,
    select(sql`where agenda_item.pair_id = ${pair} and agenda_item.meeting_id = ${meeting}
      and agenda_item.id = ${item}`),
  )

export interface NewAgendaRecord {
  readonly id: string
  readonly text: string
  readonly kind: TalkLabel | null
}

/** Adds to the end of my own part; nothing when the id is taken, by this wish sent before or by another row. */
export const insertAgendaItem = (pair: string, meeting: string, { id, text, kind }: NewAgendaRecord) =>
  query(
    Identified,
    sql`insert into agenda_item (id, pair_id, meeting_id, raised_by, kind, text, position)
      select ${id}, ${pair}, ${meeting}, current_person(), ${kind}, ${text}, coalesce(max(position), 0) + 1
      from agenda_item where pair_id = ${pair} and meeting_id = ${meeting} and raised_by = current_person()
      on conflict (id) do nothing returning id`,
  )

/** Changes an item its asker has seen in this version; no row means that somebody was quicker. */
export const changeAgendaItem = (
  pair: string,
  item: string,
  version: number,
  change: {
    readonly text?: string | undefined
    readonly kind?: TalkLabel | null | undefined
    readonly state?: z.infer<typeof AgendaState> | undefined
    readonly askedToWrite?: boolean | undefined
  },
) =>
  query(
    Identified,
    sql`update agenda_item set text = coalesce(${change.text ?? null}, text),
      kind = case when ${change.kind !== undefined} then ${change.kind ?? null} else kind end,
      state = coalesce(${change.state ?? null}, state),
      asked_to_write = coalesce(${change.askedToWrite ?? null}::boolean, asked_to_write),
      version = version + 1, changed_at = now()
      where pair_id = ${pair} and id = ${item} and version = ${version} returning id`,
  )

/** Puts my own items of a meeting into a new order. Places are no content: no version is asked for. */
export const orderAgenda = (pair: string, meeting: string, items: readonly string[]): Statement =>
  sql`update agenda_item set position = given.place
    from unnest(${items}::uuid[]) with ordinality as given (item, place)
    where pair_id = ${pair} and meeting_id = ${meeting} and raised_by = current_person() and id = given.item`

/** Takes removed items out for good once they can no longer be taken back. */
export const forgetRemoved = (pair: string): Statement =>
  sql`delete from agenda_item where pair_id = ${pair} and state = 'removed'
    and changed_at < now() - interval '10 minutes'`

export const insertWriting = (pair: string, item: string, id: string, text: string) =>
  query(
    Identified,
    sql`insert into written_update (id, pair_id, agenda_item_id, author_id, text)
      values (${id}, ${pair}, ${item}, current_person(), ${text}) on conflict (id) do nothing returning id`,
  )

/** My own words, in the version I have seen. */
export const changeWriting = (pair: string, item: string, writing: string, version: number, text: string) =>
  query(
    Identified,
    sql`update written_update set text = ${text}, version = version + 1
      where pair_id = ${pair} and agenda_item_id = ${item} and id = ${writing} and version = ${version}
        and author_id = current_person() returning id`,
  )

/** The two's own templates, in the order they were kept. */
export const ownTemplates = (pair: string) =>
  query(
    AgendaTemplate,
    sql`select id, name, true as own, items from agenda_template where pair_id = ${pair} order by created_at, id`,
  )

export const insertTemplate = (
  pair: string,
  template: { readonly name: string; readonly items: AgendaTemplate['items'] },
) =>
  query(
    AgendaTemplate,
    sql`insert into agenda_template (pair_id, name, items, made_by)
      values (${pair}, ${template.name}, ${json(template.items)}::jsonb, current_person())
      returning id, name, true as own, items`,
  )

export const deleteTemplate = (pair: string, template: string) =>
  query(
    Identified,
    sql`delete from agenda_template where pair_id = ${pair} and id = ${template} returning id`,
  )
