import type { ProposedFeedback } from '../../domain/ports.ts'
import { behavioral } from './feedback-words.ts'
import { roleOf } from './meeting.ts'
import { scoresOf, type Scored } from './scored.ts'
import { quoteOf, type Utterance } from './utterances.ts'
import { sentence } from './wording.ts'

/** Sentences of one speaker this near, in turns, are one piece of feedback. */
const breath = 4

/** Feedback given in the meeting. Needs to know who is manager and who is report; without that, none. */
export function feedback({ meeting, features, model }: Scored): ProposedFeedback[] {
  if (meeting.roster.manager === null || meeting.roster.report === null || !meeting.pair) return []
  const found: { feedback: ProposedFeedback; turn: number }[] = []
  const scores = scoresOf(model.pair.feedback, features)
  meeting.utterances.forEach((utterance, i) => {
    const role = roleOf(meeting, utterance.speaker)
    if (role === null || scores[i]! < model.pair.feedback.threshold || thin(utterance)) return
    const direction = role === 'manager' ? 'down' : 'up'
    const near = found.findLast(known => known.feedback.direction === direction)
    if (near !== undefined && utterance.turn - near.turn <= breath) {
      near.turn = utterance.turn
      near.feedback = {
        ...near.feedback,
        behavioral: near.feedback.behavioral || behavioral(utterance),
        evidence: [...near.feedback.evidence, quoteOf(utterance)],
      }
      return
    }
    const text = sentence(utterance.text)
    if (text === '') return
    found.push({
      feedback: { text, direction, behavioral: behavioral(utterance), evidence: [quoteOf(utterance)] },
      turn: utterance.turn,
    })
  })
  return found.map(entry => entry.feedback)
}

/** Too few words to tell anybody anything. */
const thin = ({ words }: Utterance) => words.length < 4
