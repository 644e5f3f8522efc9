import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { contentHash, goldKinds, readManifest, readPair } from './rapport-12.ts'
import type { Gold, Meeting, PairOfMeetings } from './rapport-12.ts'

/**
 * What is wrong with the data set, a sentence each; empty when it is sound. It asks none of the coach's code:
 * days are computed here anew, from `dueFrom`, so that the annotation stands apart from the engine's rules.
 */
export function problemsOf(folder: string): string[] {
  const manifest = readManifest(folder)
  const listed = [...manifest.dev, ...manifest.locked].toSorted()
  const there = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory())
  const names = there.map(({ name }) => name).toSorted()
  const problems: string[] = []
  if (names.join() !== listed.join())
    problems.push(`manifest: lists ${listed.join()}, there are ${names.join()}`)
  if (new Set(listed).size !== listed.length) problems.push('manifest: a pair stands in both splits')
  if (contentHash(folder) !== manifest.sha256) problems.push('manifest: sha256 is not that of the files')
  const seen = new Set<string>()
  for (const name of names) {
    const read = readPair(join(folder, name))
    const split = manifest.dev.includes(name) ? 'dev' : 'locked'
    if (read.pair.split !== split) problems.push(`${name}: says ${read.pair.split}, listed as ${split}`)
    problems.push(...problemsOfPair(read, seen).map(problem => `${name}/${problem}`))
    const pairs = read.meetings.length
    if (pairs !== 12) problems.push(`${name}: has ${pairs} meetings instead of 12`)
  }
  return problems
}

function problemsOfPair({ pair, meetings }: PairOfMeetings, seen: Set<string>): string[] {
  const problems: string[] = []
  const roster = new Set([pair.request.manager.name, pair.request.report.name])
  const items = new Set<string>()
  const raised = new Set<string>()
  for (const [index, meeting] of meetings.entries()) {
    const { gold, transcript } = meeting
    const say = (what: string) => problems.push(`${gold.id}: ${what}`)
    if (transcript.refusal) say(`the transcript is refused: ${transcript.refusal.code}`)
    const ids = [
      gold.actionItems,
      gold.decisions,
      gold.feedback,
      gold.growth,
      gold.hardNegatives,
      gold.injections,
    ]
    for (const { id } of ids.flat()) {
      if (seen.has(id) || !id.startsWith(`${pair.id}-`)) say(`the id ${id} is not its own`)
      seen.add(id)
    }
    if (gold.nextMeeting !== (meetings[index + 1]?.gold.date ?? null)) say('nextMeeting is another day')
    for (const update of gold.updates)
      if (!items.has(update.item)) say(`${update.item} is updated before it was promised`)
    for (const item of gold.actionItems) {
      items.add(item.id)
      if (item.owner !== null && !roster.has(item.owner)) say(`${item.owner} is not on the roster`)
    }
    for (const { thread, status } of gold.roadblocks) {
      if (!pair.threads[thread]) say(`there is no thread ${thread}`)
      if ((status === 'raised') === raised.has(thread)) say(`${thread} is ${status} at the wrong time`)
      raised.add(thread)
    }
    const request = pair.request.meetings.find(({ id }) => id === gold.id)
    for (const { note, words } of gold.canaries)
      if (!request?.[note]?.includes(words)) say(`the canary "${words}" is not in the ${note}`)
    problems.push(...problemsOfMeeting(meeting).map(problem => `${gold.id}: ${problem}`))
  }
  return problems
}

type Claim = Pick<Gold['decisions'][number], 'evidence'>

function problemsOfMeeting({ gold, transcript }: Meeting): string[] {
  const problems: string[] = []
  const claims: readonly Claim[] = [
    ...goldKinds.flatMap((kind): readonly Claim[] => gold[kind]),
    ...gold.hardNegatives,
    ...gold.injections,
  ]
  for (const { line, quote } of claims.flatMap(({ evidence }) => evidence))
    if (!transcript.lines[line - 1]?.text.includes(quote))
      problems.push(`line ${line} does not say "${quote}"`)
  for (const item of gold.actionItems) problems.push(...problemsOfDay(item, gold))
  for (const kind of goldKinds)
    if ((gold[kind].length === 0) !== gold.silence.includes(kind))
      problems.push(`silence about ${kind} is wrong`)
  let next = 1
  for (const { fromLine, toLine } of gold.talk) {
    if (fromLine !== next || toLine < fromLine) problems.push(`talk does not go on at line ${next}`)
    next = toLine + 1
  }
  if (next !== transcript.lines.length + 1) problems.push('talk ends before the last line, or after it')
  return problems
}

type Item = Gold['actionItems'][number]

function problemsOfDay({ id, due, duePhrase, dueFrom, evidence }: Item, gold: Gold): string[] {
  const problems: string[] = []
  if ((duePhrase === null) !== (dueFrom === null)) problems.push(`${id} has a phrase without a day, or none`)
  if (duePhrase !== null && !evidence.some(({ quote }) => quote.includes(duePhrase)))
    problems.push(`${id}: "${duePhrase}" is not in its quotes`)
  const computed = dueFrom === null ? null : dayFrom(dueFrom, gold.date, gold.nextMeeting)
  if (computed !== due) problems.push(`${id} is due ${due}, by ${dueFrom} it would be ${computed}`)
  return problems
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** `today`, `+3d`, `fri` (the first one after the meeting's day), `fri+1w`, `month-end`, `next`, a day, or `-`. */
function dayFrom(how: string, date: string, next: string | null): string | null {
  if (how === '-') return null
  if (how === 'next') return next?.slice(0, 10) ?? null
  if (/^\d{4}-/.test(how)) return how
  const day = new Date(`${date.slice(0, 10)}T12:00:00Z`)
  const [, days, weekday = '', weeks = '0'] = /^(?:\+(\d+)d|([a-z]{3})(?:\+(\d)w)?)$/.exec(how) ?? []
  if (how === 'month-end') day.setUTCMonth(day.getUTCMonth() + 1, 0)
  else if (how === 'tomorrow') day.setUTCDate(day.getUTCDate() + 1)
  else if (days !== undefined) day.setUTCDate(day.getUTCDate() + Number(days))
  else if (weekdays.includes(weekday)) {
    const ahead = (weekdays.indexOf(weekday) - day.getUTCDay() + 7) % 7 || 7
    day.setUTCDate(day.getUTCDate() + ahead + 7 * Number(weeks))
  } else if (how !== 'today') return `what "${how}" means is unknown`
  return day.toISOString().slice(0, 10)
}
