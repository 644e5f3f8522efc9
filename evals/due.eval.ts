import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DueRequest } from '../src/domain/contract.ts'
import { dueDate } from '../src/domain/due-date.ts'
import { evalOf } from './harness/eval.ts'
import { share } from './harness/measure.ts'

/** A sentence with its day; null where none was said. Of an `approximate` one, no day and three beside are right too. */
const DueCase = DueRequest.extend({
  id: z.string(),
  due: z.iso.date().nullable(),
  approximate: z.boolean().default(false),
})
type DueCase = z.infer<typeof DueCase> & { readonly split: string }

const daysApart = (one: string, other: string) => Math.abs(Date.parse(one) - Date.parse(other)) / 86_400_000
const isRight = ({ due, approximate }: DueCase, answer: string | null): boolean =>
  answer === due || (approximate && due !== null && (answer === null || daysApart(answer, due) <= 3))

/** Own code, not the coach: the same whichever engine is asked. */
export const due = evalOf<DueCase, ReturnType<typeof dueDate>>({
  name: 'due',
  about:
    'Days from what people say, evals/cases/due: written by hand, four zones, both meeting days and year’s ends.',
  measures: {
    'day right': share('said.right', 'said.all'),
    'day where none was said': share('unsaid.dated', 'unsaid.all', 'lower'),
  },
  data: () =>
    readFileSync(join(import.meta.dirname, 'cases/due/cases.jsonl'), 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => ({ ...DueCase.parse(JSON.parse(line)), split: 'dev' })),
  task: ({ text, meetingLocal, timezone, nextMeetingLocal }) =>
    dueDate(text, { meetingLocal, timezone, nextMeetingLocal }),
  scorers: [
    (given, answer) => {
      if (given.due === null) return { 'unsaid.dated': answer.due === null ? 0 : 1, 'unsaid.all': 1 }
      return { 'said.right': isRight(given, answer.due) ? 1 : 0, 'said.all': 1 }
    },
  ],
  page: (given, answer) => ({
    lines: [{ no: 1, speaker: null, text: given.text }],
    rows: [
      {
        kind: `said on ${given.meetingLocal} in ${given.timezone}`,
        verdict: isRight(given, answer.due) ? 'right' : 'wrong',
        expected: given.due ?? 'no day',
        got: answer.due ?? 'no day',
        evidence: answer.phrase === null ? [] : [{ line: 1, quote: answer.phrase }],
      },
    ],
  }),
})
