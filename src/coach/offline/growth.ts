import type { ProposedGrowth } from '../../domain/ports.ts'
import { scoresOf, type Scored } from './scored.ts'
import { quoteOf } from './utterances.ts'
import { sentence } from './wording.ts'

/** Sentences this near, in turns, are one matter. */
const near = 6

/** Talk about the report's future: ambitions, skills, the next role, room to stretch. */
export function growth({ meeting, subjects, model }: Scored): ProposedGrowth[] {
  if (!meeting.pair) return []
  const found: { growth: ProposedGrowth; turn: number }[] = []
  const scores = scoresOf(model.pair.growth, subjects)
  meeting.utterances.forEach((utterance, i) => {
    if (scores[i]! < model.pair.growth.threshold || utterance.words.length < 4) return
    const last = found.at(-1)
    if (last !== undefined && utterance.turn - last.turn <= near) {
      last.growth = { ...last.growth, evidence: [...last.growth.evidence, quoteOf(utterance)] }
      last.turn = utterance.turn
      return
    }
    const text = sentence(utterance.text)
    if (text !== '') found.push({ growth: { text, evidence: [quoteOf(utterance)] }, turn: utterance.turn })
  })
  return found.map(entry => entry.growth)
}
