import type { Command } from 'commander'
import type { z } from 'zod'
import { Timezone } from '../domain/api/common.ts'
import { DueJson, DueRequest } from '../domain/contract.ts'
import { dueDate } from '../domain/due-date.ts'
import { isLocalTime } from '../domain/local-time.ts'
import { answerLines, badLine } from './json-lines.ts'

/** `rapport due --json`: JSON lines in, JSON lines out, in order; a bad line is answered in its place. */
export const due = (program: Command): void => {
  program
    .command('due')
    .description('read due dates from phrases: JSON lines in, JSON lines out')
    .requiredOption('--json', 'JSON lines (the only form there is)')
    .action(() => answerLines(DueRequest, answer))
}

const answer = ({ id, text, meetingLocal, timezone, nextMeetingLocal }: z.infer<typeof DueRequest>) => {
  if (!Timezone.safeParse(timezone).success)
    return badLine(id, 'timezone-unknown', 'timezone: not a known time zone')
  for (const local of [meetingLocal, nextMeetingLocal])
    if (local !== null && !isLocalTime(local))
      return badLine(id, 'date-invalid', 'A local time looks like 2026-03-12T10:00.')
  return DueJson.parse({ id, ...dueDate(text, { meetingLocal, timezone, nextMeetingLocal }) })
}
