import { availableParallelism, cpus, release, totalmem, type } from 'node:os'

/** `full` are the sizes the bars are stated for; `small` shows in a minute or two that everything still runs. */
export type Size = 'small' | 'full'

/** One figure beside its alternative, measured in the same run. */
export interface Row {
  readonly what: string
  readonly figure: string
  /** What it is held against, and its figure. */
  readonly beside: string
  /** The figure as a multiple of its alternative's. */
  readonly ratio: string
  /** What the figure is to keep, and whether it did. */
  readonly bar: string
}

export interface Section {
  readonly title: string
  /** What was there to measure, and with what. */
  readonly about: string
  readonly rows: readonly Row[]
}

/** A part of the benchmark; what it fills on servers may be kept in a folder for the next run. */
export type Part = (size: Size, seed: number, keep: string | null) => Promise<Section>

export interface Spread {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly most: number
}

/** Percentiles by the nearest rank: each is a time that was really measured. */
export const spreadOf = (times: readonly number[]): Spread => {
  const sorted = Float64Array.from(times).toSorted()
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) }
}

/** Milliseconds that something takes. */
export const timed = async (work: () => unknown): Promise<number> => {
  const before = performance.now()
  await work()
  return performance.now() - before
}

/** The same `times` over, one after another; of each how long it took. `untold` runs come first and do not count. */
export const timedEach = async (
  times: number,
  work: (index: number) => unknown,
  untold = 0,
): Promise<number[]> => {
  const taken: number[] = []
  for (let index = -untold; index < times; index++) {
    const one = await timed(() => work(index < 0 ? index + untold : index))
    if (index >= 0) taken.push(one)
  }
  return taken
}

export interface Load extends Spread {
  readonly perSecond: number
}

/** As many at once as there are clients, each again as soon as it is answered. */
export const load = async (
  clients: number,
  milliseconds: number,
  ask: (client: number) => Promise<unknown>,
): Promise<Load> => {
  const begun = performance.now()
  const end = begun + milliseconds
  const times: number[] = []
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) times.push(await timed(() => ask(client)))
    }),
  )
  return { ...spreadOf(times), perSecond: (times.length / (performance.now() - begun)) * 1000 }
}

/** Several rounds as one: their middle rate, the percentiles of the middle round. */
export const middleOf = (rounds: readonly Load[]): Load => {
  const sorted = rounds.toSorted((one, other) => one.perSecond - other.perSecond)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (!middle) throw new RangeError('no rounds')
  return middle
}

const rounded = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2)

export const ms = (value: number): string => `${rounded(value)} ms`
export const seconds = (milliseconds: number): string => `${rounded(milliseconds / 1000)} s`
export const megabytes = (bytes: number): string => `${rounded(bytes / 1024 ** 2)} MB`
export const ratio = (one: number, other: number): string => `${rounded(one / other)} ×`
export const percentiles = ({ p50, p95, p99 }: Spread): string =>
  `p50 ${rounded(p50)}, p95 ${rounded(p95)}, p99 ${rounded(p99)} ms`
export const rates = (found: Load): string => `${rounded(found.perSecond)}/s; ${percentiles(found)}`

/** A bar and on which side of it a value lies; says so and fails nothing. */
export const atMost = (bar: number, value: number, unit = 'ms'): string =>
  `≤ ${bar} ${unit}: ${value <= bar ? 'kept' : 'missed'}`
export const atLeast = (bar: number, value: number, unit: string): string =>
  `≥ ${bar}${unit}: ${value >= bar ? 'kept' : 'missed'}`

const heading = ['what', 'figure', 'beside', 'ratio', 'bar'] as const

/** A section as a Markdown table, its columns aligned to be read in a terminal too. */
export const tableOf = ({ title, about, rows }: Section): string => {
  const cells = [heading, ...rows.map(row => heading.map(column => row[column]))]
  const widths = heading.map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [first = [], ...others] = cells
  const rule = widths.map(width => '-'.repeat(width))
  return [`### ${title}`, '', about, '', line(first), line(rule), ...others.map(line), ''].join('\n')
}

export const machine = (): string =>
  [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`,
    megabytes(totalmem()),
    `${type()} ${release()}`,
    `Node ${process.versions.node}`,
  ].join(', ')
