import { readFileSync } from 'node:fs'

/** Buckets of the hashed features; a power of two. */
export const buckets = 1 << 16

/**
 * Logistic regression over hashed features: one row of weights per thing looked for, apart for
 * meetings of two and of more. The weights hold no word of anybody: a bucket number and a number.
 */
export const heads = ['action', 'decision', 'problem'] as const
export type Head = (typeof heads)[number]
export const worlds = ['pair', 'group'] as const
export type World = (typeof worlds)[number]

/** One row of weights, a number per bucket. */
export interface HeadWeights {
  readonly bias: number
  readonly weights: Float32Array
}

export interface TrainedHead extends HeadWeights {
  /** Utterances from this probability on are claimed. */
  readonly threshold: number
  /** Turns the log-odds of a claim into its confidence: 1 / (1 + exp(-(slope · x + offset))). */
  readonly calibration: { readonly slope: number; readonly offset: number }
}

export type Model = Readonly<Record<World, Readonly<Record<Head, TrainedHead>>>>

/** Probability that an utterance is of this kind, 0–1. */
export function probability({ bias, weights }: HeadWeights, features: Int32Array): number {
  let sum = bias
  for (const feature of features) sum += weights[feature]!
  return 1 / (1 + Math.exp(-sum))
}

/** The share of claims with this probability that a careful reader confirms, 0–1, in hundredths. */
export function confidence({ calibration }: TrainedHead, p: number): number {
  const clipped = Math.min(0.9999, Math.max(0.0001, p))
  const odds = Math.log(clipped / (1 - clipped))
  return Math.round(100 / (1 + Math.exp(-(calibration.slope * odds + calibration.offset)))) / 100
}

interface StoredHead {
  readonly bias: number
  /** One step of the stored weights. */
  readonly step: number
  readonly threshold: number
  readonly calibration: { readonly slope: number; readonly offset: number }
  /** Signed bytes, one per bucket, run-length coded (a zero is followed by how many zeros), in base64. */
  readonly weights: string
}
export type StoredModel = Readonly<Record<World, Readonly<Record<Head, StoredHead>>>>

const encodeHead = (head: TrainedHead): StoredHead => {
  const step = head.weights.reduce((top, weight) => Math.max(top, Math.abs(weight)), 1e-6) / 127
  const bytes: number[] = []
  for (let i = 0; i < head.weights.length; i++) {
    const value = Math.round(head.weights[i]! / step)
    if (value !== 0) {
      bytes.push(value & 0xff)
      continue
    }
    let run = 1
    while (run < 255 && i + 1 < head.weights.length && Math.round(head.weights[i + 1]! / step) === 0) {
      run += 1
      i += 1
    }
    bytes.push(0, run)
  }
  const { bias, threshold, calibration } = head
  return { bias, step, threshold, calibration, weights: Buffer.from(bytes).toString('base64') }
}

const decodeHead = (stored: StoredHead): TrainedHead => {
  const weights = new Float32Array(buckets)
  const bytes = Buffer.from(stored.weights, 'base64')
  let at = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 0) at += bytes[++i]!
    else weights[at++] = bytes.readInt8(i) * stored.step
  }
  if (at !== buckets)
    throw new Error(`The weights of the offline coach are broken: ${at} of ${buckets} buckets.`)
  return { bias: stored.bias, threshold: stored.threshold, calibration: stored.calibration, weights }
}

const mapModel = <A, B>(
  model: Readonly<Record<World, Readonly<Record<Head, A>>>>,
  change: (head: A) => B,
) => {
  const world = (of: Readonly<Record<Head, A>>) => ({
    action: change(of.action),
    decision: change(of.decision),
    problem: change(of.problem),
  })
  return { pair: world(model.pair), group: world(model.group) }
}

/** To bytes of one step each (a weight loses up to half a step) and back; what `weights.json` holds. */
export const encodeModel = (model: Model): StoredModel => mapModel(model, encodeHead)
export const decodeModel = (stored: StoredModel): Model => mapModel(stored, decodeHead)

/** Reads the weights that ship with the program. Throws when the file is missing or broken. */
export const shippedModel = (): Model =>
  decodeModel(JSON.parse(readFileSync(new URL('weights.json', import.meta.url), 'utf8')) as StoredModel)
