import { readFileSync } from 'node:fs'

/** Buckets of the hashed features; a power of two. */
export const buckets = 1 << 16

/**
 * Logistic regression over hashed features: one row of weights per thing looked for, apart for
 * meetings of two and of more. The weights hold no word of anybody: a bucket number and a number.
 */
export const heads = ['action', 'decision', 'problem'] as const
export type Head = (typeof heads)[number]
/** What is looked for in talks of two only. */
export const pairHeads = [...heads, 'feedback', 'growth'] as const
export type PairHead = (typeof pairHeads)[number]
/** Kinds of talk the model tells apart; which way feedback goes is told by who gives it. */
export const talkHeads = [
  'rapport',
  'wellbeing',
  'growth',
  'feedback',
  'roadblock',
  'priorities',
  'status',
  'logistics',
] as const
export type TalkHead = (typeof talkHeads)[number]
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

interface ModelOf<Trained, Plain> {
  readonly pair: Readonly<Record<PairHead, Trained>>
  readonly group: Readonly<Record<Head, Trained>>
  readonly talk: Readonly<Record<TalkHead, Plain>>
  /** Whether what is said is about an open item; over signs of its own, in meetings of any size. */
  readonly update: Trained
  /** Whether what is said of it is that it is done. */
  readonly kept: Plain
}
export type Model = ModelOf<TrainedHead, HeadWeights>

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

interface StoredWeights {
  readonly bias: number
  /** One step of the stored weights. */
  readonly step: number
  /** Signed bytes, one per bucket, run-length coded (a zero is followed by how many zeros), in base64. */
  readonly weights: string
}
interface StoredHead extends StoredWeights {
  readonly threshold: number
  readonly calibration: { readonly slope: number; readonly offset: number }
}
export type StoredModel = ModelOf<StoredHead, StoredWeights>

const encodeWeights = ({ bias, weights }: HeadWeights): StoredWeights => {
  const step = weights.reduce((top, weight) => Math.max(top, Math.abs(weight)), 1e-6) / 127
  const bytes: number[] = []
  for (let i = 0; i < weights.length; i++) {
    const value = Math.round(weights[i]! / step)
    if (value !== 0) {
      bytes.push(value & 0xff)
      continue
    }
    let run = 1
    while (run < 255 && i + 1 < weights.length && Math.round(weights[i + 1]! / step) === 0) {
      run += 1
      i += 1
    }
    bytes.push(0, run)
  }
  return { bias, step, weights: Buffer.from(bytes).toString('base64') }
}

const decodeWeights = (stored: StoredWeights): HeadWeights => {
  const weights = new Float32Array(buckets)
  const raw = Buffer.from(stored.weights, 'base64')
  const bytes = new Int8Array(raw.buffer, raw.byteOffset, raw.length)
  let at = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 0) at += bytes[++i]! & 0xff
    else weights[at++] = bytes[i]! * stored.step
  }
  if (at !== buckets)
    throw new Error(`The weights of the offline coach are broken: ${at} of ${buckets} buckets.`)
  return { bias: stored.bias, weights }
}

const mapHeads = <Name extends string, A, B>(of: Readonly<Record<Name, A>>, change: (head: A) => B) =>
  Object.fromEntries(Object.entries<A>(of).map(([name, head]) => [name, change(head)])) as Record<Name, B>

const mapModel = <A, B, C, D>(
  { pair, group, talk, update, kept }: ModelOf<A, B>,
  head: (of: A) => C,
  plain: (of: B) => D,
): ModelOf<C, D> => ({
  pair: mapHeads(pair, head),
  group: mapHeads(group, head),
  talk: mapHeads(talk, plain),
  update: head(update),
  kept: plain(kept),
})

/** To bytes of one step each (a weight loses up to half a step) and back; what `weights.json` holds. */
export const encodeModel = (model: Model): StoredModel =>
  mapModel(
    model,
    head => ({ threshold: head.threshold, calibration: head.calibration, ...encodeWeights(head) }),
    encodeWeights,
  )
export const decodeModel = (stored: StoredModel): Model =>
  mapModel(
    stored,
    head => ({ threshold: head.threshold, calibration: head.calibration, ...decodeWeights(head) }),
    decodeWeights,
  )

/** Reads the weights that ship with the program. Throws when the file is missing or broken. */
export const shippedModel = (): Model =>
  decodeModel(JSON.parse(readFileSync(new URL('weights.json', import.meta.url), 'utf8')) as StoredModel)
