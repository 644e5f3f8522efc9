import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { Timezone } from '../domain/api/common.ts'
import { DueJson, DueRequest, LineErrorJson } from '../domain/contract.ts'
import { dueDate } from '../domain/due-date.ts'
import { isLocalTime } from '../domain/local-time.ts'
import { writeLine } from './output.ts'

/** `rapport due --json`: JSON lines in, JSON lines out, in order; a bad line is answered in its place. */
export const due = (program: Command): void => {
  program
    .command('due')
    .description('read due dates from phrases: JSON lines in, JSON lines out')
    .requiredOption('--json', 'JSON lines (the only form there is)')
    .action(async () => {
      let no = 0
      for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
        no++
        if (line.trim() === '') continue
        const answered = answer(line)
        if ('error' in answered) {
          process.stderr.write(`line ${no}: ${answered.error.message}\n`)
          process.exitCode = 2
        }
        await writeLine(JSON.stringify(answered))
      }
    })
}

const answer = (line: string) => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return bad(null, 'not-json', 'This line is not JSON.')
  }
  const request = DueRequest.safeParse(value)
  if (!request.success) {
    const [issue] = request.error.issues
    return bad(
      idOf(value),
      'invalid-request',
      `${issue?.path.join('.') || 'line'}: ${issue?.message ?? 'not understood'}`,
    )
  }
  const { id, text, meetingLocal, timezone, nextMeetingLocal } = request.data
  if (!Timezone.safeParse(timezone).success)
    return bad(id, 'timezone-unknown', 'timezone: not a known time zone')
  for (const local of [meetingLocal, nextMeetingLocal])
    if (local !== null && !isLocalTime(local))
      return bad(id, 'date-invalid', 'A local time looks like 2026-03-12T10:00.')
  return DueJson.parse({ id, ...dueDate(text, { meetingLocal, timezone, nextMeetingLocal }) })
}

const idOf = (value: unknown): string | number | null => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  return typeof id === 'string' || typeof id === 'number' ? id : null
}

const bad = (id: string | number | null, code: string, message: string) =>
  LineErrorJson.parse({ id, error: { code, message } })
