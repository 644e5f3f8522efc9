import { offlineCoach } from '../../src/coach/offline/coach.ts'
import {
  pairHeads,
  talkHeads,
  type HeadWeights,
  type Model,
  type PairHead,
  type TalkHead,
  type TrainedHead,
} from '../../src/coach/offline/model.ts'
import { scoresOf } from '../../src/coach/offline/scored.ts'
import { examplesOf, type Prepared } from './examples.ts'
import { logOdds, platt } from './fit.ts'
import { train, type TrainOptions } from './logistic.ts'
import { prepareTalk } from './talk-examples.ts'
import { emptyTally, tally, type Tally } from './talk-score.ts'
import type { WrittenTalk } from './talks.ts'

/** Chosen by cross-validation over the written talks (see docs/offline-coach.md). */
const options: Readonly<Record<PairHead | 'talk' | 'update', TrainOptions>> = {
  action: { ridge: 6, iterations: 60, seldom: 2 },
  decision: { ridge: 6, iterations: 60, seldom: 2 },
  problem: { ridge: 6, iterations: 60, seldom: 2 },
  feedback: { ridge: 6, iterations: 60, seldom: 2 },
  growth: { ridge: 6, iterations: 60, seldom: 2 },
  talk: { ridge: 8, iterations: 60, seldom: 2 },
  update: { ridge: 3, iterations: 60, seldom: 3 },
}
const folds = 5
/**
 * β² of the F that thresholds are chosen by: below 1 precision weighs more. Most for roadblocks, of which
 * the written talks hold more than a common meeting does.
 */
const beta: Readonly<Record<PairHead | 'update', number>> = {
  action: 0.64,
  decision: 0.64,
  problem: 0.25,
  feedback: 0.64,
  growth: 0.8,
  update: 0.64,
}
/** No lower than this, whatever the written talks say: they are denser than meetings are. */
const floors: Readonly<Partial<Record<PairHead, number>>> = { action: 0.3, problem: 0.3 }
/** Claims below this are not worth learning a threshold from. */
const lowest = 0.08

type PairModel = Pick<Model, 'pair' | 'talk' | 'update'>
type Claims = Tally['sure']

/** A written talk in each voice it is heard in, with what training needs of it. */
export interface Heard {
  readonly talks: readonly WrittenTalk[]
  readonly prepared: readonly Prepared[]
}

export const hear = (talks: readonly WrittenTalk[]): Heard => ({ talks, prepared: talks.map(prepareTalk) })

const weightsOf = (prepared: readonly Prepared[]) => ({
  pair: Object.fromEntries(
    pairHeads.map(head => [head, train(examplesOf(prepared, head), options[head])]),
  ) as Record<PairHead, HeadWeights>,
  talk: Object.fromEntries(
    talkHeads.map(label => [label, train(talkExamples(prepared, label), options.talk)]),
  ) as Record<TalkHead, HeadWeights>,
  update: train(
    prepared.flatMap(({ mentions }) => mentions ?? []),
    options.update,
  ),
})

const talkExamples = (prepared: readonly Prepared[], label: TalkHead) =>
  prepared.flatMap(({ features, subjects, talk }) =>
    (talk ?? []).map((said, i) => ({
      features: (subjects ?? features)[i]!,
      label: said === label ? (1 as const) : (0 as const),
      weight: 1,
    })),
  )

const plain = { threshold: lowest, calibration: { slope: 1, offset: 0 } }
type Fixed = Readonly<Record<PairHead | 'update', Pick<TrainedHead, 'threshold' | 'calibration'>>>

const withThresholds = ({ pair, talk, update }: ReturnType<typeof weightsOf>, fixed?: Fixed): PairModel => ({
  pair: Object.fromEntries(
    pairHeads.map(head => [head, { ...pair[head], ...(fixed?.[head] ?? plain) }]),
  ) as Record<PairHead, TrainedHead>,
  talk,
  update: { ...update, ...(fixed?.update ?? plain) },
})

/**
 * Trains on all talks and snippets. Thresholds and calibration come from claims about talks that the
 * weights behind them had not seen, item by item as a reader sees them; `unseen` is the tally of those.
 */
