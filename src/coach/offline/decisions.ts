import type { ProposedDecision } from '../../domain/ports.ts'
import { confidence } from './model.ts'
import { clusters, type Scored } from './scored.ts'
import { proves, quoteOf } from './utterances.ts'
import { contentStems, overlap } from './words.ts'
import { sentence } from './wording.ts'

/** In a meeting of many a decision ripens over some minutes: utterances this near are one. */
const gap = 20
const most = 6
/** `readDecision` gives this to words that settle something by themselves and were agreed to. */
const agreedPlainly = 0.8

/** What was settled: said plainly, or proposed by one and agreed to by the other. */
export function decisions(scored: Scored): ProposedDecision[] {
  return scored.world === 'pair' ? settled(scored) : talkedOut(scored)
}

/** What was settled in so many words and agreed to is claimed unless the model finds it next to impossible. */
const hardly = 0.02
const beyondDoubt = 0.8

function settled({ readings, scores, heads }: Scored): ProposedDecision[] {
  const found: { decision: ProposedDecision; stems: Set<string> }[] = []
  readings.forEach(({ utterance, decision }, i) => {
    const isAgreed = decision !== null && decision.agreement !== null && decision.strength >= agreedPlainly
    // Plain words that the other agreed to need no score: they count as the least sure of those shown.
    const p = isAgreed ? Math.max(scores.decision[i]!, heads.decision.threshold) : scores.decision[i]!
    const plain = decision !== null && decision.strength >= beyondDoubt && p >= hardly
    if ((p < heads.decision.threshold && !plain) || utterance.question) return
    const stems = contentStems(utterance.words)
    const text = sentence(utterance.text)
    if (stems.size < 1 || text === '' || found.some(known => overlap(known.stems, stems) >= 0.67)) return
    const evidence = [quoteOf(utterance)]
    if (!proves(evidence)) return
    if (decision !== null && decision.agreement !== null) evidence.push(quoteOf(decision.agreement))
    found.push({ decision: { text, confidence: confidence(heads.decision, p), evidence }, stems })
  })
  return found.map(({ decision }) => decision)
}

function talkedOut({ readings, scores, heads }: Scored): ProposedDecision[] {
  return clusters(scores.decision, heads.decision.threshold, gap, most).flatMap(({ members, best }) => {
    const text = sentence(readings[members.find(i => scores.decision[i] === best)!]!.utterance.text)
    const evidence = members.map(i => quoteOf(readings[i]!.utterance))
    return text === '' || !proves(evidence)
      ? []
      : [{ text, confidence: confidence(heads.decision, best), evidence }]
  })
}
