import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Coach, Embedder } from '../src/domain/ports.ts'
import type { RoadblockMention } from '../src/domain/roadblocks.ts'
import { compareAll } from '../src/pipeline/link.ts'
import { readSampleWeeks } from './sample.ts'

/** A mention with the thread a careful reader puts it into. */
export interface ThreadedMention extends RoadblockMention {
  readonly thread: string
}
export interface ThreadCase {
  readonly id: string
  /** In the order in which they were said. */
  readonly mentions: readonly ThreadedMention[]
}

const casesFolder = join(import.meta.dirname, 'cases/roadblock-threads')

/** Cases of a folder: `meeting | thread | status | what was said just before | what was said` in each line. */
export const readThreadCases = (part: '' | 'locked' = ''): ThreadCase[] =>
  readdirSync(join(casesFolder, part))
    .filter(name => name.endsWith('.txt'))
    .toSorted()
    .map(name => ({
      id: name.slice(0, -4),
      mentions: readFileSync(join(casesFolder, part, name), 'utf8')
        .split('\n')
        .filter(row => row !== '' && !row.startsWith('#'))
        .map((row, index) => mentionOf(row, `${name} ${index}`)),
    }))

const mentionOf = (row: string, id: string): ThreadedMention => {
  const [meeting = '', thread = '', status, around = '', text = ''] = row.split('|').map(part => part.trim())
  return {
    id,
    thread,
    meeting,
    on: `2026-01-${meeting.padStart(2, '0')}`,
    text,
    quotes: [text],
    around,
    status: status === 'resolved' ? 'resolved' : 'raised',
  }
}

/** The sample's marked mentions, as if all had been found. */
export const readSampleThreads = async (): Promise<ThreadCase> => ({
  id: 'sample',
  mentions: (await readSampleWeeks()).flatMap(({ file, transcript, gold }) =>
    gold.roadblocks.map(({ thread, status, evidence }, index): ThreadedMention => {
      const lines = evidence.map(({ line }) => line)
      const [from, to] = [Math.min(...lines) - 3, Math.max(...lines) + 3]
      return {
        id: `${file} ${index}`,
        thread,
        meeting: file,
        on: file,
        text: evidence[0]?.quote ?? '',
        quotes: evidence.map(({ quote }) => quote),
        around: transcript.lines
          .filter(({ no }) => no >= from && no <= to)
          .map(({ text }) => text)
          .join(' '),
        status: status === 'resolved' ? 'resolved' : 'raised',
      }
    }),
  ),
})

/** Pairs of mentions: put together by both, by the coach alone, by the reader alone. */
export interface PairTally {
  readonly both: number
  readonly coach: number
  readonly reader: number
}

/** Meeting by meeting, as the program links them, and then every pair of mentions is looked at. */
export const tallyThreads = async (
  coach: Coach,
  embedder: Embedder,
  { mentions }: ThreadCase,
): Promise<PairTally> => {
  const placed = new Map<string, string>()
  const known: ThreadedMention[] = []
  for (const [, fresh] of Map.groupBy(mentions, ({ meeting }) => meeting)) {
    const threads = [...Map.groupBy(known, ({ id }) => placed.get(id) ?? '')].map(([id, rows]) => ({
      id,
      mentions: rows,
    }))
    for (const { mention, to } of await compareAll(coach, embedder, fresh, threads))
      placed.set(mention, to === null ? mention : (placed.get(to) ?? to))
    known.push(...fresh)
  }
  const tally = { both: 0, coach: 0, reader: 0 }
  for (const [index, a] of mentions.entries())
    for (const b of mentions.slice(index + 1)) {
      const [found, marked] = [placed.get(a.id) === placed.get(b.id), a.thread === b.thread]
      if (found && marked) tally.both++
      else if (found) tally.coach++
      else if (marked) tally.reader++
    }
  return tally
}

export const sumOf = (tallies: readonly PairTally[]): PairTally =>
  tallies.reduce(
    (sum, one) => ({
      both: sum.both + one.both,
      coach: sum.coach + one.coach,
      reader: sum.reader + one.reader,
    }),
    { both: 0, coach: 0, reader: 0 },
  )

export const pairScores = ({ both, coach, reader }: PairTally) => {
  const [precision, recall] = [both / Math.max(1, both + coach), both / Math.max(1, both + reader)]
  return { precision, recall, f1: both === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}
