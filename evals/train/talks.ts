import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { KnownRoadblock, OpenItem, Participant, Roster } from '../../src/domain/ports.ts'
import { TalkLabel } from '../../src/domain/talk.ts'
import type { Line } from '../../src/domain/transcript/transcript.ts'

/** What a mark in a written talk says of the words before it; `talks/README.md` lists the letters. */
const letters = {
  a: 'action',
  r: 'request',
  y: 'answer',
  '=': 'again',
  o: 'again',
  n: 'near',
  d: 'decision',
  b: 'raised',
  s: 'resolved',
  x: 'look-alike',
  f: 'feedback',
  t: 'feedback',
  g: 'growth',
  u: 'update',
} as const
export type TalkMarkKind = (typeof letters)[keyof typeof letters]

/** A stretch of one line, and what a careful reader marks it as. */
export interface TalkMark {
  readonly kind: TalkMarkKind
  /** Number of the line, from 1. */
  readonly line: number
  readonly from: number
  readonly to: number
  /** The due phrase, copied. */
  readonly due: string | null
  /** Of an update the open item, of a promise in a series its own id, of a roadblock there its thread. */
  readonly item: string | null
  /** What became of the item. */
  readonly status: string | null
  /** Whose task it is, where that does not follow from who speaks; null when nobody's. */
  readonly owner?: string | null
}

/** One written one-on-one with everything marked. */
export interface WrittenTalk {
  readonly id: string
  /** Talks of one team are never split between training and measuring. */
  readonly team: string
  readonly lines: readonly Line[]
  readonly roster: Roster
  readonly openItems: readonly OpenItem[]
  /** What stood in the way in earlier meetings of a series. */
  readonly roadblocks?: readonly KnownRoadblock[]
  readonly marks: readonly TalkMark[]
  /** The kind of talk of each line. */
  readonly labels: readonly TalkLabel[]
}

/** How the words are shown: as written, or as a recogniser without punctuation gives them. */
export type Voice = 'written' | 'recognised'

/** Every talk of every `.txt` of a folder. Throws, with the place, on a mark that cannot be read. */
export function readTalks(folder: string, voice: Voice = 'written'): WrittenTalk[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.txt'))
    .toSorted()
    .flatMap(name =>
      readFileSync(join(folder, name), 'utf8')
        .split(/^== /m)
        .slice(1)
        .map(text => parseTalk(text, voice)),
    )
}

/**
 * Talks of a folder that follow each other: `bakery-1`, `bakery-2` … are meetings of one pair. Throws on an update
 * of an item that no earlier meeting promised.
 */
export function readSeries(folder: string, voice: Voice = 'written'): WrittenTalk[] {
  const talks = readTalks(folder, voice).map(talk => ({ ...talk, team: talk.id.replace(/-\d+$/, ' series') }))
  for (const [team, meetings] of Map.groupBy(talks, talk => talk.team)) {
    const promised = new Set<string | null>()
    for (const { id, marks } of meetings) {
      const unknown = marks.find(({ kind, item }) => kind === 'update' && !promised.has(item))
      if (unknown) throw new Error(`${team}: ${id} tells of item ${unknown.item}, which nobody promised.`)
      for (const { kind, item } of marks) if (kind === 'action' || kind === 'request') promised.add(item)
    }
  }
  return [...Map.groupBy(talks, talk => talk.team).values()].flatMap(withRoadblocks)
}

/** The talks of one pair, in order, each with the roadblocks that the marks of those before it tell of. */
export function withRoadblocks(talks: readonly WrittenTalk[]): WrittenTalk[] {
  const threads = new Map<string, { said: string[]; isResolved: boolean; on: string }>()
  return talks.map((talk, at) => {
    const roadblocks = [...threads.values()].map(thread => ({ ...thread, said: [...thread.said] }))
    for (const { kind, item, line, from, to } of talk.marks) {
      if (item === null || (kind !== 'raised' && kind !== 'resolved')) continue
      const thread = threads.get(item) ?? { said: [], isResolved: false, on: '' }
      thread.said.push(talk.lines[line - 1]!.text.slice(from, to))
      threads.set(item, { ...thread, isResolved: kind === 'resolved', on: String(at) })
    }
    return { ...talk, roadblocks }
  })
}

