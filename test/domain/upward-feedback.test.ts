import { describe, expect, test } from 'vitest'
import type { BriefFacts, FactMeeting, FactPromise } from '../../src/domain/brief-facts.ts'
import { growthClock } from '../../src/domain/growth.ts'
import { suggestUpwardFeedback, upwardReminder } from '../../src/domain/upward-feedback.ts'
import { factsOf } from '../support/facts.ts'

const facts = (more: Partial<BriefFacts>) =>
  factsOf({ reader: 'report', names: { manager: 'Ines', report: 'Tomasz' }, today: '2026-11-24', ...more })
const meeting = (day: string, state: FactMeeting['state'], changedBy: FactMeeting['changedBy'] = null) => ({
  id: `meeting of ${day}`,
  day,
  state,
  changedBy,
  talk: null,
})
const promise = (more: Partial<FactPromise>): FactPromise => ({
  id: 'promise',
  text: 'Call the port office',
  owner: 'manager',
  due: '2026-11-17',
  state: 'open',
  saidOn: '2026-11-10',
  meeting: 'meeting of 2026-11-10',
  closedOn: null,
  quote: null,
  ...more,
})

describe('places to start for upward feedback', () => {
  test('rest on shared rows and the own note, and name them', () => {
    const found = suggestUpwardFeedback(
      facts({
        meetings: [meeting('2026-11-05', 'moved', 'manager'), meeting('2026-11-12', 'cancelled', 'manager')],
        ownNotes: [{ id: 'note', on: '2026-11-12', text: 'I came in early for it.' }],
        promises: [promise({})],
      }),
    )
    expect(found).toEqual([
      {
        text: 'When the meeting moves or falls away',
        kind: 'upward-feedback',
        reason:
          'Ines moved or cancelled it on 5 and 12 November. In your own note of 12 November you wrote about that day.',
        sources: ['meeting of 2026-11-05', 'meeting of 2026-11-12', 'note'],
      },
      {
        text: 'What it means for you that “Call the port office” is still open',
        kind: 'upward-feedback',
        reason: 'Ines promised it by 17 November.',
        sources: ['promise', 'meeting of 2026-11-10'],
      },
    ])
  })

  test('are none where nothing calls for them, and never the manager’s to read', () => {
    expect(suggestUpwardFeedback(facts({}))).toEqual([])
    expect(suggestUpwardFeedback(facts({ meetings: [meeting('2026-11-12', 'moved', 'manager')] }))).toEqual(
      [],
    )
    expect(
      suggestUpwardFeedback(
        facts({
          meetings: [meeting('2026-11-05', 'moved', 'report'), meeting('2026-11-12', 'moved', 'report')],
        }),
      ),
    ).toEqual([])
    expect(suggestUpwardFeedback(facts({ promises: [promise({ owner: 'report' })] }))).toEqual([])
    expect(suggestUpwardFeedback(facts({ reader: 'manager', promises: [promise({})] }))).toEqual([])
  })

  test('a promise that was kept early is worth saying, too', () => {
    const [found] = suggestUpwardFeedback(
      facts({ promises: [promise({ state: 'done', closedOn: '2026-11-15' })] }),
    )
    expect(found?.reason).toBe(
      'Ines kept that promise, two days early. Good things are worth saying in full, too.',
    )
  })
})

test('the manager is reminded to ask after a month, and to answer first', () => {
  expect(upwardReminder('2026-11-24', [], [], null)).toBe(null)
  expect(upwardReminder('2026-11-24', [], [], '2026-10-01')).toBe('ask')
  expect(upwardReminder('2026-11-24', [{ on: '2026-10-25' }], [], '2026-01-01')).toBe(null)
  expect(upwardReminder('2026-11-24', [{ on: '2026-10-24' }], [], '2026-01-01')).toBe('ask')
  expect(upwardReminder('2026-11-24', [], [{ state: 'shared' }], '2026-01-01')).toBe('answer')
  expect(upwardReminder('2026-11-24', [{ on: '2026-11-20' }], [{ state: 'acknowledged' }], null)).toBe(null)
})

test('the growth clock runs from the last real talk, not from one to come', () => {
  const talks = [
    { on: '2026-09-24', because: 'agenda' as const },
    { on: '2026-10-08', because: 'check-in' as const },
    { on: '2026-12-03', because: 'agenda' as const },
  ]
  expect(growthClock('2026-11-24', talks, '2026-09-01')).toEqual({
    last: { on: '2026-10-08', because: 'check-in', days: 47 },
    mark: 42,
    since: null,
  })
  expect(growthClock('2026-11-24', [], '2026-09-01')).toEqual({ last: null, mark: 42, since: '2026-09-01' })
})
