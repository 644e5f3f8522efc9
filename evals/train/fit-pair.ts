import { offlineCoach } from '../../src/coach/offline/coach.ts'
import { meetingOf, type Meeting } from '../../src/coach/offline/meeting.ts'
import {
  buckets,
  pairHeads,
  talkHeads,
  type HeadWeights,
  type Model,
  type PairHead,
  type TalkHead,
  type TrainedHead,
} from '../../src/coach/offline/model.ts'
import { outcomeFeatures } from '../../src/coach/offline/update-signs.ts'
import { ruleOf, spokenOf } from '../../src/coach/offline/updates.ts'
import type { Embedder, OpenItem } from '../../src/domain/ports.ts'
import { scoresOf } from '../../src/coach/offline/scored.ts'
import { examplesOf, type Prepared } from './examples.ts'
import { logOdds, platt } from './fit.ts'
import { train, type Example, type TrainOptions } from './logistic.ts'
import { emptySeriesTally, holdSeries, lastStatus, tallySeries, type SeriesTally } from './series-run.ts'
import { mentionExamples, prepareTalk } from './talk-examples.ts'
import { emptyTally, tally, type Tally } from './talk-score.ts'
import type { WrittenTalk } from './talks.ts'

/** Chosen by cross-validation over the written talks (see docs/offline-coach.md). */
const options: Readonly<Record<PairHead | 'talk' | 'update' | 'kept', TrainOptions>> = {
  action: { ridge: 6, iterations: 60, seldom: 2 },
  decision: { ridge: 6, iterations: 60, seldom: 2 },
  problem: { ridge: 6, iterations: 60, seldom: 2 },
  feedback: { ridge: 6, iterations: 60, seldom: 2 },
  growth: { ridge: 6, iterations: 60, seldom: 2 },
  talk: { ridge: 8, iterations: 60, seldom: 2 },
  update: { ridge: 3, iterations: 60, seldom: 3 },
  kept: { ridge: 3, iterations: 60, seldom: 2 },
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
  update: 0.4,
}
/** No lower than this, whatever the written talks say: they are denser than meetings are. */
const floors: Readonly<Partial<Record<PairHead, number>>> = { action: 0.4, problem: 0.4 }
/** Claims below this are not worth learning a threshold from. */
const lowest = 0.08

type PairModel = Pick<Model, 'pair' | 'talk' | 'update' | 'kept'>
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
})
type Weights = ReturnType<typeof weightsOf>
type UpdateWeights = Record<'update' | 'kept', HeadWeights>

const talkExamples = (prepared: readonly Prepared[], label: TalkHead) =>
  prepared.flatMap(({ features, subjects, talk }) =>
    (talk ?? []).map((said, i) => ({
      features: (subjects ?? features)[i]!,
      label: said === label ? (1 as const) : (0 as const),
      weight: 1,
    })),
  )

const plain = { threshold: lowest, calibration: { slope: 1, offset: 0 } }
type Fixed = Readonly<Partial<Record<PairHead | 'update', Pick<TrainedHead, 'threshold' | 'calibration'>>>>

const noWeights: HeadWeights = { bias: -9, weights: new Float32Array(buckets) }
const withThresholds = (
  { pair, talk }: Weights,
  { update, kept }: UpdateWeights = { update: noWeights, kept: noWeights },
  fixed?: Fixed,
): PairModel => ({
  pair: Object.fromEntries(
    pairHeads.map(head => [head, { ...pair[head], ...(fixed?.[head] ?? plain) }]),
  ) as Record<PairHead, TrainedHead>,
  talk,
  update: { ...update, ...(fixed?.update ?? plain) },
  kept,
})

/** What weights made of talks they had not seen; updates and links over whole series. */
export interface Unseen {
  readonly tally: Tally
  readonly series: SeriesTally
}

/**
 * Trains on all talks and snippets. Thresholds and calibration come from claims about talks that the
 * weights behind them had not seen, item by item as a reader sees them; `unseen` is the tally of those.
 */
