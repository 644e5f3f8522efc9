import type { ProposedRoadblock } from '../../domain/ports.ts'
import { confidence } from './model.ts'
import { clusters, type Scored } from './scored.ts'
import { quoteOf } from './utterances.ts'
import { contentStems, overlap } from './words.ts'
import { sentence } from './wording.ts'

/** In a meeting of many an open question is turned over for some minutes: utterances this near are one. */
const gap = 20
const most = 5

/** What stands in the way, and what no longer does. */
export function roadblocks(scored: Scored): ProposedRoadblock[] {
  return scored.world === 'pair' ? plainlyTold(scored) : turnedOver(scored)
}

/** Less sure ones are not shown by default and are left out. */
const shownFrom = 0.4
/** Where no rule reads an obstacle the model must be this sure by itself. */
const alone = 0.6

/**
 * What is beyond doubt by rule needs no model, which has seen too few. Of four claims that only the
 * rule made in the sample's talks, three were marked.
 */
const sureByRule = 0.7

function plainlyTold({ readings, scores, heads }: Scored): ProposedRoadblock[] {
  const found: { roadblock: ProposedRoadblock; stems: Set<string>; turn: number }[] = []
  readings.forEach(({ utterance, roadblock }, i) => {
    const p = scores.problem[i]!
    const plain = roadblock?.beyondDoubt ?? false
    const needed = roadblock === null ? Math.max(alone, heads.problem.threshold) : heads.problem.threshold
    const sureness = Math.max(confidence(heads.problem, p), plain ? sureByRule : 0)
    if ((!plain && p < needed) || sureness < shownFrom || utterance.question) return
    const status = roadblock?.status ?? 'raised'
    const stems = contentStems(utterance.words)
    const twin = found.find(
      known => known.roadblock.status === status && sameMatter(known, stems, utterance.turn),
    )
    if (twin !== undefined) {
      twin.roadblock = { ...twin.roadblock, evidence: [...twin.roadblock.evidence, quoteOf(utterance)] }
      for (const word of stems) twin.stems.add(word)
      twin.turn = utterance.turn
      return
    }
    const text = sentence(utterance.text)
    if (text === '' || stems.size < 1) return
    found.push({
      roadblock: { text, status, confidence: sureness, evidence: [quoteOf(utterance)] },
      stems,
      turn: utterance.turn,
    })
  })
  return found.map(({ roadblock }) => roadblock)
}

/** The next sentences of one breath, or the same words again later. */
const sameMatter = (known: { stems: Set<string>; turn: number }, stems: Set<string>, turn: number) =>
  turn === known.turn || overlap(known.stems, stems) >= 0.5

function turnedOver({ readings, scores, heads }: Scored): ProposedRoadblock[] {
  return clusters(scores.problem, heads.problem.threshold, gap, most).flatMap(({ members, best }) => {
    const text = sentence(readings[members.find(i => scores.problem[i] === best)!]!.utterance.text)
    const evidence = members.map(i => quoteOf(readings[i]!.utterance))
    return text === ''
      ? []
      : [{ text, status: 'raised' as const, confidence: confidence(heads.problem, best), evidence }]
  })
}
