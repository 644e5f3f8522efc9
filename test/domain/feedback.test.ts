import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LintFeedbackJson } from '../../src/domain/contract.ts'
import { draftFeedback, draftOf } from '../../src/domain/feedback-draft.ts'
import { lintFeedback } from '../../src/domain/feedback.ts'
import { gateOf } from '../../src/domain/feedback-gate.ts'
import { lintJson } from '../../src/domain/feedback/json.ts'

type Piece = Omit<LintFeedbackJson, 'questions'> & { text: string; direction: 'down' | 'up' | 'peer' }
const pieces = readFileSync(join(import.meta.dirname, '../../evals/cases/feedback/dev.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Piece)

const marked = (text: string, kind?: string) =>
  lintFeedback(text)
    .marks.filter(mark => kind === undefined || mark.kind === kind)
    .map(mark => text.slice(mark.start, mark.end))

describe('the gate', () => {
  test.each([
    ['You are lazy.', ['lazy']],
    ['You’re so unprofessional and, frankly, rude.', ['unprofessional', 'rude']],
    ['You come across as cold.', ['cold']],
    ['I find you abrasive.', ['abrasive']],
    ['Ngozi seems unmotivated.', ['unmotivated']],
    ['Your laziness costs us.', ['laziness']],
    ['You have an attitude problem.', ['attitude problem']],
    ['Such a bully you are.', ['bully']],
    ['It was careless of you.', ['careless']],
    ['Stop being so stubborn.', ['stubborn']],
  ])('marks what somebody is: %s', (text, words) => expect(marked(text, 'trait')).toEqual(words))

  test.each([
    'The build was lazy.',
    'She is a senior engineer.',
    'You wrote the lazy-loaded module.',
    'You fixed the unreliable pump.',
    'You told Erik that he was lazy.',
    'You wrote "you are lazy" in the ticket.',
    'You were careful to count the boxes.',
    'You are responsible for the rota.',
    'The supplier’s attitude to dates was not yours.',
    'I was careless with the numbers.',
    'That kind of report helps.',
  ])('lets innocent words pass: %s', text => expect(marked(text, 'trait')).toEqual([]))

  test.each([
    ['You never answer.', ['never']],
    ['You do this every single time.', ['every single time']],
    ['We always deploy on Tuesday.', []],
    ['Never mind the typo.', []],
    ['You can always ask me.', []],
    ['I told them the guard is always down.', []],
    ['You don’t always reply.', []],
  ])('knows whose "always" it is: %s', (text, words) => expect(marked(text, 'absolute')).toEqual(words))

  test.each([
    ['People say you are late.', ['People say']],
    ['I heard that you left.', ['I heard that']],
    ['Three of them told me they understood it.', []],
    ['You answered when people complained.', []],
  ])('knows what others say from what happened: %s', (text, words) =>
    expect(marked(text, 'hearsay')).toEqual(words),
  )

  test.each([
    ['You don’t care about us.', ['don’t care']],
    ['You said you wanted to leave.', []],
    ['I felt you did not trust me.', []],
  ])('knows what nobody can see: %s', (text, words) => expect(marked(text, 'mind-reading')).toEqual(words))

  test('asks about each mark and each missing part, and offers no other words', () => {
    const { questions, verdict } = lintFeedback('Tunde is careless.', { names: ['Tunde'], person: 'Tunde' })
    expect(verdict).toBe('needs-work')
    expect(questions).toEqual([
      '“Careless” says what Tunde is. What did Tunde do, or leave undone?',
      'When and where was it? A day or a meeting is enough.',
      'What was done or said, as a camera would have seen it?',
      'What did it lead to, for you, the team or the work?',
    ])
  })

  test('a place that is meant otherwise is marked no more', () => {
    const text =
      'On Monday you were sloppy with the drill: you skipped two bolts. The frame bent, so we lost a day.'
    const [mark] = lintFeedback(text).marks
    expect(lintFeedback(text, { meantOtherwise: [mark!] })).toMatchObject({ marks: [], verdict: 'good' })
  })

  test('more than two things at once are refused', () => {
    const three =
      'On Monday you came late, you left the gate open and you did not answer the mail. We lost a day.'
    expect(lintFeedback(three)).toMatchObject({ areas: 3, verdict: 'needs-work' })
  })

  test('whatever is typed, marks stand in the text, in order and apart', () => {
    const words = constantFrom(
      'you',
      'are',
      'lazy',
      '“',
      "'s",
      'İ',
      '🙂',
      'never',
      'People say',
      '.',
      ',',
      'Ann',
      '\n',
      'but',
    )
    assert(
      property(
        oneof(
          string(),
          array(words, { maxLength: 40 }).map(all => all.join(' ')),
        ),
        text => {
          let last = 0
          for (const { start, end } of lintFeedback(text).marks) {
            expect(start).toBeGreaterThanOrEqual(last)
            expect(end).toBeGreaterThan(start)
            last = end
          }
          expect(last).toBeLessThanOrEqual(text.length)
          draftFeedback(text)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('a long text is read in time that grows with its length', () => {
    const long =
      'You are so, so very lazy and on Monday you never told anybody about the freezer and we lost it, '.repeat(
        400,
      )
    const began = performance.now()
    lintFeedback(long)
    expect(performance.now() - began).toBeLessThan(4_000)
  })
})

test('on pieces it was made with, it is right nine times of ten and more', () => {
  const overlaps = (a: readonly number[], b: readonly number[]) => a[0]! < b[1]! && b[0]! < a[1]!
  let [hit, claimed, gold, right, refused] = [0, 0, 0, 0, 0]
  for (const piece of pieces) {
    const got = lintJson(piece)
    claimed += got.traitSpans.length
    gold += piece.traitSpans.length
    hit += piece.traitSpans.filter(span => got.traitSpans.some(other => overlaps(span, other))).length
    if (got.verdict === piece.verdict) right++
    else if (piece.verdict === 'good') refused++
  }
  const good = pieces.filter(({ verdict }) => verdict === 'good').length
  expect((2 * hit) / (claimed + gold)).toBeGreaterThan(0.95)
  expect(right / pieces.length).toBeGreaterThan(0.97)
  expect(refused / good).toBeLessThan(0.03)
})

describe('a draft', () => {
  const wordsIn = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const joints = new Set(['and', 'but', 'so', 'because', 'since', 'then'])

  test('holds the writer’s words and no others, and drops none without saying so', () => {
    for (const { text } of pieces) {
      const { situation, behavior, impact, ask, removed, draft } = draftFeedback(text)
      const placed = [situation, behavior, impact, ask, ...removed].filter(part => part !== null).join(' ')
      const rough = new Set(wordsIn(text))
      const kept = new Set(wordsIn(placed))
      expect([text, [...kept].filter(word => !rough.has(word))]).toEqual([text, []])
      expect([text, [...rough].filter(word => !kept.has(word) && !joints.has(word))]).toEqual([text, []])
      for (const word of wordsIn(draft ?? '')) expect(rough).toContain(word)
    }
  })

  test('is none while nothing that was done stands there', () => {
    expect(draftFeedback('He’s lazy.')).toEqual({
      situation: null,
      behavior: null,
      impact: null,
      ask: null,
      draft: null,
      missing: ['situation', 'behavior', 'impact'],
      removed: ['He’s lazy'],
    })
  })

  test('without its "never" a sentence would say the opposite, so all of it goes', () => {
    const { behavior, removed } = draftFeedback(
      'She never documents anything. She shipped the change without notes.',
    )
    expect([behavior, removed]).toEqual([
      'She shipped the change without notes',
      ['She never documents anything'],
    ])
  })

  test('puts the parts in order, and says no situation twice', () => {
    expect(draftOf({ situation: 'On Monday', behavior: 'You left early', impact: 'we waited' })).toBe(
      'On Monday, you left early. We waited.',
    )
    expect(draftOf({ situation: 'this week', behavior: 'Ana was late this week', impact: null })).toBe(
      'Ana was late this week.',
    )
  })
})

describe('a draft in the composer', () => {
  const empty = { rough: '', situation: '', behavior: '', impact: '', ask: '', meantOtherwise: [] }

  test('is filled from the writer’s words, said to the one who reads it', () => {
    const rough =
      'Tunde is careless. On Saturday he went home without filling in his page, and he was gone at six.'
    const { suggested, marks, missing, mayBeSent } = gateOf({ ...empty, rough }, 'Tunde')
    expect(marks.map(({ words }) => words)).toEqual(['careless'])
    expect(suggested.situation).toBe('On Saturday')
    expect(suggested.behavior).toMatch(/^you went home without filling in your page/)
    expect(missing.map(({ part }) => part)).toEqual(['situation', 'behavior', 'impact'])
    expect(mayBeSent).toBe(false)
  })

  test('may be sent when its parts are written and unmarked; a false alarm never blocks', () => {
    const parts = {
      situation: 'On Monday',
      behavior: 'you were sloppy with the drill',
      impact: 'the frame bent',
    }
    expect(gateOf({ ...empty, ...parts }, 'Ann').partMarks.map(({ words }) => words)).toEqual(['sloppy'])
    expect(gateOf({ ...empty, ...parts }, 'Ann').mayBeSent).toBe(false)
    expect(gateOf({ ...empty, ...parts, meantOtherwise: ['sloppy'] }, 'Ann').mayBeSent).toBe(true)
    // Rough words stay with the writer: what is marked there blocks nothing.
    expect(
      gateOf({ ...empty, ...parts, behavior: 'you skipped two bolts', rough: 'You are lazy.' }, 'Ann')
        .mayBeSent,
    ).toBe(true)
  })
})
