import { z } from 'zod'
import { type Counts, gainsOf, type Interval, type Measures, usualTolerance } from './measure.ts'

/** What `baseline.json` keeps: the counts of every case, so that a later run is compared case by case. */
export const Baseline = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.number())))
export type Baseline = z.infer<typeof Baseline>

/**
 * `worse`: the drop is beyond tolerance and its 95 % interval excludes zero. `inconclusive`: beyond
 * tolerance, and chance alone could be it. `better` likewise; else `holds`.
 */
export type Verdict = 'better' | 'holds' | 'inconclusive' | 'worse'

export interface Compared {
  readonly measure: string
  readonly verdict: Verdict
  /** How much better than before; negative is worse. */
  readonly gain: Interval
  /** Cases that both have. */
  readonly cases: number
}

export const verdictOf = ({ value, low, high }: Interval, tolerance: number): Verdict => {
  if (value < -tolerance) return high < 0 ? 'worse' : 'inconclusive'
  return value > tolerance && low > 0 ? 'better' : 'holds'
}

/** Paired by case: what one of them lacks is left out and counted nowhere. */
export const compare = (
  before: Readonly<Record<string, Counts>>,
  after: Readonly<Record<string, Counts>>,
  measures: Measures,
): Compared[] => {
  const pairs = Object.entries(after).flatMap(([id, counts]) => {
    const earlier = before[id]
    return earlier ? [[earlier, counts] as const] : []
  })
  const gains = gainsOf(pairs, measures)
  return Object.entries(measures).flatMap(([name, measure]) => {
    const gain = gains[name]
    if (!gain) return []
    const verdict = verdictOf(gain, measure.tolerance ?? usualTolerance)
    return [{ measure: name, verdict, gain, cases: pairs.length }]
  })
}
