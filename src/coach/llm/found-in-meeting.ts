import { z } from 'zod'
import type { Extraction } from '../../domain/ports.ts'
import { TalkLabel } from '../../domain/talk.ts'
import type { Voices } from './spoken.ts'

/**
 * What a model may say about a meeting. The envelope is asked for as a whole; each entry is read by
 * itself, so that a bad one costs itself and not its neighbours.
 */
const evidence = z.preprocess(
  // One quote without its list is one quote.
  value => (typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : value),
  z.array(z.object({ line: z.int(), quote: z.string().max(2_000) })).max(20),
)
const confidence = z.number().min(0).max(1).catch(0.5)
const text = z.string().max(300)
const owner = z
  .string()
  .max(200)
  .nullish()
  .transform(key => key ?? null)
const due = z
  .string()
  .max(200)
  .nullish()
  .transform(phrase => phrase ?? null)

const entries = {
  items: z.object({
    text,
    owner,
    due,
    kind: z.enum(['commitment', 'accepted-request']).catch('commitment'),
    confidence,
    evidence,
  }),
  decisions: z.object({ text, confidence, evidence }),
  roadblocks: z.object({
    text,
    status: z.enum(['raised', 'resolved']).catch('raised'),
    confidence,
    evidence,
  }),
  updates: z.object({
    item: z.string().max(40),
    status: z.enum(['done', 'dropped', 'changed', 'still-open']),
    due,
    confidence,
    evidence,
  }),
  feedback: z.object({ text, direction: z.enum(['down', 'up']), behavioral: z.boolean(), evidence }),
  growth: z.object({ text, evidence }),
  talk: z.object({ from: z.int(), to: z.int(), label: TalkLabel }),
}

/** The form the server and the model are shown. */
export const FoundInMeeting = z.object({
  items: z.array(entries.items),
  decisions: z.array(entries.decisions),
  roadblocks: z.array(entries.roadblocks),
  updates: z.array(entries.updates),
  feedback: z.array(entries.feedback),
  growth: z.array(entries.growth),
  talk: z.array(entries.talk),
})

const list = z.array(z.unknown()).nullish()
type Kind = keyof typeof entries
const kinds = Object.keys(entries) as Kind[]

/**
 * The form that is taken: lists, whatever is in them; one that was left out is empty. Where more than
 * half of the entries cannot be read, the model is asked to mend its answer.
 */
export const Envelope = z
  .object({
    items: list,
    decisions: list,
    roadblocks: list,
    updates: list,
    feedback: list,
    growth: list,
    talk: list,
  })
  .superRefine((found, context) => {
    if (!kinds.some(kind => Array.isArray(found[kind]))) context.addIssue('none of the lists')
    for (const kind of kinds) {
      const all = found[kind] ?? []
      const bad = all.filter(value => !entries[kind].safeParse(value).success).length
      if (bad * 2 > all.length) context.addIssue({ code: 'custom', path: [kind], message: 'entries' })
    }
  })
export type Envelope = z.infer<typeof Envelope>

/** What was said in the form of the domain, and how many entries could not be read at all. */
export const toExtraction = (
  found: Envelope,
  voices: Voices,
  idOf: (short: string) => string | null,
): Extraction & { readonly malformed: number } => {
  let malformed = 0
  const read = <One extends Kind>(kind: One): z.infer<(typeof entries)[One]>[] =>
    (found[kind] ?? []).flatMap(value => {
      const parsed = entries[kind].safeParse(value)
      if (parsed.success) return [parsed.data as z.infer<(typeof entries)[One]>]
      malformed++
      return []
    })
  const extraction = {
    actionItems: read('items').map(({ owner: key, due: duePhrase, ...item }) => ({
      ...item,
      owner: voices.ownerOf(key),
      duePhrase,
    })),
    decisions: read('decisions'),
    roadblocks: read('roadblocks'),
    updates: read('updates').map(({ item, due: duePhrase, ...update }) => ({
      ...update,
      // An id that was not handed in stays one: the gate drops and counts it.
      item: idOf(item) ?? `unknown ${item}`,
      duePhrase,
    })),
    feedback: read('feedback'),
    growth: read('growth'),
    talk: read('talk').map(({ from, to, label }) => ({ fromLine: from, toLine: to, label })),
  }
  return { ...extraction, malformed }
}
