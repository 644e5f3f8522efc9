import { expect, test } from 'vitest'
import { z } from 'zod'
import { DueJson, LineErrorJson } from '../../src/domain/contract.ts'
import { expectGolden, linesOf, outcomeOf, refusedWith } from '../support/commands.ts'
import { rapport } from '../support/process.ts'

const due = (input: string, ...args: string[]) => rapport(['due', '--json', ...args], { input })
const ask = (id: string | number, text: string, more: object = {}) =>
  JSON.stringify({
    id,
    text,
    meetingLocal: '2026-03-10T09:00',
    timezone: 'Europe/Berlin',
    nextMeetingLocal: '2026-03-17T09:00',
    ...more,
  })

test('answers each line in order, as it is kept', async () => {
  const texts = [
    "I'll send it by Friday.",
    'Let me look at it before our next one.',
    "We'll see about the trip sometime.",
    'The review is on the 3rd of April.',
    "I'll do it tomorrow.",
    'Thanks for the coffee.',
  ]
  const ended = await due(texts.map((text, id) => `${ask(id, text)}\n`).join(''))
  expect([ended.code, ended.stderr]).toEqual([0, ''])
  const answers = linesOf(ended, DueJson)
  expect(answers.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5])
  for (const [index, { phrase }] of answers.entries()) expect(texts[index]).toContain(phrase ?? '')
  await expectGolden(
    answers.map((answer, index) => ({ text: texts[index], ...answer })),
    'due.json',
  )
})

test('a bad line is answered in its place, with its id where it has one; the rest go on; the end is 2', async () => {
  const lines = [
    ask('a', 'by Friday'),
    '{"id": "broken"',
    '[]',
    JSON.stringify({ id: 'no text' }),
    ask('zone', 'by Friday', { timezone: 'Mars/Olympus' }),
    ask('day', 'by Friday', { meetingLocal: '2026-13-01T09:00' }),
    ask('next', 'by Friday', { nextMeetingLocal: 'soon' }),
    ask('none', 'by Friday', { nextMeetingLocal: null }),
  ]
  // Also without a line break at the end, with the other kind, and with blank lines between.
  const ended = await due(`${lines.slice(0, 4).join('\r\n')}\n\n  \n${lines.slice(4).join('\n')}`)
  const answers = linesOf(ended, z.union([DueJson, LineErrorJson]))
  expect(answers.map(answer => [answer.id, 'error' in answer ? answer.error.code : answer.due])).toEqual([
    ['a', '2026-03-13'],
    [null, 'not-json'],
    [null, 'invalid-request'],
    ['no text', 'invalid-request'],
    ['zone', 'timezone-unknown'],
    ['day', 'date-invalid'],
    ['next', 'date-invalid'],
    ['none', '2026-03-13'],
  ])
  expect(ended.code).toBe(2)
  expect(ended.stderr.split('\n').map(line => line.split(':')[0])).toEqual([
    'line 2',
    'line 3',
    'line 4',
    'line 7',
    'line 8',
    'line 9',
    '',
  ])
})

test('nothing in, nothing out', async () => {
  expect(await due('')).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('a reader that stops early is no error', async () => {
  const many = `${ask(1, 'by Friday')}\n`.repeat(5_000)
  const reading = rapport(['due', '--json'], { input: many, readNoFurther: true })
  const { code, stderr } = await reading
  expect([code, stderr]).toEqual([0, ''])
})

test('it speaks JSON only, and says so', async () => {
  expect(outcomeOf(await rapport(['due']))).toEqual(refusedWith(/required option '--json'/))
  expect(outcomeOf(await due('', 'by Friday'))).toEqual(refusedWith(/too many arguments/))
})
