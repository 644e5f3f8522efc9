import { expect, test } from 'vitest'
import type { Topic } from '../../src/domain/brief-facts.ts'
import { agendaWords, topicKey, topicsToShow } from '../../src/domain/topics.ts'

const topic = (text: string, kind: Topic['kind'], ...sources: string[]): Topic => ({
  text,
  kind,
  reason: 'It is so.',
  sources,
})
const promise = topic('Your promise: Call the port', 'priorities', 'a')
const growth = topic('Growth: lead the review', 'growth', 'b')
const dry = topic('Something other than work', 'rapport', 'm1', 'm2', 'm3')
const today = '2026-03-20'
const show = (
  topics: readonly Topic[],
  { waved = [], agenda = [] }: Partial<Parameters<typeof topicsToShow>[1]> = {},
) => topicsToShow(topics, { waved, agenda, today, other: 'Tunde' })

test('at most three stand inside the agenda, most needed first', () => {
  const many = ['a', 'b', 'c', 'd'].map(id => topic(id, 'roadblock', id))
  expect(show(many)).toEqual(many.slice(0, 3))
})

test('waved away stays away; a habit and growth may be named again after a quarter', () => {
  const waved = (on: string) => [promise, growth, dry].map(one => ({ key: topicKey(one), on }))
  expect(show([promise, growth, dry], { waved: waved('2026-03-01') })).toEqual([])
  expect(show([promise, growth, dry], { waved: waved('2025-11-01') })).toEqual([growth, dry])
  // The next meeting does not make a habit new.
  const later = { ...dry, sources: ['m2', 'm3', 'm4'] }
  expect(show([later], { waved: waved('2026-03-01') })).toEqual([])
})

test('what stands on the agenda, also in one short word, is not suggested beside it', () => {
  const short = topic('Your promise: CI', 'priorities', 'a')
  expect(show([short], { agenda: [{ id: 'x', text: 'CI' }] })).toEqual([])
  expect(
    show([topic('Send this in writing: Rota', 'status', 'x')], { agenda: [{ id: 'x', text: 'Rota' }] }),
  ).toEqual([])
})

test.each([
  ['Your promise: Call the port', 'Call the port'],
  ['What you noticed: “The handover was late.”', 'The handover was late.'],
  ['What Tunde told you: “Berth times come late”', 'Berth times come late'],
  ['An answer for Tunde: how they are doing as your manager', 'An answer for Tunde'],
  ['What became of it: Write down the handover', 'What became of it: Write down the handover'],
])('%s is taken as words for both', (text, words) => {
  expect(agendaWords(text, 'Tunde')).toBe(words)
})
