import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { TalkLabel } from '../domain/talk.ts'
import { changeAgendaItem, insertAgendaItem, insertTemplate, insertWriting } from './agenda.ts'
import type { Database, Tx } from './database.ts'
import { pairById } from './pairs.ts'
import { keepRhythm } from './rhythm.ts'

const Side = z.enum(['manager', 'report'])
const Item = z.tuple([Side, z.string(), TalkLabel.nullable(), z.enum(['open', 'reached', 'carried'])])
type Item = z.infer<typeof Item>

/** `samples/pair/agenda.json`: what the two wanted to talk about, week by week, and next. */
const SampleAgenda = z.strictObject({
  meetings: z.record(z.string(), z.array(Item)),
  next: z.array(Item),
  written: z.strictObject({
    item: z.tuple([Side, z.string(), TalkLabel]),
    text: z.string(),
    answer: z.string(),
  }),
  template: z.strictObject({ name: z.string(), items: z.array(z.tuple([TalkLabel, z.string()])) }),
})

const readAgenda = async () =>
  SampleAgenda.parse(
    JSON.parse(await readFile(new URL('../../samples/pair/agenda.json', import.meta.url), 'utf8')),
  )

const addItem = async (tx: Tx, pair: string, meeting: string, [, text, kind, state]: Item) => {
  const id = crypto.randomUUID()
  await tx.all(insertAgendaItem(pair, meeting, { id, text, kind }))
  if (state !== 'open') await tx.all(changeAgendaItem(pair, id, 1, { state }))
}

/**
 * Gives the sample its agendas, each item written as whoever raises it: nobody else could. What the last
 * meeting did not reach is carried by the ordinary rule.
 */
export const fillSampleAgenda = async (
  database: Database,
  people: { readonly manager: string; readonly report: string },
  pair: string,
  meetings: { readonly past: ReadonlyMap<string, string>; readonly next: string },
  now: Date,
): Promise<void> => {
  const agenda = await readAgenda()
  const written = crypto.randomUUID()
  for (const side of ['report', 'manager'] as const)
    await database.asPerson(people[side], async tx => {
      for (const [week, items] of Object.entries(agenda.meetings)) {
        const meeting = meetings.past.get(week)
        for (const item of items)
          if (meeting !== undefined && item[0] === side) await addItem(tx, pair, meeting, item)
      }
      for (const item of agenda.next) if (item[0] === side) await addItem(tx, pair, meetings.next, item)
      const [whose, text, kind] = agenda.written.item
      if (whose === side) {
        await tx.all(insertAgendaItem(pair, meetings.next, { id: written, text, kind }))
        await tx.all(insertWriting(pair, written, crypto.randomUUID(), agenda.written.text))
        await tx.all(changeAgendaItem(pair, written, 1, { state: 'written' }))
      } else await tx.all(insertWriting(pair, written, crypto.randomUUID(), agenda.written.answer))
      if (side === 'manager')
        await tx.all(
          insertTemplate(pair, {
            name: agenda.template.name,
            items: agenda.template.items.map(([label, words]) => ({ kind: label, text: words })),
          }),
        )
    })
  await database.asPair(pair, async tx => {
    const found = await tx.first(pairById(pair))
    if (found) await keepRhythm(tx, found, now)
  })
}
