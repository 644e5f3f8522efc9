import type { ProposedRoadblock } from '../../domain/ports.ts'
import { confidence } from './model.ts'
import { clusters, type Scored } from './scored.ts'
import { proves, quoteOf } from './utterances.ts'
import { contentStems, overlap } from './words.ts'
import { sentence } from './wording.ts'

/** In a meeting of many an open question is turned over for some minutes: utterances this near are one. */
const gap = 20
const most = 5

/** What stands in the way, and what no longer does. */
export function roadblocks(scored: Scored): ProposedRoadblock[] {
  return scored.world === 'pair' ? plainlyTold(scored) : turnedOver(scored)
}

/** What is beyond doubt by rule is claimed unless the model finds it next to impossible. */
const hardly = 0.02
/** Of claims that only this rule made in the talks of the sample, three in four were marked. */
const sureByRule = 0.7

function plainlyTold({ readings, scores, heads }: Scored): ProposedRoadblock[] {
  const found: { roadblock: ProposedRoadblock; stems: Set<string>; turn: number }[] = []
  readings.forEach(({ utterance, roadblock }, i) => {
    const p = scores.problem[i]!
    const plain = (roadblock?.beyondDoubt ?? false) && p >= hardly
    if ((p < heads.problem.threshold && !plain) || utterance.question) return
    const sureness = Math.max(confidence(heads.problem, p), plain ? sureByRule : 0)
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
    if (text === '' || stems.size < 1 || !proves([quoteOf(utterance)])) return
    found.push({
      roadblock: { text, status, confidence: sureness, evidence: [quoteOf(utterance)] },
      stems,
      turn: utterance.turn,
    })
  })
  return found.map(({ roadblock }) => roadblock)
}

/** How many turns one matter is told over: told, asked about, told on. */
const telling = 4
/** What is told on within a few turns, or the same words again later. */
const sameMatter = (known: { stems: Set<string>; turn: number }, stems: Set<string>, turn: number) =>
  turn - known.turn <= telling || overlap(known.stems, stems) >= 0.5

function turnedOver({ readings, scores, heads }: Scored): ProposedRoadblock[] {
  return clusters(scores.problem, heads.problem.threshold, gap, most).flatMap(({ members, best }) => {
    const text = sentence(readings[members.find(i => scores.problem[i] === best)!]!.utterance.text)
    const evidence = members.map(i => quoteOf(readings[i]!.utterance))
    return text === '' || !proves(evidence)
      ? []
      : [{ text, status: 'raised' as const, confidence: confidence(heads.problem, best), evidence }]
  })
}
