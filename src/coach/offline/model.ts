/** Logistic regression over hashed features: one row of weights per thing looked for. */

export const heads = ['action', 'decision', 'problem'] as const
export type Head = (typeof heads)[number]

export interface HeadWeights {
  readonly bias: number
  readonly weights: Float32Array
}

export type Model = Readonly<Record<Head, HeadWeights>>

/** Probability that an utterance is of this kind, 0–1. */
export function probability({ bias, weights }: HeadWeights, features: Int32Array): number {
  let sum = bias
  for (const feature of features) sum += weights[feature]!
  return 1 / (1 + Math.exp(-sum))
}
