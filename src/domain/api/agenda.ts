import { z } from 'zod'
import { TalkLabel } from '../talk.ts'
import { Day, Id, Instant, Version } from './common.ts'

/** Something said in writing so that it need not be talked about; both read it before the meeting. */
const WrittenUpdate = z.object({
  id: Id,
  author: Id,
  text: z.string(),
  at: Instant,
  version: z.int().positive(),
})

export const AgendaState = z.enum(['open', 'reached', 'carried', 'written', 'removed'])

/** One thing to talk about. The report's stand first, each side in the order its person gave them. */
export const AgendaItem = z
  .object({
    id: Id,
    meeting: Id,
    raisedBy: Id,
    /** One of the nine labels of talk; null is any kind. */
    kind: TalkLabel.nullable(),
    text: z.string(),
    /** `carried`: not reached, it stands in the next meeting; `written`: sent in writing instead. */
    state: AgendaState,
    /** The day of the meeting in which it was not reached. */
    carriedFrom: Day.nullable(),
    /** Not reached here, it stands in this later meeting. */
    carriedTo: z.object({ meeting: Id, day: Day }).nullable(),
    /** The other one asks for it in writing. */
    askedToWrite: z.boolean(),
    /** The update and the answers to it, in order. */
    updates: z.array(WrittenUpdate),
    version: z.int().positive(),
  })
  .meta({ id: 'AgendaItem' })
export type AgendaItem = z.infer<typeof AgendaItem>

export const AgendaPage = z.object({ items: z.array(AgendaItem) })
export type AgendaPage = z.infer<typeof AgendaPage>

const text = z.string().trim().min(1).max(500)
const writing = z.string().trim().min(1).max(8_000)

/** `id` is the asker's to choose, so that the same wish sent twice is one item. */
export const NewAgendaItem = z.strictObject({
  id: Id.optional(),
  text,
  kind: TalkLabel.nullable().default(null),
})
/** Words, kind and removal are for whoever raised it; reached, and asking to write, are for both. */
export const AgendaItemChange = z.strictObject({
  version: Version,
  text: text.optional(),
  kind: TalkLabel.nullable().optional(),
  state: z.enum(['open', 'reached', 'removed']).optional(),
  askedToWrite: z.boolean().optional(),
})
export type AgendaItemChange = z.infer<typeof AgendaItemChange>

/** My own items of the meeting in their new order; what is left out keeps its place. */
export const AgendaOrder = z.strictObject({ items: z.array(Id).max(100) })

export const NewWriting = z.strictObject({ id: Id.optional(), text: writing })
export const WritingChange = z.strictObject({ version: Version, text: writing })

const TemplateItem = z.object({ text, kind: TalkLabel.nullable() })
/** Something to begin an agenda with; `own` ones were kept by the two. */
export const AgendaTemplate = z
  .object({ id: z.string(), name: z.string(), own: z.boolean(), items: z.array(TemplateItem) })
  .meta({ id: 'AgendaTemplate' })
export type AgendaTemplate = z.infer<typeof AgendaTemplate>
export const AgendaTemplates = z.object({ templates: z.array(AgendaTemplate) })
export type AgendaTemplates = z.infer<typeof AgendaTemplates>
export const NewTemplate = z.strictObject({
  name: z.string().trim().min(1).max(80),
  items: z.array(TemplateItem).min(1).max(20),
})
/** A template's id: one of the program's (`first`, `growth`, …) or of the two's own. */
export const TemplateChoice = z.strictObject({ template: z.string().min(1).max(64) })