export async function fitPair(
  heard: Heard,
  snippets: readonly Prepared[],
  group: Model['group'],
  embedder: Embedder | null = null,
): Promise<{
  model: PairModel
  unseen: Readonly<Record<'written' | 'series' | 'Rapport-12', Unseen>>
}> {
  const teams = [...new Set(heard.talks.map(({ team }) => team))]
  const parts = Array.from({ length: folds }, (none, fold): Part => {
    const out = new Set(teams.filter((_, i) => i % folds === fold))
    const seen = heard.prepared.filter(({ team }) => !out.has(team))
    return {
      teams: out,
      weights: weightsOf([...seen, ...snippets]),
      talks: heard.talks.filter(({ team }) => out.has(team)),
      prepared: heard.prepared.filter(({ team }) => out.has(team)),
    }
  })
  const raw = emptyTally()
  for (const { weights, talks } of parts) await addTo(raw, talks, { group, ...withThresholds(weights) })
  const settled: Fixed = Object.fromEntries(
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
  const lessons = await lessonsOf(parts, ({ weights }) => ({
    group,
    ...withThresholds(weights, undefined, settled),
  }))
  const updates = parts.map(({ teams: out }) => updateWeights(lessons, out))
  const told = emptySeriesTally()
  for (const [i, { weights, talks }] of parts.entries())
    await addSeries(told, talks, { group, ...withThresholds(weights, updates[i], settled) }, null)
  const fixed = { ...settled, update: settle('update', told.claims, told.updates.gold) }
  const unseen = {
    written: { tally: emptyTally(), series: emptySeriesTally() },
    series: { tally: emptyTally(), series: emptySeriesTally() },
    'Rapport-12': { tally: emptyTally(), series: emptySeriesTally() },
  }
  for (const [i, { weights, talks }] of parts.entries()) {
    const fitted = { group, ...withThresholds(weights, updates[i], fixed) }
    for (const [name, here] of Map.groupBy(talks, kindOf)) {
      await addTo(unseen[name].tally, here, fitted)
      if (name !== 'written') await addSeries(unseen[name].series, here, fitted, embedder)
    }
  }
  const all = weightsOf([...heard.prepared, ...snippets])
  return { model: withThresholds(all, updateWeights(lessons, new Set()), fixed), unseen }
}

/** A written talk alone is a team of its own. */
const kindOf = ({ id, team }: WrittenTalk) =>
  id === team ? 'written' : team.endsWith('Rapport-12') ? 'Rapport-12' : 'series'

/** The meetings of one pair in order, once for each voice they are heard in. */
const seriesIn = (talks: readonly WrittenTalk[]): WrittenTalk[][] => {
  const found: WrittenTalk[][] = []
  for (const meetings of Map.groupBy(talks, ({ team }) => team).values())
    for (const talk of meetings) {
      if (kindOf(talk) === 'written') continue
      if (talk.id === meetings[0]!.id) found.push([])
      found.at(-1)!.push(talk)
    }
  return found
}

async function addSeries(
  total: SeriesTally,
  talks: readonly WrittenTalk[],
  model: Model,
  embedder: Embedder | null,
) {
  for (const series of seriesIn(talks))
    tallySeries(total, await holdSeries(series, offlineCoach(model), 'coach', embedder))
}

/** A talk with what was open in it, as the coach worded it, and what a reader calls each. */
interface Lesson {
  readonly talk: WrittenTalk
  readonly meeting: Meeting
  readonly openItems: readonly OpenItem[]
  readonly nameOf: (id: string) => string | undefined
  readonly mentions: readonly Example[]
}

/** Open items to learn from are those which weights found that had not seen the talk: in their own words. */
async function lessonsOf(parts: readonly Part[], modelOf: (part: Part) => Model): Promise<Lesson[]> {
  const lessons: Lesson[] = []
  const add = (talk: WrittenTalk, openItems: readonly OpenItem[], nameOf: Lesson['nameOf']) => {
    const meeting = meetingOf(talk)
    lessons.push({
      talk,
      meeting,
      openItems,
      nameOf,
      mentions: mentionExamples(talk, meeting, openItems, nameOf),
    })
  }
  for (const part of parts) {
    for (const talk of part.talks) if (kindOf(talk) === 'written') add(talk, talk.openItems, id => id)
    for (const series of seriesIn(part.talks))
      for (const { talk, openItems, marked } of await holdSeries(
        series,
        offlineCoach(modelOf(part)),
        'reader',
        null,
      ))
        add(talk, openItems, id => marked.get(id))
  }
  return lessons
}

/** Weights that tell what is spoken of and what became of it, from all lessons but those of some teams. */
function updateWeights(lessons: readonly Lesson[], without: ReadonlySet<string>): UpdateWeights {
  const seen = lessons.filter(({ talk }) => !without.has(talk.team))
  const update = train(
    seen.flatMap(({ mentions }) => mentions),
    options.update,
  )
  const head = { ...update, ...plain, threshold: worthReading }
  const kept = train(
    seen.flatMap(({ talk, meeting, openItems, nameOf }) =>
      spokenOf(meeting, openItems, head).flatMap(({ mention, told }): Example[] => {
        const status = lastStatus(talk, nameOf(openItems[mention.item]!.id))
        if (status === null) return []
        const features = outcomeFeatures(meeting, openItems, mention, ruleOf(told))
        return [{ features, label: status === 'done' ? 1 : 0, weight: 1 }]
      }),
    ),
    options.kept,
  )
  return { update, kept }
}
/** From here on what is said of an item is worth learning its outcome from. */
const worthReading = 0.05

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
    const { lines, roster, roadblocks = [] } = talk
    // What is open in a series the coach has found itself: that is tallied over the whole of it.
    const openItems = kindOf(talk) === 'written' ? talk.openItems : []
    tally(total, talk, await coach.extract({ lines, roster, openItems, roadblocks }))
  }
}

interface Part {
  readonly teams: ReadonlySet<string>
  readonly weights: Weights
  readonly talks: readonly WrittenTalk[]
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
  // What is far from being claimed would bend the curve where it is read.
  const near = claims.filter(({ p }) => p >= threshold / 2)
  const calibration = platt(
    near.map(({ p, hit }) => ({ x: logOdds(Math.min(0.995, Math.max(0.005, p))), y: hit ? 1 : 0 })),
  )
  return { threshold, calibration }
}
