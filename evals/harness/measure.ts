/** Counts of one case, by name: items found, items marked, words under the right label … */
export type Counts = Readonly<Record<string, number>>

/** What is told of many cases: a number from the sums of their counts, 0–1 unless it says otherwise. */
export interface Measure {
  /** Null when the sums say nothing, e.g. no item was there to be found. */
  readonly of: (sum: Counts) => number | null
  readonly better: 'higher' | 'lower'
  /** A drop within this is not called one. */
  readonly tolerance?: number
  /** What others published or a simple method reaches on the same data, in the same unit. */
  readonly beside?: Readonly<Record<string, number>>
}
export type Measures = Readonly<Record<string, Measure>>

export const usualTolerance = 0.02

/** `part` of `whole`, both names of counts. */
export const share = (part: string, whole: string, better: Measure['better'] = 'higher'): Measure => ({
  of: sum => ((sum[whole] ?? 0) === 0 ? null : (sum[part] ?? 0) / sum[whole]!),
  better,
})

/** Precision, recall and F1 of `<name>.hit`, `<name>.claimed` and `<name>.marked`. */
export const found = (name: string): Measures => ({
  [`${name} precision`]: share(`${name}.hit`, `${name}.claimed`),
  [`${name} recall`]: share(`${name}.hit`, `${name}.marked`),
  [`${name} F1`]: {
    of: sum => {
      const both = (sum[`${name}.claimed`] ?? 0) + (sum[`${name}.marked`] ?? 0)
      return both === 0 ? null : (2 * (sum[`${name}.hit`] ?? 0)) / both
    },
    better: 'higher',
  },
})

export const sumOf = (cases: readonly Counts[]): Record<string, number> => {
  const sum: Record<string, number> = {}
  for (const counts of cases)
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count
  return sum
}

/** Mulberry32: the same lots in every run, so that an interval does not change by itself. */
export const lots = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Percentile bootstrap over cases (Efron 1979), 95 %. 1,000 draws: the ends move by less than a point. */
const draws = 1000
const ends = (values: readonly number[]): { low: number; high: number } => {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!
  return { low: at(0.025), high: at(0.975) }
}

const drawn = (size: number, random: () => number): number[] =>
  Array.from({ length: size }, () => Math.floor(random() * size))

/** By measure; null where it says nothing of these cases. One draw serves all measures. */
export const intervalsOf = (
  cases: readonly Counts[],
  measures: Measures,
): Record<string, Interval | null> => {
  const whole = sumOf(cases)
  const random = lots(12)
  const sums = Array.from({ length: draws }, () =>
    sumOf(drawn(cases.length, random).map(index => cases[index]!)),
  )
  return byMeasure(measures, measure => [measure.of(whole), sums.map(measure.of)])
}

/** How much better the second is on the same cases; negative is worse. Both are drawn together. */
export const gainsOf = (
  pairs: readonly (readonly [before: Counts, after: Counts])[],
  measures: Measures,
): Record<string, Interval | null> => {
  const sums = (chosen: typeof pairs) =>
    [sumOf(chosen.map(([before]) => before)), sumOf(chosen.map(([, after]) => after))] as const
  const whole = sums(pairs)
  const random = lots(34)
  const all = Array.from({ length: draws }, () =>
    sums(drawn(pairs.length, random).map(index => pairs[index]!)),
  )
  return byMeasure(measures, ({ of, better }) => {
    const gain = ([before, after]: typeof whole): number | null => {
      const [was, is] = [of(before), of(after)]
      return was === null || is === null ? null : (better === 'higher' ? 1 : -1) * (is - was)
    }
    return [gain(whole), all.map(gain)]
  })
}

const byMeasure = (
  measures: Measures,
  valuesOf: (measure: Measure) => readonly [value: number | null, drawn: readonly (number | null)[]],
): Record<string, Interval | null> =>
  Object.fromEntries(
    Object.entries(measures).map(([name, measure]) => {
      const [value, values] = valuesOf(measure)
      if (value === null) return [name, null]
      const told = values.filter(drawnValue => drawnValue !== null)
      return [name, { value, ...ends(told.length > 0 ? told : [value]) }]
    }),
  )