export function parseTalk(text: string, voice: Voice = 'written'): WrittenTalk {
  const rows = text.split('\n')
  const [, id, first, second] = /^([\w-]+): ([^,]+), ([^|]+)\|/.exec(rows[0]!) ?? []
  if (id === undefined || first === undefined || second === undefined) throw new Error(`No head: ${rows[0]}`)
  const manager = person(voice === 'written' ? first : 'Speaker 1')
  const report = person(voice === 'written' ? second : 'Speaker 2')
  const lines: Line[] = []
  const marks: TalkMark[] = []
  const labels: TalkLabel[] = []
  const openItems: OpenItem[] = []
  let label: TalkLabel = 'rapport'
  for (const row of rows.slice(1)) {
    const open = /^open (\d+) ([^:]+): (.+)$/.exec(row)
    if (open !== null) {
      const owner = open[2] === first.trim() ? manager.name : report.name
      openItems.push({ id: open[1]!, owner, text: open[3]! })
    } else if (row.startsWith('[')) label = TalkLabel.parse(row.slice(1, -1))
    else if (/^[MR]: /.test(row)) {
      const line = readLine(row.slice(3), lines.length + 1, voice)
      const { text: said } = line
      lines.push({
        no: lines.length + 1,
        speaker: row.startsWith('M') ? manager.label : report.label,
        start: null,
        end: null,
        text: said,
        spans: [{ cue: lines.length, from: 0, to: said.length }],
      })
      marks.push(...line.marks)
      labels.push(
        label === 'feedback' || label === 'upward-feedback'
          ? direction(row, line.marks, labels.at(-1), label)
          : label,
      )
    } else if (row.trim() !== '') throw new Error(`${id}: cannot read "${row}"`)
  }
  const roster = { manager, report, labels: [manager.label, report.label] }
  return { id, team: id, lines, roster, openItems, marks, labels }
}

const person = (name: string): Participant => ({ label: name.trim(), name: name.trim() })

/** Feedback goes the way of whoever gave some last. */
function direction(
  row: string,
  marks: readonly TalkMark[],
  before: TalkLabel | undefined,
  label: TalkLabel,
): TalkLabel {
  if (marks.some(({ kind }) => kind === 'feedback'))
    return row.startsWith('M') ? 'feedback' : 'upward-feedback'
  return before === 'feedback' || before === 'upward-feedback' ? before : label
}

const promising = /\b(?:i'll|i will|i'm going to|can you|could you|would you|will you)\b/i
const markPattern = /\{([a-z=])(?:#(\w+))?(?:(\d+):([a-z]+))?(?:\|([^}]*))?\}/

/** Text without its marks; each mark covers what was said since the mark or the sentence before it. */
function readLine(row: string, no: number, voice: Voice): { text: string; marks: TalkMark[] } {
  const parts = row.split(/(\{[^}]*\})/)
  let text = ''
  let from = 0
  let before = null as { from: number; to: number; said: string } | null
  const marks: TalkMark[] = []
  let fresh = true
  for (const part of parts) {
    const found = markPattern.exec(part)
    if (found === null) {
      if (part.startsWith('{')) throw new Error(`Line ${no}: what does ${part} mean?`)
      const start = text.length
      const sentences = part.split(/(?<=[.?!…]["']?)\s+(?=\S)/)
      sentences.forEach((sentence, i) => {
        const said = spoken(sentence.trim(), voice)
        if (said === '') return
        if (text !== '') text += ' '
        if (i > 0) before = { from, to: text.trimEnd().length, said: text.slice(from) }
        if (i > 0 || fresh || start === 0) from = text.length
        text += said
      })
      if (part.trim() !== '') fresh = false
      if (sentences.length < 2) before = null
      continue
    }
    const [, letter, own, item, status, due] = found
    const kind = letters[letter as keyof typeof letters]
    if (kind === undefined) throw new Error(`Line ${no}: what does ${part} mean?`)
    // "I'll ask her. She's nice. {a}": the mark belongs to the sentence that promises.
    const moved: boolean =
      before !== null &&
      (kind === 'action' || kind === 'request') &&
      !promising.test(text.slice(from)) &&
      promising.test(before.said)
    marks.push({
      kind,
      line: no,
      from: moved ? before!.from : from,
      to: moved ? before!.to : text.length,
      due: due === undefined ? null : spoken(due, voice),
      item: item ?? own ?? null,
      status: status === 'open' ? 'still-open' : (status ?? null),
    })
    fresh = true
  }
  return { text, marks }
}

/** As a recogniser without punctuation gives it. */
function spoken(text: string, voice: Voice): string {
  if (voice === 'written') return text
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[^\p{L}\p{N}' ]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
