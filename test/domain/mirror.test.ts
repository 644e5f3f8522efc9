import { describe, expect, test } from 'vitest'
import { growthClock, type GrowthTalk, isGrowthTalk } from '../../src/domain/growth.ts'
import { attemptFor, lengthWords } from '../../src/domain/mirror-attempt.ts'
import { measureOf, type Measures } from '../../src/domain/mirror.ts'
import { ownTalkOf, questionsIn } from '../../src/domain/own-talk.ts'
import type { TalkStretch } from '../../src/domain/ports.ts'
import type { Line } from '../../src/domain/transcript/transcript.ts'

const lineOf = (text: string, index: number): Line => {
  const [speaker = '', ...words] = text.split(': ')
  return {
    no: index + 1,
    speaker: speaker === '-' ? null : speaker,
    start: index * 10,
    end: index * 10 + 8,
    text: words.join(': '),
    spans: [],
  }
}
const voices = new Map([
  ['Ines', 'ines'],
  ['Tomasz', 'tomasz'],
])
const counted = (talk: readonly string[], stretches: readonly TalkStretch[] = [], rest = {}) =>
  ownTalkOf({
    lines: talk.map(lineOf),
    talk: stretches,
    timing: 'exact',
    language: 'en-GB',
    voices,
    ...rest,
  })

describe('what one said in a meeting, counted', () => {
  const talk = [
    'Ines: How was the fair, and what was the hardest of it?',
    'Tomasz: Long. The lid cracked again.',
    'Tomasz: We glazed it twice.',
    'Guest: Somebody is at the door.',
    'Ines: Did you keep the pieces?',
    'Tomasz: Yes.',
  ]

  test('words and their share, of the two alone; the longest stretch without the other', () => {
    const found = counted(talk)
    expect(found.get('ines')).toMatchObject({
      words: 16,
      share: 16 / 26,
      questions: { open: 1, closed: 1 },
      longestTurn: { words: 11, seconds: 8 },
    })
    // Two lines in a row are one turn; what a guest says ends it.
    expect(found.get('tomasz')).toMatchObject({ words: 10, longestTurn: { words: 9, seconds: 18 } })
  })

  test('the balance of the talk is the meeting’s, by words', () => {
    const stretches: TalkStretch[] = [
      { fromLine: 1, toLine: 1, label: 'rapport' },
      { fromLine: 2, toLine: 6, label: 'status' },
    ]
    const found = counted(talk, stretches)
    expect(found.get('ines')?.talk).toEqual({ rapport: 0.355, status: 0.645 })
    expect(found.get('tomasz')?.talk).toEqual(found.get('ines')?.talk)
    expect(counted(talk).get('ines')?.talk).toBeNull()
  })

  test('no share where only one of the two is known, no seconds without exact times, no questions in German', () => {
    expect(counted(talk, [], { voices: new Map([['Ines', 'ines']]) }).size).toBe(0)
    const found = counted(talk, [], { timing: 'interpolated', language: 'de' }).get('ines')
    expect(found).toMatchObject({ questions: null, longestTurn: { words: 11, seconds: null } })
  })

  test.each([
    ['What would make it bearable?', 1],
    ['So, how did that go?', 1],
    ['When the lid broke, what did you do?', 1],
    ['Why is that?', 1],
    ['How many were there?', 0],
    ['What time is it?', 0],
    ['Do you see what I mean?', 0],
    ['What about Friday?', 0],
    ['Is it done?', 0],
  ])('"%s"', (text, open) => expect(questionsIn([text])).toEqual({ open, closed: 1 - open }))
})

describe('beside one’s own past', () => {
  test('below five meetings nothing is said, from five on it is', () => {
    expect(measureOf([0.4, 0.5, null, 0.6, 0.5])).toEqual({ have: 4, compared: null })
    expect(measureOf([0.4, 0.5, 0.6, 0.5, 0.55])).toEqual({
      have: 5,
      compared: { last: 0.55, usual: 0.5, least: 0.4, most: 0.6, off: null },
    })
  })

  test.each([
    [12, null],
    [12.5, null],
    [12.6, 'above'],
    [7.5, null],
    [7.4, 'below'],
  ])('%d, where ten is usual', (last, off) =>
    expect(measureOf([10, 9, 11, 10, last]).compared?.off).toBe(off),
  )
})

