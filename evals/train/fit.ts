import { heads, type Head, type TrainedHead } from '../../src/coach/offline/model.ts'
import { clusters, scoresOf } from '../../src/coach/offline/scored.ts'
import { examplesOf, type Prepared } from './examples.ts'
import { train, type TrainOptions } from './logistic.ts'

/** Chosen by cross-validation on the development teams (see docs/offline-coach.md). */
export const options: Readonly<Record<Head, TrainOptions>> = {
  action: { ridge: 35, iterations: 60, seldom: 3 },
  decision: { ridge: 35, iterations: 60, seldom: 3 },
  problem: { ridge: 50, iterations: 60, seldom: 3 },
}
const folds = 4
/** β² of the F that thresholds are chosen by. */
const beta = 0.64
/** As the finders put utterances together. */
const shapes: Readonly<Record<Head, readonly [gap: number, most: number]>> = {
  action: [0, 99],
  decision: [20, 6],
  problem: [20, 5],
}

/**
 * Weights from all of `prepared`; threshold and calibration from predictions for teams the weights
 * behind them had not seen (four folds over the teams).
 */
function fit(prepared: readonly Prepared[], head: Head): TrainedHead {
  const marked = prepared.filter(meeting => meeting.labels[head]?.some(label => label !== null))
  const teams = [...new Set(marked.map(({ team }) => team))].toSorted()
  const unseen: { meeting: Prepared; scores: number[] }[] = []
  for (let fold = 0; fold < folds; fold++) {
    const out = new Set(teams.filter((_, i) => i % folds === fold))
    const weights = train(
      examplesOf(
        marked.filter(({ team }) => !out.has(team)),
        head,
      ),
      options[head],
    )
    for (const meeting of marked.filter(({ team }) => out.has(team)))
      unseen.push({ meeting, scores: scoresOf(weights, meeting.features) })
  }
  const threshold = bestThreshold(unseen, head)
  const calibration = calibrate(unseen, head, threshold)
  return { ...train(examplesOf(marked, head), options[head]), threshold, calibration }
}

/**
 * The probability from which on claiming gives the best F over utterances, precision weighing more
 * than recall (β 0.8): an item nobody promised costs more trust than one that is missing.
 */
function bestThreshold(unseen: readonly { meeting: Prepared; scores: number[] }[], head: Head): number {
  const all = unseen.flatMap(({ meeting, scores }) =>
    scores.map((p, i) => ({ p, label: meeting.labels[head]![i] })).filter(({ label }) => label !== null),
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

/** Logistic fit of "a claim touches a mark, two utterances of grace given" on its log-odds. */
function calibrate(
  unseen: readonly { meeting: Prepared; scores: number[] }[],
  head: Head,
  threshold: number,
) {
  const [gap, most] = shapes[head]
  const claims: { x: number; y: number }[] = []
  const grace = gap === 0 && most === 99 ? 0 : 2
  for (const { meeting, scores } of unseen) {
    // From half the threshold on: a slope needs claims on both sides of it.
    for (const { members, best } of clusters(scores, threshold / 2, gap, most)) {
      const hit = members.some(i =>
        meeting.labels[head]!.slice(Math.max(0, i - grace), i + grace + 1).includes(1),
      )
      claims.push({ x: logOdds(best), y: hit ? 1 : 0 })
    }
  }
  return platt(claims)
}

export const logOdds = (p: number) => Math.log(p / (1 - p))

/** Slope and offset of the logistic curve through claims that were right (1) or not (0). */
export function platt(claims: readonly { x: number; y: number }[]): { slope: number; offset: number } {
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

/** The three heads of meetings of more than two. */
export const fitGroup = (prepared: readonly Prepared[]) =>
  Object.fromEntries(heads.map(head => [head, fit(prepared, head)])) as Record<Head, TrainedHead>
