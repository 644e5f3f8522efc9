import { buckets } from '../../src/coach/offline/model.ts'
import type { HeadWeights } from '../../src/coach/offline/model.ts'

export interface Example {
  readonly features: Int32Array
  readonly label: 0 | 1
  /** How much the example counts; 1 is plain. */
  readonly weight: number
}

export interface TrainOptions {
  /** Strength of the pull towards zero: λ in loss + λ/2·|w|². */
  readonly ridge: number
  readonly iterations: number
  /** Buckets seen in fewer examples than this stay at zero. */
  readonly seldom: number
}

/**
 * Logistic regression with L2 by L-BFGS: full batch, no chance in it, so the same examples always
 * give the same weights. The bias is the last number and is not pulled to zero.
 */
export function train(examples: readonly Example[], options: TrainOptions): HeadWeights {
  const { columns, rows } = compact(examples, options.seldom)
  const size = columns.length + 1
  const loss = objective(examples, rows, size, options.ridge)
  let point = new Float64Array(size)
  const positive = examples.reduce((sum, { label, weight }) => sum + label * weight, 0)
  const total = examples.reduce((sum, { weight }) => sum + weight, 0)
  point[size - 1] = Math.log((positive + 0.5) / (total - positive + 0.5))
  let { value, gradient } = loss(point)
  const memory: { step: Float64Array; change: Float64Array; rho: number }[] = []
  for (let i = 0; i < options.iterations; i++) {
    const direction = descent(gradient, memory)
    const moved = search(loss, point, value, gradient, direction, i === 0)
    if (moved === null) break
    const step = moved.point.map((x, k) => x - point[k]!)
    const change = moved.gradient.map((x, k) => x - gradient[k]!)
    const curve = dot(step, change)
    if (curve > 1e-10) {
      memory.push({ step, change, rho: 1 / curve })
      if (memory.length > 8) memory.shift()
    }
    const gained = value - moved.value
    ;({ point, value, gradient } = moved)
    if (gained < 1e-5 * Math.max(1, value)) break
  }
  const weights = new Float32Array(buckets)
  columns.forEach((bucket, k) => (weights[bucket] = point[k]!))
  return { bias: point[size - 1]!, weights }
}

/** Numbers the buckets that are seen often enough from 0 on. */
function compact(examples: readonly Example[], seldom: number) {
  const counts = new Int32Array(buckets)
  for (const { features } of examples) for (const feature of features) counts[feature]! += 1
  const place = new Int32Array(buckets).fill(-1)
  const columns: number[] = []
  counts.forEach((count, bucket) => {
    if (count < seldom) return
    place[bucket] = columns.length
    columns.push(bucket)
  })
  const rows = examples.map(({ features }) => features.map(feature => place[feature]!).filter(at => at >= 0))
  return { columns, rows }
}

function objective(examples: readonly Example[], rows: readonly Int32Array[], size: number, ridge: number) {
  return (point: Float64Array) => {
    const gradient = new Float64Array(size)
    let value = 0
    rows.forEach((row, i) => {
      const { label, weight } = examples[i]!
      let sum = point[size - 1]!
      for (let k = 0; k < row.length; k++) sum += point[row[k]!]!
      const margin = label === 1 ? sum : -sum
      value += weight * (margin > 0 ? Math.log1p(Math.exp(-margin)) : -margin + Math.log1p(Math.exp(margin)))
      const slope = weight * (1 / (1 + Math.exp(-sum)) - label)
      for (let k = 0; k < row.length; k++) gradient[row[k]!]! += slope
      gradient[size - 1]! += slope
    })
    for (let k = 0; k < size - 1; k++) {
      value += 0.5 * ridge * point[k]! * point[k]!
      gradient[k]! += ridge * point[k]!
    }
    return { value, gradient }
  }
}

type Loss = ReturnType<typeof objective>

function descent(
  gradient: Float64Array,
  memory: readonly { step: Float64Array; change: Float64Array; rho: number }[],
): Float64Array {
  const direction = gradient.map(x => -x)
  const shares: number[] = []
  for (const { step, change, rho } of memory.toReversed()) {
    const share = rho * dot(step, direction)
    shares.push(share)
    add(direction, change, -share)
  }
  const last = memory.at(-1)
  if (last !== undefined) {
    const scale = dot(last.step, last.change) / dot(last.change, last.change)
    for (let k = 0; k < direction.length; k++) direction[k]! *= scale
  }
  for (const { step, change, rho } of memory)
    add(direction, step, shares.pop()! - rho * dot(change, direction))
  return direction
}

/** Halves the step until the loss falls enough (Armijo); null when it no longer does. */
function search(
  loss: Loss,
  point: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  first: boolean,
) {
  const slope = dot(gradient, direction)
  if (slope >= 0) return null
  let length = first ? 1 / Math.sqrt(dot(gradient, gradient)) : 1
  for (let i = 0; i < 20; i++) {
    const next = point.map((x, k) => x + length * direction[k]!)
    const there = loss(next)
    if (there.value <= value + 1e-4 * length * slope) return { point: next, ...there }
    length /= 2
  }
  return null
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}

function add(a: Float64Array, b: Float64Array, by: number): void {
  for (let k = 0; k < a.length; k++) a[k]! += by * b[k]!
}
