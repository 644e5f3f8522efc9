import type { KnownRoadblock } from '../../domain/ports.ts'
import { featuresOf, joined, readAll, subjectsOf, type Reading } from './features.ts'
import { ordersMachine } from './machine-orders.ts'
import { knownSigns } from './known-roadblocks.ts'
import type { Meeting } from './meeting.ts'
import {
  probability,
  type Head,
  type HeadWeights,
  type Model,
  type TrainedHead,
  type World,
} from './model.ts'

/** A meeting with what the rules read and what the model makes of it. */
export interface Scored {
  readonly meeting: Meeting
  readonly readings: readonly Reading[]
  /** Hashed features per utterance. */
  readonly features: readonly Int32Array[]
  /** The same with what is talked about. */
  readonly subjects: readonly Int32Array[]
  readonly world: World
  readonly heads: Readonly<Record<Head, TrainedHead>>
  /** Probability per utterance, 0–1. */
  readonly scores: Readonly<Record<Head, readonly number[]>>
  readonly model: Model
}

/** Rules first, then the model of this meeting's world over what they saw. */
export function score(model: Model, meeting: Meeting, roadblocks: readonly KnownRoadblock[] = []): Scored {
  const world = meeting.pair ? 'pair' : 'group'
  const readings = readAll(meeting)
  const features = featuresOf(meeting, readings)
  const heads = model[world]
  const known = knownSigns(meeting, roadblocks)
  const lines = new Set(meeting.utterances.map(({ line }) => line))
  const lost = new Set([...lines].filter(ordersMachine))
  const spoken = (scores: readonly number[]) =>
    scores.map((p, i) => (lost.has(meeting.utterances[i]!.line) ? 0 : p))
  const obstacles = features.map((row, i) => joined(row, known[i]!))
  return {
    meeting,
    readings,
    features,
    subjects: subjectsOf(readings, features),
    world,
    heads,
    scores: {
      action: spoken(scoresOf(heads.action, features)),
      decision: spoken(scoresOf(heads.decision, features)),
      problem: spoken(scoresOf(heads.problem, obstacles)),
    },
    model,
  }
}

/** Probability of each utterance by one row of weights. */
export const scoresOf = (weights: HeadWeights, features: readonly Int32Array[]): number[] =>
  features.map(row => probability(weights, row))

/** Utterances that belong together, the best probability among them. */
export interface Cluster {
  readonly members: readonly number[]
  readonly best: number
}

/**
 * Utterances from the threshold on, those at most `gap` apart in one cluster; the `most` best
 * clusters, in order. A matter talked over for a while is one finding, not twenty.
 */
export function clusters(scores: readonly number[], threshold: number, gap: number, most: number): Cluster[] {
  const found: { members: number[]; best: number }[] = []
  scores.forEach((p, i) => {
    if (p < threshold) return
    const last = found.at(-1)
    if (last !== undefined && i - last.members.at(-1)! <= gap) {
      last.members.push(i)
      last.best = Math.max(last.best, p)
    } else found.push({ members: [i], best: p })
  })
  const kept = found.toSorted((a, b) => b.best - a.best).slice(0, most)
  return kept.toSorted((a, b) => a.members[0]! - b.members[0]!)
}
