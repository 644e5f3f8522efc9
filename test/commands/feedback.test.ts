import { expect, test } from 'vitest'
import { z } from 'zod'
import { DraftFeedbackJson, LineErrorJson, LintFeedbackJson } from '../../src/domain/contract.ts'
import { expectGolden, linesOf, outcomeOf, refusedWith } from '../support/commands.ts'
import { rapport } from '../support/process.ts'

const lines = (values: unknown[]) =>
  values.map(value => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n')

test('lint-feedback marks places, names the parts and asks, in order, as it is kept', async () => {
  const texts = [
    'You are lazy and you never answer your mail. People say you are hard to work with. 🙂 You are a bully.',
    'In Tuesday’s review you cut Ilse off twice. She stopped talking, so we still have no decision.',
    'The build was lazy, so on Monday you split it in two. It takes four minutes now.',
    'Why can’t you be more like Tomasz?',
    'You left early on Friday.',
  ]
  const asked = texts.map((text, id) => ({ id, text, direction: 'down' }))
  const ended = await rapport(['lint-feedback', '--json'], { input: lines(asked) })
  expect([ended.code, ended.stderr]).toEqual([0, ''])
  const answers = linesOf(ended, LintFeedbackJson)
  expect(answers.map(({ id, verdict }) => [id, verdict])).toEqual([
    [0, 'needs-work'],
    [1, 'good'],
    [2, 'good'],
    [3, 'needs-work'],
    [4, 'needs-work'],
  ])
  const words = answers.map(({ traitSpans, absoluteSpans, hearsaySpans }, at) =>
    [...traitSpans, ...absoluteSpans, ...hearsaySpans].map(span => texts[at]!.slice(...span)),
  )
  // The places count UTF-16 units: a word after an emoji is still cut right.
  expect(words[0]).toEqual(['lazy', 'hard to work with', 'bully', 'never', 'People say'])
  await expectGolden(
    answers.map((answer, at) => ({ text: texts[at], ...answer })),
    'lint-feedback.json',
  )
})

test('draft-feedback puts the writer’s words in their places and lists what it took out', async () => {
  const roughs = [
    'He is careless. On Saturday he went home at 18:00 without filling in the handover page, and everyone says so. The night crew sent forty people to the wrong quay. Could he ring me on a day like that?',
    'You are brilliant!',
    'You changed the headings in the shared sheet and my formulas broke.',
  ]
  const asked = roughs.map((rough, id) => ({ id, rough }))
  const ended = await rapport(['draft-feedback', '--json'], { input: lines(asked) })
  expect([ended.code, ended.stderr]).toEqual([0, ''])
  await expectGolden(
    linesOf(ended, DraftFeedbackJson).map((answer, at) => ({ rough: roughs[at], ...answer })),
    'draft-feedback.json',
  )
})

test.each([
  ['lint-feedback', { id: 'ok', text: 'You are lazy.', direction: 'up' }, LintFeedbackJson],
  ['draft-feedback', { id: 'ok', rough: 'You left early on Friday.' }, DraftFeedbackJson],
])('%s answers a bad line in its place and goes on; the end is 2', async (command, good, schema) => {
  const input = lines(['{"id": "broken"', '[]', { id: 'no words' }, { ...good, more: 1 }, good])
  const ended = await rapport([command, '--json'], { input })
  const answers = linesOf(ended, z.union([schema, LineErrorJson]))
  expect(answers.map(answer => [answer.id, 'error' in answer ? answer.error.code : 'answered'])).toEqual([
    [null, 'not-json'],
    [null, 'invalid-request'],
    ['no words', 'invalid-request'],
    ['ok', 'invalid-request'],
    ['ok', 'answered'],
  ])
  expect(ended.code).toBe(2)
  expect(outcomeOf(await rapport([command]))).toEqual(refusedWith(/required option '--json'/))
})
