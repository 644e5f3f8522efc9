import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { readCallerFolder } from '../config.ts'
import { Timezone } from '../domain/api/common.ts'
import { ExtractErrorJson, ExtractJson } from '../domain/contract.ts'
import { Refusal } from '../domain/errors.ts'
import { type Extracted, extractedFrom } from '../domain/extraction.ts'
import { isLocalTime } from '../domain/local-time.ts'
import type { Coach, Roster } from '../domain/ports.ts'
import { matchLabels, rosterOf } from '../domain/roster.ts'
import { largestFile } from '../domain/transcript/limits.ts'
import { readTranscript } from '../domain/transcript/read.ts'
import type { Transcript } from '../domain/transcript/transcript.ts'
import { coachOf } from './coach-of.ts'
import { writeLine } from './output.ts'

interface Options {
  readonly date?: string
  readonly timezone?: string
  readonly manager?: string
  readonly report?: string
  readonly nextMeeting?: string
  readonly engine: string
  readonly json?: true
  readonly lines: boolean
}

/** `rapport extract FILE…`: what was promised, decided and stuck, with quotes. Needs no database. */
export const extract = (program: Command): void => {
  program
    .command('extract')
    .argument('<file...>', 'transcripts')
    .description('find promises, decisions and roadblocks in transcripts')
    .option('--date <local>', 'when the meeting was, e.g. 2026-03-12T10:00')
    .option('--timezone <zone>', 'its time zone, e.g. Europe/Berlin')
    .option('--manager <name>', "the manager's name")
    .option('--report <name>', "the report's name")
    .option('--next-meeting <local>', 'when the next one is')
    .option('--engine <engine>', 'offline or llm', 'offline')
    .option('--json', 'one JSON object per file, one per line')
    .option('--no-lines', 'leave the lines out of the JSON')
    .action(async (files: string[], options: Options) => {
      refuseBadOptions(options)
      const { offlineCoach } = await import('../coach/offline/coach.ts')
      const coach = await coachOf(options.engine, offlineCoach())
      const callerFolder = readCallerFolder()
      let failed = false
      for (const file of files) {
        const answer = await extracted(file, callerFolder, coach, options).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error
          failed = true
          return ExtractErrorJson.parse({ file, error: { code: error.code, message: error.message } })
        })
        if ('error' in answer) process.stderr.write(`${file}: ${answer.error.message}\n`)
        if (options.json) await writeLine(JSON.stringify(answer))
        else if (!('error' in answer)) await writeLine(readable(answer))
      }
      if (failed) process.exitCode = 2
    })
}

const refuseBadOptions = ({ date, nextMeeting, timezone, engine }: Options): void => {
  const bad = (message: string) => new Refusal('bad-option', 400, message)
  if (date !== undefined && !isLocalTime(date)) throw bad('--date looks like 2026-03-12T10:00.')
  if (nextMeeting !== undefined && !isLocalTime(nextMeeting))
    throw bad('--next-meeting looks like 2026-03-19T10:00.')
  if (timezone !== undefined && !Timezone.safeParse(timezone).success)
    throw bad(`--timezone ${timezone} is not a known time zone.`)
  if (engine !== 'offline' && engine !== 'llm') throw bad('--engine is offline or llm.')
}

const readBytes = async (path: string): Promise<Uint8Array> => {
  const unreadable = (code: string, message: string) => new Refusal(code, 400, message)
  try {
    const found = await stat(path)
    if (found.isDirectory()) throw unreadable('file-is-folder', 'This is a folder. Name the files in it.')
    // A recording of hours need not come into memory to be refused.
    if (found.size > largestFile)
      throw unreadable('file-too-large', 'This file is larger than 16 MB. Is it a recording?')
    return await readFile(path)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? unreadable('file-missing', 'There is no such file.')
      : unreadable('file-unreadable', 'This file cannot be opened.')
  }
}

const extracted = async (file: string, folder: string, coach: Coach, options: Options) => {
  const bytes = await readBytes(resolve(folder, file))
  const transcript = readTranscript(bytes)
  if (transcript.refusal) throw new Refusal(transcript.refusal.code, 422, transcript.refusal.message)
  const found = await extractedFrom(transcript, {
    coach,
    roster: rosterFor(transcript, options),
    when: options.date
      ? {
          meetingLocal: options.date,
          timezone: options.timezone ?? 'UTC',
          nextMeetingLocal: options.nextMeeting ?? null,
        }
      : null,
  })
  const { lines, ...rest } = found
  return ExtractJson.parse({ file, ...rest, ...(options.lines ? { lines } : {}) })
}

/** Names given on the command line, held against the labels in the file; the other of two is the other. */
const rosterFor = (transcript: Transcript, { manager, report }: Options): Roster => {
  const labels = [...new Set(transcript.lines.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))]
  const people = [
    ...(manager ? [{ id: 'manager', name: manager }] : []),
    ...(report ? [{ id: 'report', name: report }] : []),
  ]
  const known = new Map<string, string | null>(
    matchLabels(labels, people).map(({ label, person }) => [label, person.id]),
  )
  const [first, second] = labels
  const missing = ['manager', 'report'].filter(side => ![...known.values()].includes(side))
  const [side, another] = missing
  if (labels.length === 2 && first !== undefined && second !== undefined && side && another === undefined)
    known.set(known.has(first) ? second : first, side)
  const labelOf = (wanted: string) => labels.find(label => known.get(label) === wanted) ?? ''
  return rosterOf(labels, known, {
    manager: { id: 'manager', name: manager ?? labelOf('manager') },
    report: { id: 'report', name: report ?? labelOf('report') },
  })
}

/** For people: the findings with their words; nothing that is not in the JSON. */
const readable = (answer: Extracted & { readonly file: string }): string => {
  const section = (title: string, rows: readonly string[]) =>
    rows.length === 0 ? [] : [`\n${title}`, ...rows]
  const quote = ({ line, quote: words }: { line: number; quote: string }) => `      “${words}” (line ${line})`
  const item = (text: string, evidence: readonly { line: number; quote: string }[]) =>
    [`  - ${text}`, ...evidence.map(quote)].join('\n')
  const promises = answer.actionItems.map(found =>
    item(
      `${found.owner ?? 'Nobody yet'}: ${found.text}${found.due ? `, by ${found.due}` : found.duePhrase ? `, ${found.duePhrase}` : ''}`,
      found.evidence,
    ),
  )
  const rows = [
    `${answer.file}: ${answer.counts.lines} lines, ${answer.format}`,
    ...section('Promised', promises),
    ...section(
      'Decided',
      answer.decisions.map(found => item(found.text, found.evidence)),
    ),
    ...section(
      'Stuck',
      answer.roadblocks.map(found => item(`${found.text} (${found.status})`, found.evidence)),
    ),
    ...answer.problems.map(problem => `\n${problem.message}`),
  ]
  return (rows.length === 1 ? [...rows, '  No promise, decision or roadblock was found.'] : rows).join('\n')
}
