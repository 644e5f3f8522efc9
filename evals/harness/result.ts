import type { Engine, Usage } from './engine.ts'
import { noUsage } from './engine.ts'
import type { Eval, Failed, Scored } from './eval.ts'
import { type Baseline, compare, type Compared } from './gate.ts'
import { type Counts, type Interval, intervalsOf, type Measure } from './measure.ts'

export interface MeasureResult {
  readonly name: string
  readonly better: Measure['better']
  readonly interval: Interval | null
  /** The same of the engine it is held against. */
  readonly other: Interval | null
  readonly compared: Compared | null
  readonly beside: Readonly<Record<string, number>>
}

export interface EvalResult {
  readonly name: string
  readonly about: string
  readonly engine: string
  /** Why it was left out; null when it ran. */
  readonly skipped: string | null
  readonly measures: readonly MeasureResult[]
  readonly cases: readonly Scored[]
  readonly failed: readonly Failed[]
  readonly msPerCase: { readonly p50: number; readonly p95: number }
  readonly usage: Usage
  /** By the prices given; null without them. */
  readonly cost: number | null
}

/** Per million tokens. */
export interface Prices {
  readonly in: number
  readonly out: number
}

/** Runs one eval with one engine, beside what an earlier run or another engine counted. */
export const runEval = async (
  one: Eval,
  engine: Engine,
  against: {
    readonly baseline?: Baseline | null
    readonly prices?: Prices | null
    readonly other?: EvalResult
  },
): Promise<EvalResult> => {
  const before = engine.usage()
  const answer = await one.run(engine)
  const now = engine.usage()
  const usage = {
    requests: now.requests - before.requests,
    cached: now.cached - before.cached,
    tokensIn: now.tokensIn - before.tokensIn,
    tokensOut: now.tokensOut - before.tokensOut,
  }
  if (typeof answer === 'string') return skippedResult(one, engine.name, answer)
  const { scored, failed } = answer
  const earlier = against.other ? countsById(against.other.cases) : (against.baseline?.[one.name] ?? null)
  const compared = earlier ? compare(earlier, countsById(scored), one.measures) : []
  const counts = scored.map(({ counts: own }) => own)
  const intervals = intervalsOf(counts, one.measures)
  const { prices } = against
  return {
    name: one.name,
    about: one.about,
    engine: engine.name,
    skipped: null,
    measures: Object.entries(one.measures).map(([name, measure]) => ({
      name,
      better: measure.better,
      interval: intervals[name] ?? null,
      other: against.other?.measures.find(({ name: theirs }) => theirs === name)?.interval ?? null,
      compared: compared.find(({ measure: which }) => which === name) ?? null,
      beside: measure.beside ?? {},
    })),
    cases: scored,
    failed,
    msPerCase: quantiles(scored.map(({ ms }) => ms)),
    usage,
    cost: prices ? (usage.tokensIn * prices.in + usage.tokensOut * prices.out) / 1_000_000 : null,
  }
}

const skippedResult = (one: Eval, engine: string, skipped: string): EvalResult => ({
  name: one.name,
  about: one.about,
  engine,
  skipped,
  measures: [],
  cases: [],
  failed: [],
  msPerCase: { p50: 0, p95: 0 },
  usage: noUsage,
  cost: null,
})

export const countsById = (cases: readonly Scored[]): Record<string, Counts> =>
  Object.fromEntries(cases.map(({ id, counts }) => [id, counts]))

const quantiles = (values: readonly number[]) => {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))] ?? 0
  return { p50: at(0.5), p95: at(0.95) }
}
