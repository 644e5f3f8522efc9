import { describe, expect, test } from 'vitest'
import type { Brief, BriefFacts, BriefKind } from '../../src/domain/brief-facts.ts'
import { provenBrief, writeBrief } from '../../src/domain/brief.ts'
import { factsOf, held, promised } from '../support/facts.ts'

const linesOf = (brief: Brief, kind: BriefKind) =>
  brief.sections.filter(section => section.kind === kind).flatMap(({ lines }) => lines)
const textsOf = (facts: BriefFacts, kind: BriefKind) =>
  linesOf(writeBrief(facts), kind).map(({ text }) => text)
const four = ['2026-04-22', '2026-04-29', '2026-05-06', '2026-05-13'].map(day => held(day))

describe('a brief', () => {
  test('has the open promises of both sides, late ones first, with their age', () => {
    const promises = [
      promised('Write to the port.', { due: '2026-05-22' }),
      promised('Call the printer.', { due: '2026-05-16', saidOn: '2026-05-06' }),
      promised('Draw the map.', { owner: 'report' }),
      promised('Pay the bill.', { state: 'done', closedOn: '2026-05-14' }),
    ]
    const facts = factsOf({ meetings: four, promises })
    expect(textsOf(facts, 'promises-mine')).toEqual([
      'Call the printer: 4 days late.',
      'Write to the port: due 22 May.',
    ])
    expect(textsOf(facts, 'promises-theirs')).toEqual(['Draw the map: promised on 13 May, no date was said.'])
    expect(textsOf(facts, 'since-last')).toEqual(['Done, by you: Pay the bill.'])
  })

  test('opens with the manager’s own missed promise, and for the report not at all', () => {
    const missed = promised('Call the printer.', { due: '2026-05-16', quote: "I'll call the printer" })
    const theirs = promised('Draw the map.', { owner: 'report', due: '2026-05-01' })
    const facts = factsOf({ meetings: four, promises: [theirs, missed] })
    expect(textsOf(facts, 'opening')).toEqual([
      "You said on 13 May: “I'll call the printer.” 4 days late, and still open. You could begin with that.",
    ])
    expect(textsOf({ ...facts, reader: 'report' }, 'opening')).toEqual([])
    expect(textsOf(factsOf({ meetings: four, promises: [theirs] }), 'opening')).toEqual([])
  })

  test('never lists what is resolved as open', () => {
    const common = { decision: null, help: [], text: 'The lift is out.' }
    const facts = factsOf({
      meetings: four,
      roadblocks: [
        {
          ...common,
          id: 'gone',
          state: 'resolved',
          saidOn: ['2026-04-22', '2026-04-29'],
          resolvedOn: '2026-05-13',
        },
        {
          ...common,
          id: 'back',
          text: 'No scans.',
          state: 'open',
          saidOn: ['2026-05-06', '2026-05-13'],
          resolvedOn: null,
        },
      ],
    })
    expect(textsOf(facts, 'roadblocks')).toEqual([
      '“No scans.” Said on 6 and 13 May. It needs a decision: remove, accept or escalate.',
    ])
    expect(textsOf(facts, 'since-last')).toEqual(['No longer in the way: “The lift is out.”'])
  })

  test('says for how long growth was not talked about, and that it never was', () => {
    const talked = [{ id: 'g', on: '2026-03-11', text: 'I want to lead the night boats' }]
    expect(textsOf(factsOf({ meetings: four, growth: { talked, goals: [] } }), 'growth')).toEqual([
      '“I want to lead the night boats.” That was on 11 March. Growth was last talked about 70 days ago.',
    ])
    expect(textsOf(factsOf({ meetings: four }), 'growth')).toEqual([
      'Growth has not been talked about in four meetings.',
    ])
  })

  test('asks three questions, whatever there is', () => {
    for (const reader of ['manager', 'report'] as const)
      expect(textsOf(factsOf({ reader }), 'questions')).toHaveLength(3)
  })

  test('is honest when there is little', () => {
    expect(writeBrief(factsOf({ meetings: [held('2026-05-13')] })).confidence).toBe('not-enough-data')
    expect(writeBrief(factsOf({ meetings: four.slice(0, 2) })).confidence).toBe('low')
    expect(writeBrief(factsOf({ meetings: four })).confidence).toBe('high')
  })

  test('every claim names its source', () => {
    const facts = factsOf({ meetings: four, promises: [promised('Write to the port.')] })
    const claims = writeBrief(facts).sections.filter(
      ({ kind }) => kind !== 'questions' && kind !== 'not-known',
    )
    const sources = claims.flatMap(({ lines }) => lines.map(line => line.sources.length))
    expect(sources.length).toBeGreaterThan(0)
    expect(sources).not.toContain(0)
  })
})

describe('a brief of any coach', () => {
  const facts = factsOf({ meetings: four, promises: [promised('Write to the port.', { owner: 'report' })] })
  const saying = (kind: BriefKind, sources: string[]) =>
    provenBrief(facts, { sections: [{ kind, lines: [{ text: 'So it is.', sources }] }], confidence: 'high' })

  test('keeps what has a source of these facts, and nothing else', () => {
    expect(saying('promises-theirs', ['Write to the port.']).sections).toHaveLength(1)
    expect(saying('promises-theirs', ['Somebody else’s']).sections).toEqual([])
    expect(saying('growth', []).sections).toEqual([])
    expect(saying('questions', []).sections).toHaveLength(1)
  })

  test('opens with the manager’s own missed promise or with nothing', () => {
    expect(saying('opening', ['Write to the port.']).sections).toEqual([])
  })

  test('is not surer than its facts', () => {
    expect(provenBrief(factsOf(), { sections: [], confidence: 'high' }).confidence).toBe('not-enough-data')
  })
})
