import { aroundPromise } from './train/series-run.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { proveClaims, type ProvenExtraction } from '../src/domain/evidence.ts'
import type { Coach, OpenItem, Roster } from '../src/domain/ports.ts'
import { matchLabels, rosterOf } from '../src/domain/roster.ts'
import { readTranscript } from '../src/domain/transcript/read.ts'
import type { Transcript } from '../src/domain/transcript/transcript.ts'
import { readSample, type SamplePair } from '../src/store/sample.ts'
import { type GoldMark, match } from './one-on-one.ts'

export const sampleFolder = join(import.meta.dirname, '../samples/pair')

const evidence = z.array(z.strictObject({ line: z.int().positive(), quote: z.string().min(1) })).min(1)
const marked = z.strictObject({ text: z.string(), evidence })

/** `samples/pair/gold.json`: what a careful reader marks. The first quote is the one a mark hangs on. */
export const SampleGold = z.strictObject({
  threads: z.record(z.string(), z.string()),
  transcripts: z.array(
    z.strictObject({
      file: z.string(),
      actionItems: z.array(
        marked.extend({
          id: z.string(),
          owner: z.enum(['manager', 'report']).nullable(),
          due: z.string().nullable(),
        }),
      ),
      decisions: z.array(marked),
      roadblocks: z.array(
        z.strictObject({
          thread: z.string(),
          status: z.enum(['raised', 'restated', 'resolved']),
          evidence,
        }),
      ),
      updates: z.array(
        z.strictObject({
          item: z.string(),
          status: z.enum(['done', 'dropped', 'changed', 'still-open']),
          due: z.string().nullable(),
          evidence,
        }),
      ),
      feedback: z.array(marked.extend({ direction: z.enum(['down', 'up']), behavioral: z.boolean() })),
      growth: z.array(marked),
    }),
  ),
})
type GoldWeek = z.infer<typeof SampleGold>['transcripts'][number]

export const readSampleGold = () =>
  SampleGold.parse(JSON.parse(readFileSync(join(sampleFolder, 'gold.json'), 'utf8')))

/** A week with a transcript: as it is read, and what was marked in it. */
export interface SampleWeek {
  readonly file: string
  readonly transcript: Transcript
  readonly roster: Roster
  readonly gold: GoldWeek
}

export const readSampleWeeks = async (): Promise<SampleWeek[]> => {
  const sample = await readSample()
  const marks = new Map(readSampleGold().transcripts.map(gold => [gold.file, gold]))
  return sample.meetings
    .toSorted((a, b) => b.weeksAgo - a.weeksAgo)
    .flatMap(({ transcript: file }) => {
      const gold = file && marks.get(file)
      if (!gold) return []
      const transcript = readTranscript(readFileSync(join(sampleFolder, file)))
      return [{ file, gold, transcript, roster: rosterIn(transcript, sample) }]
    })
}

const rosterIn = ({ lines }: Transcript, { manager, report }: SamplePair): Roster => {
  const labels = [...new Set(lines.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))]
  const halves = { manager: { id: 'manager', ...manager }, report: { id: 'report', ...report } }
  const known = matchLabels(labels, Object.values(halves)).map(
    ({ label, person }) => [label, person.id] as const,
  )
  return rosterOf(labels, new Map(known), halves)
}

const kinds = ['action items', 'decisions', 'roadblocks', 'updates'] as const
export type SampleTally = Record<(typeof kinds)[number], { hit: number; claims: number; gold: number }>

export interface ScoredWeek extends SampleWeek {
  readonly proven: ProvenExtraction
  /** Claims that did not pass the gate. */
  readonly dropped: number
}

/**
 * Goes through the weeks as the program does: what is found counts as confirmed, and the promises
 * still open are told to the next week.
 */
export const scoreSample = async (coach: Coach): Promise<{ weeks: ScoredWeek[]; tally: SampleTally }> => {
  const tally = Object.fromEntries(
    kinds.map(kind => [kind, { hit: 0, claims: 0, gold: 0 }]),
  ) as unknown as SampleTally
  const count = (kind: keyof SampleTally, hit: number, claims: number, gold: number) => {
    tally[kind].hit += hit
    tally[kind].claims += claims
    tally[kind].gold += gold
  }
  const weeks: ScoredWeek[] = []
  const open = new Map<string, OpenItem>()
  /** The mark that a found promise meets, by the id it is open under. */
  const meant = new Map<string, string>()
  for (const week of await readSampleWeeks()) {
    const input = { lines: week.transcript.lines, roster: week.roster, openItems: [...open.values()] }
    const { proven, dropped } = proveClaims(await coach.extract(input), input)
    weeks.push({ ...week, proven, dropped })

    const told = proven.updates.filter(
      ({ status, duePhrase }) => status !== 'still-open' && (status !== 'changed' || duePhrase !== null),
    )
    const wanted = week.gold.updates.filter(({ status }) => status !== 'still-open')
    const right = told.filter(({ item, status }) =>
      wanted.some(mark => mark.item === meant.get(item) && mark.status === status),
    )
    count('updates', right.length, told.length, wanted.length)
    for (const { item, status } of told) if (status !== 'changed') open.delete(item)

    const items = proven.actionItems.map((item, index) => ({
      ...item,
      id: `${week.file} ${index}`,
      who: item.owner,
    }))
    const nameOf = { manager: week.roster.manager?.name ?? null, report: week.roster.report?.name ?? null }
    const marks = week.gold.actionItems.map(mark => ({
      ...asMark('action', mark),
      who: mark.owner && nameOf[mark.owner],
      id: mark.id,
    }))
    const { pairs } = match(marks, items)
    for (const pair of pairs) {
      const claim = items.find(item => item.text === pair.claim.text)
      const mark = marks.find(one => one.line === pair.gold.line && one.text === pair.gold.text)
      if (claim && mark) meant.set(claim.id, mark.id)
    }
    for (const { id, text, owner, evidence: quotes } of items)
      open.set(id, {
        id,
        text,
        owner,
        said: quotes.map(({ quote }) => quote),
        around: aroundPromise(week.transcript.lines, quotes),
        on: String(weeks.length).padStart(2, '0'),
      })
    count('action items', pairs.length, items.length, marks.length)

    const decided = proven.decisions.map(claim => ({ ...claim, who: null }))
    const decisions = week.gold.decisions.map(mark => asMark('decision', mark))
    count('decisions', match(decisions, decided).pairs.length, decided.length, decisions.length)
    const stuck = proven.roadblocks.map(claim => ({ ...claim, who: claim.status }))
    const roadblocks = week.gold.roadblocks.map(mark =>
      asMark('roadblock', { text: mark.evidence.map(({ quote }) => quote).join(' '), ...mark }),
    )
    count('roadblocks', match(roadblocks, stuck).pairs.length, stuck.length, roadblocks.length)
  }
  return { weeks, tally }
}

const asMark = (
  kind: GoldMark['kind'],
  mark: { readonly text: string; readonly evidence: readonly { readonly line: number }[] },
): GoldMark => ({ kind, line: mark.evidence[0]?.line ?? 0, who: null, text: mark.text, due: null })
