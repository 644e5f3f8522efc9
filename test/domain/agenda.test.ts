import { describe, expect, test } from 'vitest'
import { provenTopics, suggestTopics } from '../../src/domain/agenda.ts'
import type { BriefFacts } from '../../src/domain/brief-facts.ts'
import { factsOf, held, promised } from '../support/facts.ts'

const four = ['2026-04-22', '2026-04-29', '2026-05-06', '2026-05-13'].map(day => held(day))
const late = promised('Call the printer.', { due: '2026-05-16' })
const topicsOf = (more: Partial<BriefFacts>) =>
  suggestTopics(
    factsOf({
      meetings: four,
      growth: { talked: [{ id: 'g', on: '2026-05-13', text: null }], goals: [] },
      ...more,
    }),
  )

describe('suggested topics', () => {
  test('late promises of both sides, one’s own first, each with its reason', () => {
    const promises = [promised('Draw the map.', { owner: 'report', due: '2026-05-14' }), late]
    expect(topicsOf({ promises }).map(({ text, reason }) => [text, reason])).toEqual([
      [
        'Your promise: Call the printer.',
        'You promised it by 16 May, and it is still open. You could raise it first.',
      ],
      ['What became of it: Draw the map.', 'Bram promised it by 14 May, and it is still open.'],
    ])
    expect(topicsOf({ promises, reader: 'report' }).map(({ text }) => text)).toEqual([
      'Your promise: Draw the map.',
      'What became of it: Call the printer.',
    ])
  })

  test('what came back undecided, growth that was forgotten, feedback without an answer', () => {
    const roadblocks = [
      {
        id: 'r',
        text: 'No scans.',
        state: 'open' as const,
        saidOn: ['2026-05-06', '2026-05-13'],
        resolvedOn: null,
        decision: null,
        help: [],
      },
    ]
    const growth = { talked: [{ id: 'g', on: '2026-03-11', text: 'Lead the night boats' }], goals: [] }
    const feedback = [
      {
        id: 'f',
        from: 'report' as const,
        text: 'You were late twice',
        on: '2026-05-14',
        state: 'shared' as const,
      },
    ]
    expect(topicsOf({ roadblocks, growth, feedback }).map(({ kind, sources }) => [kind, ...sources])).toEqual(
      [
        ['roadblock', 'r'],
        ['growth', 'g'],
        ['upward-feedback', 'f'],
      ],
    )
    expect(topicsOf({ roadblocks, growth, feedback, reader: 'report' }).map(({ kind }) => kind)).toEqual([
      'roadblock',
      'growth',
    ])
  })

  test('three weeks of tasks alone, and status that could be written', () => {
    const meetings = four.map(({ day }) => held(day, { status: 0.7, logistics: 0.3 }))
    expect(topicsOf({ meetings }).map(({ kind, text }) => [kind, text])).toEqual([
      ['rapport', 'How Bram is, apart from the work'],
      ['status', 'Ask Bram to send the status in writing'],
    ])
    const agenda = [
      { id: 'a', text: 'Port figures', kind: 'status' as const, by: 'report' as const, carriedFrom: null },
    ]
    expect(topicsOf({ agenda, reader: 'report' }).map(({ text }) => text)).toEqual([
      'Send this in writing: Port figures',
    ])
  })

  test('nothing where nothing is due, and nothing that stands on the agenda already', () => {
    expect(topicsOf({})).toEqual([])
    const agenda = [
      { id: 'a', text: 'Call the printer?', kind: null, by: 'report' as const, carriedFrom: null },
    ]
    expect(topicsOf({ promises: [late], agenda })).toEqual([])
  })

  test('of any coach: a reason each, and sources of these facts', () => {
    const facts = factsOf({ promises: [late] })
    const topic = { text: 'The printer', kind: 'priorities' as const, reason: 'Late.', sources: [late.id] }
    expect(
      provenTopics(facts, [
        topic,
        { ...topic, reason: ' ' },
        { ...topic, sources: [] },
        { ...topic, sources: ['x'] },
      ]),
    ).toEqual([topic])
  })
})