export async function fitPair(
  heard: Heard,
  snippets: readonly Prepared[],
  group: Model['group'],
): Promise<{ model: PairModel; unseen: Readonly<Record<'written' | 'Rapport-12', Tally>> }> {
  const teams = [...new Set(heard.talks.map(({ team }) => team))]
  const parts = Array.from({ length: folds }, (none, fold) => {
    const out = new Set(teams.filter((_, i) => i % folds === fold))
    const seen = heard.prepared.filter(({ team }) => !out.has(team))
    return {
      weights: weightsOf([...seen, ...snippets]),
      talks: heard.talks.filter(({ team }) => out.has(team)),
      prepared: heard.prepared.filter(({ team }) => out.has(team)),
    }
  })
  const raw = emptyTally()
  // Of a written talk's open items each is spoken of: only a series teaches how often none is.
  const series = emptyTally()
  for (const { weights, talks } of parts) {
    await addTo(raw, talks, { group, ...withThresholds(weights) })
    const twelves = talks.filter(({ id, team }) => id !== team)
    await addTo(series, twelves, { group, ...withThresholds(weights) })
  }
  const settled = Object.fromEntries(
    pairHeads.map(head => [
      head,
      head === 'feedback' || head === 'growth'
        ? settle(
            head,
            parts.flatMap(part => utteranceClaims(part, head)),
            null,
          )
        : settle(head, raw.claims[head], raw.by[headKinds[head]].gold),
    ]),
  )
  const fixed = {
    ...settled,
    update: settle('update', series.claims.update, series.by.update.gold),
  } as Fixed
  const unseen = { written: emptyTally(), 'Rapport-12': emptyTally() }
  for (const { weights, talks } of parts) {
    const fitted = { group, ...withThresholds(weights, fixed) }
    // A written talk is a team of its own; pairs of Rapport-12 are teams of twelve.
    const written = talks.filter(({ id, team }) => id === team)
    await addTo(unseen.written, written, fitted)
    await addTo(
      unseen['Rapport-12'],
      talks.filter(({ id, team }) => id !== team),
      fitted,
    )
  }
  return { model: withThresholds(weightsOf([...heard.prepared, ...snippets]), fixed), unseen }
}

export const headKinds = {
  action: 'action',
  decision: 'decision',
  problem: 'roadblock',
  feedback: 'feedback',
  growth: 'growth',
} as const

export async function addTo(total: Tally, talks: readonly WrittenTalk[], model: Model): Promise<void> {
  const coach = offlineCoach(model)
  for (const talk of talks) {
    const { lines, roster, openItems } = talk
    tally(total, talk, await coach.extract({ lines, roster, openItems }))
  }
}

interface Part {
  readonly weights: ReturnType<typeof weightsOf>
  readonly prepared: readonly Prepared[]
}

/** What carries no confidence is settled utterance by utterance. */
function utteranceClaims({ weights, prepared }: Part, head: 'feedback' | 'growth'): Claims {
  return prepared.flatMap(({ features, subjects, labels }) =>
    scoresOf(weights.pair[head], head === 'growth' ? (subjects ?? features) : features).map((p, i) => ({
      p: Math.round(p * 100) / 100,
      hit: labels[head]?.[i] === 1,
    })),
  )
}

/** The threshold with the best F (β 0.8) over claims, and the curve from log-odds to the share that was right. */
function settle(head: PairHead | 'update', claims: Claims, marked: number | null) {
  const gold = marked ?? claims.filter(({ hit }) => hit).length
  const sorted = claims.toSorted((a, b) => b.p - a.p)
  let [hits, best, threshold] = [0, 0, 1]
  sorted.forEach(({ p, hit }, i) => {
    if (hit) hits += 1
    const f = ((1 + beta[head]) * hits) / (i + 1 + beta[head] * gold)
    if (f > best && sorted[i + 1]?.p !== p) [best, threshold] = [f, p]
  })
  threshold = Math.max(threshold, (head === 'update' ? 0 : floors[head]) ?? 0)
  const calibration = platt(
    claims.map(({ p, hit }) => ({ x: logOdds(Math.min(0.995, Math.max(0.005, p))), y: hit ? 1 : 0 })),
  )
  return { threshold, calibration }
}
