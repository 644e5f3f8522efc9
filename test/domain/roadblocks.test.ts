import { describe, expect, test } from 'vitest'
import {
  daysSaid,
  mentionStatus,
  needsDecision,
  provenLinks,
  type RoadblockMention,
  threadState,
} from '../../src/domain/roadblocks.ts'

const said = (on: string, status: 'raised' | 'resolved' = 'raised', id = `${on} ${status}`) =>
  ({
    id,
    meeting: on,
    on,
    text: 'The lift is out.',
    quotes: [],
    around: '',
    status,
  }) satisfies RoadblockMention

describe('a thread', () => {
  test('counts meetings, not mentions', () => {
    const mentions = [said('2026-03-10'), said('2026-03-10', 'raised', 'again'), said('2026-03-17')]
    expect(daysSaid(mentions)).toEqual(['2026-03-10', '2026-03-17'])
  })

  test('is open until it is said to be gone, and again when it is said anew', () => {
    const gone = [said('2026-03-10'), said('2026-03-17', 'resolved')]
    expect(threadState(gone)).toBe('resolved')
    expect(threadState([...gone, said('2026-03-24')])).toBe('open')
  })

  test('told and gone in one meeting is gone, in whatever order the rows come', () => {
    expect(threadState([said('2026-03-10', 'resolved'), said('2026-03-10')])).toBe('resolved')
  })

  test('a mention is the first, said again in another meeting, or its end', () => {
    const first = said('2026-03-10')
    expect(mentionStatus(first, [])).toBe('raised')
    expect(mentionStatus(said('2026-03-10', 'raised', 'again'), [first])).toBe('raised')
    expect(mentionStatus(said('2026-03-17'), [first])).toBe('restated')
    expect(mentionStatus(said('2026-03-17', 'resolved'), [first])).toBe('resolved')
  })

  test.for<[what: string, thread: Parameters<typeof needsDecision>[0], asks: boolean]>([
    ['in its first meeting', { state: 'open', saidOn: ['2026-03-10'], decidedOn: null }, false],
    ['in its second', { state: 'open', saidOn: ['2026-03-10', '2026-03-17'], decidedOn: null }, true],
    ['once it is gone', { state: 'resolved', saidOn: ['2026-03-10', '2026-03-17'], decidedOn: null }, false],
    [
      'once it is decided',
      { state: 'open', saidOn: ['2026-03-10', '2026-03-17'], decidedOn: '2026-03-17' },
      false,
    ],
    [
      'when it is said again after that',
      { state: 'open', saidOn: ['2026-03-10', '2026-03-24'], decidedOn: '2026-03-17' },
      true,
    ],
  ])('%s asks for a decision: see the case', ([, thread, asks]) => {
    expect(needsDecision(thread)).toBe(asks)
  })
})

describe('links of a coach', () => {
  const mentions = [said('2026-03-17', 'raised', 'm1'), said('2026-03-17', 'raised', 'm2')]
  const threads = [{ id: 't1', mentions: [said('2026-03-10')] }]
  const same = (mention: string, to: string) => ({ mention, relation: 'same' as const, to, confidence: 0.9 })

  test('hold to threads that were handed in, and to an earlier mention of the meeting', () => {
    const links = [same('m1', 't1'), same('m2', 'm1')]
    expect(provenLinks({ mentions, threads }, links)).toEqual(links)
  })

  test('to anything else, or none at all, begin a thread of their own', () => {
    const alone = (mention: string) => ({ mention, relation: 'different', to: null, confidence: 0 })
    expect(provenLinks({ mentions, threads }, [same('m1', 'another pair’s')])).toEqual([
      alone('m1'),
      alone('m2'),
    ])
    expect(provenLinks({ mentions, threads }, [same('m1', 'm2')])).toEqual([alone('m1'), alone('m2')])
  })
})