test.each([
  ['nothing of it', { sentences: 0, lines: 0, of: 300 }, false],
  ['a passing mention', { sentences: 0, lines: 3, of: 20 }, false],
  ['four lines of a long talk', { sentences: 0, lines: 4, of: 300 }, false],
  ['a tenth of the talk', { sentences: 0, lines: 30, of: 300 }, true],
  ['a sentence that stood out', { sentences: 1, lines: 0, of: 300 }, true],
])('growth was talked about: %s', (_, said, yes) => expect(isGrowthTalk(said)).toBe(yes))

describe('one thing to try', () => {
  const usual = { share: [0.5, 0.5, 0.5, 0.5, 0.5], status: [0.2, 0.2, 0.2, 0.2, 0.2] }
  const rest = { openQuestions: [4, 4, 4, 4, 4], longestTurn: [60, 60, 60, 60, 60] }
  const attempt = (
    values: Partial<Record<keyof Measures, readonly number[]>> = {},
    talks: readonly GrowthTalk[] = [{ on: '2026-03-01', because: 'transcript' }],
    more: Partial<Parameters<typeof attemptFor>[0]> = {},
  ) =>
    attemptFor({
      me: 'manager',
      other: 'Tomasz',
      today: '2026-03-12',
      measures: Object.fromEntries(
        Object.entries({ ...usual, ...rest, ...values }).map(([name, all]) => [name, measureOf(all)]),
      ) as unknown as Measures,
      growth: growthClock('2026-03-12', talks, '2025-09-01'),
      goal: null,
      ...more,
    })

  test('none below five meetings', () => expect(attempt({ share: [0.5, 0.9, 0.5, 0.9] })).toBeNull())

  test('growth, when it was forgotten for six weeks; in the words of the goal', () => {
    const forgotten: GrowthTalk[] = [{ on: '2026-01-10', because: 'agenda' }]
    const much = { share: [0.5, 0.5, 0.5, 0.5, 0.9] }
    expect(attempt(much, forgotten)).toEqual({
      text: 'Ask Tomasz about growth in the first ten minutes.',
      check: 'You will know afterwards whether it happened: growth in the first ten minutes, yes or no.',
      because: 'Growth was last really talked about on 10 January, 61 days ago.',
    })
    expect(attempt(much, forgotten, { me: 'report', goal: 'Lead the night boats.' })?.text).toBe(
      'Bring up “Lead the night boats” in the first ten minutes.',
    )
  })

  test.each([
    [{ share: [0.5, 0.5, 0.5, 0.5, 0.7] }, 'Ask Tomasz first, and answer only when Tomasz has finished.'],
    [{ share: [0.5, 0.5, 0.5, 0.5, 0.2] }, 'Say what you think of one thing before Tomasz asks you.'],
    [{ longestTurn: [60, 60, 60, 60, 200] }, 'Stop after one minute and ask a question.'],
    [{ openQuestions: [4, 4, 4, 4, 1] }, 'Ask four questions that begin with what, how or why.'],
    [
      { status: [0.2, 0.2, 0.2, 0.2, 0.5] },
      'Send the status in writing beforehand, and begin with something else.',
    ],
    [{}, 'Ask five questions that begin with what, how or why.'],
    [{ openQuestions: [] }, 'Begin with what Tomasz put on the agenda.'],
  ])('%j', (values, text) => expect(attempt(values)?.text).toBe(text))

  test('lengths are said as people say them', () =>
    expect([3, 42, 60, 128].map(lengthWords)).toEqual([
      '10 seconds',
      '40 seconds',
      'one minute',
      'two minutes 10 seconds',
    ]))
})
