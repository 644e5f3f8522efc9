import { acts, type Act } from './acts.ts'
import { duePhrase } from './due-phrase.ts'
import type { Meeting } from './meeting.ts'
import { namedWorker, ownerOf } from './owner.ts'
import { answerTo, isTakenBack, type Answer } from './replies.ts'
import type { Utterance } from './utterances.ts'

/** One task on its way to becoming an item. */
export interface Candidate {
  readonly utterance: Utterance
  readonly act: Act
  readonly answer: Answer
  readonly owner: string | null
  readonly due: string | null
  /** What the rules alone make of it, 0–1. */
  readonly strength: number
}

/** Words that make a sentence a thought, a memory or a game instead of a promise. */
const unreal =
  /\b(?:if i (?:were|was|had|could)|if you (?:were|had)|i would have|i'd have|could have|would have|should have|i was going to|i was gonna|were going to|imagine|hypothetically|in theory|in an ideal world|let's say|for example|for instance|suppose|used to|i might|i may|one day|someday|at some point|eventually|wish i)\b/
const reported =
  /\b(?:he|she|they|who|somebody|someone|everyone) (?:just )?(?:said|says|told|asked|promised|was like|goes|went|keeps|kept)\b|\bi (?:said|told|asked|was like|thought|wrote|figured)\b/
/** A resolution about how to behave; worth having, but nothing one can tick off. */
const habit =
  /\b(?:from now on|every time|each time|always|hold (?:you|him|her|them) to|do better|be better|be more|keep (?:doing|that|it) (?:up|in mind|that)|try harder|in future|never again|any ?more)\b/
const ofTheMoment =
  /\b(?:i'll (?:tell you|say|be honest|admit|give you that|let you (?:go|start|finish|think)|share my screen|start with|go first|come back to (?:it|that|this)|get to that|keep (?:it|this) (?:short|brief|quick)|stop there|leave it there|be (?:there|fine|ok|out|back|around|away|late|quick|brief|right back|blunt|straight|frank)|see you|talk to you|speak to you|catch you|take (?:a look at this )?your word)|let me (?:think|see|know|finish|ask you|tell you|be|say|just say|start|stop you|rephrase|repeat|share my|give you (?:an example|some context|a bit|the background|context)|explain|understand|make sure i (?:understand|understood|got|get|have)|push back|play|pull (?:it|that|this) up|check my|grab my|get my|read (?:it|this|that) (?:back|out)|open|show you|jump|go back|close|mute|put it|guess|look at (?:my|the) (?:notes|calendar|list))|can you (?:tell me|say|hear|see|imagine|believe|give me (?:an example|a sense|some)|walk me|talk me|explain|help me understand|remind me|describe|elaborate|expand|repeat|hold on|hang on|share your screen|mute|speak up|think of)|could you (?:tell me|say|hear|see|give me (?:an example|a sense)|walk me|talk me|explain|help me understand|remind me|describe|elaborate|expand|repeat)|would you (?:say|like|rather|agree|prefer|want|be|have|feel|call|rate|describe)|will you (?:be|have)|please (?:go|do|feel|continue|don't|sit|tell)|don't worry|let's (?:see|say|be|start|talk about|jump|move on|get into|dive|begin|do that|go through|look at|leave it there|call it|wrap))\b/

/** Rules alone: how plainly an utterance promises or hands out work that lasts, 0–1. */
export function readCandidate(meeting: Meeting, utterance: Utterance): Candidate | null {
  const found = acts(utterance)
  const worker = namedWorker(meeting, utterance)
  let act = found[0] ?? null
  if (worker !== null && (act === null || act.strength < 0.8)) {
    act = {
      kind: 'assignment',
      strength: meeting.pair ? 0.45 : 0.8,
      verb: worker.verb,
      cue: 0,
      inflected: false,
    }
  }
  if (act === null) return null
  const answer = answerTo(meeting, utterance, act.kind === 'offer')
  const owner = ownerOf(meeting, utterance, act)
  const due = duePhrase(utterance)?.text ?? null
  return { utterance, act, answer, owner, due, strength: ruleStrength(meeting, utterance, act, answer, due) }
}

function ruleStrength(
  meeting: Meeting,
  utterance: Utterance,
  act: Act,
  answer: Answer,
  due: string | null,
): number {
  const { plain } = utterance
  let score = act.strength
  if (act.kind === 'request' || act.kind === 'assignment' || act.kind === 'offer') {
    if (answer.verdict === 'accepted') score += act.kind === 'offer' ? 0.2 : 0.15
    else if (answer.verdict === 'refused') return 0.05
    else score *= act.kind === 'offer' ? 0.6 : 0.5
  }
  if (due !== null) score += act.kind === 'together' ? 0.25 : 0.15
  if (unreal.test(plain)) score *= 0.25
  if (reported.test(plain) || /^["“”'‘]/.test(utterance.text)) score *= 0.3
  if (habit.test(plain)) score *= 0.4
  if (ofTheMoment.test(plain)) score *= due === null ? 0.15 : 0.4
  if (utterance.question && (act.kind === 'promise' || act.kind === 'together')) score *= 0.4
  if (isTakenBack(meeting, utterance)) score *= 0.15
  const told = utterance.words.length - act.verb
  if (told < 2 && act.strength < 0.7) score *= 0.5
  return Math.max(0, Math.min(1, score))
}
