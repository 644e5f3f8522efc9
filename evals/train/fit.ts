import type { Head, HeadWeights, TrainedHead, World } from '../../src/coach/offline/model.ts'
import { probability } from '../../src/coach/offline/model.ts'
import { clusters } from '../../src/coach/offline/scored.ts'
import { examplesOf, type Prepared } from './examples.ts'
import { train, type TrainOptions } from './logistic.ts'

/** Chosen by cross-validation on the development teams (see docs/offline-coach.md). */
export const options: Readonly<Record<World, Readonly<Record<Head, TrainOptions>>>> = {
  group: {
    action: { ridge: 35, iterations: 60, seldom: 3 },
    decision: { ridge: 35, iterations: 60, seldom: 3 },
    problem: { ridge: 50, iterations: 60, seldom: 3 },
  },
  pair: {
    action: { ridge: 2, iterations: 80, seldom: 2 },
    decision: { ridge: 1, iterations: 80, seldom: 2 },
    problem: { ridge: 0.5, iterations: 80, seldom: 2 },
  },
}
const folds = 4
/** β² of the F that thresholds are chosen by. */
const beta = 0.64
/** As the finders put utterances together. */
const shapes: Readonly<Record<World, Readonly<Record<Head, readonly [gap: number, most: number]>>>> = {
  group: { action: [0, 99], decision: [20, 6], problem: [20, 5] },
  pair: { action: [0, 99], decision: [0, 99], problem: [0, 99] },
}

/**
 * Weights from all of `prepared`; threshold and calibration from predictions for teams the weights
 * behind them had not seen (four folds over the teams).
 */
export function fit(prepared: readonly Prepared[], world: World, head: Head): TrainedHead {
  const marked = prepared.filter(meeting => meeting.labels[head].some(label => label !== null))
  const teams = [...new Set(marked.map(({ team }) => team))].toSorted()
  const unseen: { meeting: Prepared; scores: number[] }[] = []
  for (let fold = 0; fold < folds; fold++) {
    const out = new Set(teams.filter((_, i) => i % folds === fold))
    const weights = train(
      examplesOf(
        marked.filter(({ team }) => !out.has(team)),
        head,
      ),
      options[world][head],
    )
    for (const meeting of marked.filter(({ team }) => out.has(team)))
      unseen.push({ meeting, scores: scoresOf(weights, meeting) })
  }
  const threshold = bestThreshold(unseen, head)
  const calibration = calibrate(unseen, head, threshold, shapes[world][head])
  return { ...train(examplesOf(marked, head), options[world][head]), threshold, calibration }
}

export const scoresOf = (weights: HeadWeights, meeting: Prepared) =>
  meeting.features.map(row => probability(weights, row))

/**
 * The probability from which on claiming gives the best F over utterances, precision weighing more
 * than recall (β 0.8): an item nobody promised costs more trust than one that is missing.
 */
function bestThreshold(unseen: readonly { meeting: Prepared; scores: number[] }[], head: Head): number {
  const all = unseen.flatMap(({ meeting, scores }) =>
    scores.map((p, i) => ({ p, label: meeting.labels[head][i] })).filter(({ label }) => label !== null),
  )
  const sorted = all.toSorted((a, b) => b.p - a.p)
  const total = sorted.filter(({ label }) => label === 1).length
  let [hits, best, at] = [0, 0, 1]
  sorted.forEach(({ p, label }, i) => {
    if (label === 1) hits += 1
    const f = ((1 + beta) * hits) / (i + 1 + beta * total)
    if (f > best) [best, at] = [f, p]
  })
  return at
}

/** Logistic fit of "a claim touches a mark (two utterances of grace in a group)" on its log-odds. */
function calibrate(
  unseen: readonly { meeting: Prepared; scores: number[] }[],
  head: Head,
  threshold: number,
  [gap, most]: readonly [number, number],
) {
  const claims: { x: number; y: number }[] = []
  const grace = gap === 0 && most === 99 ? 0 : 2
  for (const { meeting, scores } of unseen) {
    // From half the threshold on: a slope needs claims on both sides of it.
    for (const { members, best } of clusters(scores, threshold / 2, gap, most)) {
      const hit = members.some(i =>
        meeting.labels[head].slice(Math.max(0, i - grace), i + grace + 1).includes(1),
      )
      claims.push({ x: Math.log(best / (1 - best)), y: hit ? 1 : 0 })
    }
  }
  let [slope, offset] = [1, 0]
  for (let i = 0; i < 4000; i++) {
    let [ds, d0] = [0.02 * (slope - 1), 0]
    for (const { x, y } of claims) {
      const error = 1 / (1 + Math.exp(-(slope * x + offset))) - y
      ds += error * x
      d0 += error
    }
    slope -= (0.5 * ds) / Math.max(1, claims.length)
    offset -= (0.5 * d0) / Math.max(1, claims.length)
  }
  return { slope: Math.round(slope * 1000) / 1000, offset: Math.round(offset * 1000) / 1000 }
}

export function fitWorld(prepared: readonly Prepared[], world: World): Readonly<Record<Head, TrainedHead>> {
  return {
    action: fit(prepared, world, 'action'),
    decision: fit(prepared, world, 'decision'),
    problem: fit(prepared, world, 'problem'),
  }
}
