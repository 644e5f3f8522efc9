import { describe, expect, test } from 'vitest'
import { compare, verdictOf } from '../../evals/harness/gate.ts'
import { type Counts, found, intervalsOf, lots, share } from '../../evals/harness/measure.ts'

/** Sixty meetings of three marked items, each found with the same chance: what an engine's run looks like. */
const meetings = (chance: number, seed: number): Record<string, Counts> => {
  const random = lots(seed)
  return Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => {
      const hit = [1, 2, 3].filter(() => random() < chance).length
      return [`m${index}`, { 'items.hit': hit, 'items.claimed': hit + 1, 'items.marked': 3 }]
    }),
  )
}
const measures = found('items')
const verdictOn = (before: Record<string, Counts>, after: Record<string, Counts>, measure = 'items F1') =>
  compare(before, after, measures).find(compared => compared.measure === measure)?.verdict

describe('the gate', () => {
  test('turns red on a planted regression', () => {
    expect(verdictOn(meetings(0.8, 1), meetings(0.5, 2))).toBe('worse')
  })

  test('stays quiet on noise: of twenty runs of the same engine hardly one is called worse', () => {
    const verdicts = Array.from({ length: 20 }, (_, run) =>
      verdictOn(meetings(0.7, run * 2), meetings(0.7, run * 2 + 1)),
    )
    // By chance one in forty; two leave room for it.
    expect(verdicts.filter(verdict => verdict === 'worse').length).toBeLessThanOrEqual(2)
    expect(verdicts).toContain('holds')
  })

  test('is silent about the same counts', () => {
    const same = meetings(0.7, 5)
    expect(compare(same, same, measures).map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'holds'])
  })

  test('says inconclusive of a drop that chance alone could be', () => {
    expect(verdictOf({ value: -0.05, low: -0.12, high: 0.01 }, 0.02)).toBe('inconclusive')
    expect(verdictOf({ value: -0.01, low: -0.015, high: -0.005 }, 0.02)).toBe('holds')
    expect(verdictOf({ value: 0.06, low: 0.02, high: 0.1 }, 0.02)).toBe('better')
  })

  test('compares by case: what one run lacks counts in neither', () => {
    const before = meetings(0.7, 3)
    const { m0: _, ...after } = before
    const withNew = { ...after, fresh: { 'items.hit': 0, 'items.claimed': 90, 'items.marked': 90 } }
    const compared = compare(before, withNew, measures)
    expect(compared.map(({ verdict, cases }) => [verdict, cases])).toEqual(
      Array.from({ length: 3 }, () => ['holds', 59]),
    )
  })

  test('knows that of some measures less is better', () => {
    const cases = (taken: number) =>
      Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`c${index}`, { taken, all: 10 }]))
    const [compared] = compare(cases(1), cases(4), { taken: share('taken', 'all', 'lower') })
    expect(compared?.verdict).toBe('worse')
  })
})

describe('an interval', () => {
  test('holds the value, is the same in every run, and is null where nothing was to be found', () => {
    const cases = Object.values(meetings(0.6, 9))
    const interval = intervalsOf(cases, measures)['items recall']!
    expect(interval.low).toBeLessThan(interval.value)
    expect(interval.high).toBeGreaterThan(interval.value)
    expect(intervalsOf(cases, measures)['items recall']).toEqual(interval)
    expect(intervalsOf([{}], measures)['items recall']).toBeNull()
  })
})
