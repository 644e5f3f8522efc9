import { duePhrase } from './due-phrase.ts'
import type { Meeting } from './meeting.ts'
import type { Utterance } from './utterances.ts'

/** How far an answer may lie from what it answers, in turns. */
export const answerTurns = 4
/** However often is asked back, nobody waits longer for an answer. */
const furthestTurns = 12

const yes =
  /^(?:(?:well|so|and|no|right|great|cool|i mean|hey|fine) )?(?:yes|sure|ok|absolutely|definitely|of course|will do|sounds (?:good|great|fine|fair|like a plan)|no problem|no worries|happy to|glad to|gladly|can do|you got it|got it|i got (?:it|that|this)|i've got (?:it|that|this)|on it|i'm on it|fair enough|fair|makes sense|that makes sense|that works|works for me|deal|done|agreed|good idea|great idea|totally|certainly|consider it done|for sure|i can (?:do|try|have|get|take|make)|i'll|fine|perfect|leave (?:it|that) with me|with pleasure|that's (?:fine|fair|doable)|i'd (?:love|be happy|be glad) to|not a problem|aye|roger|understood|noted|not at all|course|go on(?: then)?|no bother|sending it|doing it|already (?:in|on|did|done|sent)|i already|sold|my pleasure|all right|right away|straight away|consider it|put me down|sounds|count me in|i'm in|i'd like that|it'd be my|you'll have|you've got it|chef|kk|cool|great idea|grand|yes please|will)\b/
const thanks =
  /^(?:(?:oh|ok|yes|great|perfect|that) )*(?:that'd be|that would be|thank|thanks|please|perfect|great|amazing|brilliant|lovely|appreciate|cheers|awesome|nice|cool|good)\b/
const no =
  /\b(?:i can't|i don't think (?:i|that|it)|i'd rather not|rather not|i won't|not sure (?:i can|i'll|that|about that|i have|i'm)|unfortunately|i'm afraid|no i|not this (?:week|month|quarter)|don't have (?:time|capacity|the time|bandwidth)|not comfortable|can't do|can it wait|do i have to|that's not (?:mine|my|really my)|somebody else|someone else|no way|not really|nope|i'm not going to|i'd prefer not|don't feel ready|have to pass|i'll pass|can't promise|don't want to)\b/
const noButYes =
  /^no (?:problem|worries|no|that's fine|it's fine|of course|not at all|i'm happy|i'll|i can|sure)\b/
const askingBack =
  /^(?:what|which|who|when|how|by when|do you|does|is|are|should|so you|you mean|like|where|can you|could you|why)\b/

const takenBack =
  /\b(?:scratch that|never mind|nevermind|forget (?:it|that|i said)|on second thoughts?|i take that back|no promises|don't hold me|can't promise|actually no|actually don't|wait no|let's not|no hang on|hold off|ignore that|strike that)\b/
const noNeed =
  /\b(?:no need|don't bother|you don't (?:have|need) to|don't worry about (?:it|that)|leave (?:it|that)(?: for now| alone| to me| with me)?$|leave it for now|no i'll do (?:it|that)|let me do (?:it|that)|hold off|i've already|already (?:did|done|sent|have)|not yet|let's not|that's ok i|i'll handle (?:it|that)|i'll do (?:it|that) myself|no don't|please don't|park (?:it|that)|it can wait|rather you didn't)\b/

/** What the other made of a request or an offer, and where they said so. */
export interface Answer {
  readonly verdict: 'accepted' | 'refused' | 'none'
  readonly utterance: Utterance | null
}

/**
 * The other side's answer to what was asked or offered: the first plain yes or no within four turns.
 * `loose` lets thanks count as a yes, which it is to an offer but not to a request.
 */
export function answerTo(meeting: Meeting, asked: Utterance, loose = false): Answer {
  let spoken = 0
  let last = asked.turn + answerTurns
  for (let i = asked.index + 1; i < meeting.utterances.length; i++) {
    const next = meeting.utterances[i]!
    if (next.turn > last || spoken >= 6) break
    if (next.speaker !== null && next.speaker === asked.speaker) {
      if (next.turn > asked.turn && spoken > 2) break
      continue
    }
    // "By when?", "Bea from legal?": whoever asks back has not answered yet.
    if (next.question && !yes.test(next.plain)) {
      last = Math.min(next.turn + answerTurns, asked.turn + furthestTurns)
      continue
    }
    spoken += 1
    if (no.test(next.plain) && !noButYes.test(next.plain)) return { verdict: 'refused', utterance: next }
    if (next.question && askingBack.test(next.plain)) continue
    if (isBareDay(next)) return { verdict: 'accepted', utterance: next }
    if (yes.test(next.plain) || (loose && thanks.test(next.plain))) {
      return laterNo(meeting, next) ?? { verdict: 'accepted', utterance: next }
    }
    if (/\bi(?:'ll| can| could)\b/.test(next.plain) && !next.question)
      return { verdict: 'accepted', utterance: next }
  }
  return { verdict: 'none', utterance: null }
}

/** "Tonight.", "Thursday's fine.": a day for an answer is a yes. */
function isBareDay(utterance: Utterance): boolean {
  const due = utterance.words.length <= 9 ? duePhrase(utterance) : null
  return due !== null && due.from - utterance.from <= 8
}

/** "Yeah, but I can't this week": a yes whose own turn goes on to a no. */
function laterNo(meeting: Meeting, answer: Utterance): Answer | null {
  for (let i = answer.index; i < meeting.utterances.length; i++) {
    const next = meeting.utterances[i]!
    if (next.turn !== answer.turn || i > answer.index + 2) break
    if (no.test(next.plain) && !noButYes.test(next.plain)) return { verdict: 'refused', utterance: next }
  }
  return null
}

/** True when the speaker takes a promise back, or the other waves it away, within the next turns. */
export function isTakenBack(meeting: Meeting, promise: Utterance): boolean {
  for (let i = promise.index; i < meeting.utterances.length; i++) {
    const next = meeting.utterances[i]!
    if (next.turn > promise.turn + 2 || i > promise.index + 5) break
    const same = next.speaker === promise.speaker
    if (i > promise.index && same && takenBack.test(next.plain)) return true
    if (!same && noNeed.test(next.plain) && !noButYes.test(next.plain)) return !insists(meeting, next)
  }
  return false
}

/** "You don't have to." "I want to." The promise stands. */
function insists(meeting: Meeting, waved: Utterance): boolean {
  return meeting.utterances
    .slice(waved.index + 1, waved.index + 5)
    .some(
      next =>
        next.turn === waved.turn + 1 &&
        /\b(?:i want to|i'd like to|i'll|it's my job|no i|it's fine|happy to|i insist)\b/.test(next.plain),
    )
}

/** Whether the utterance opens with agreement. */
export const agrees = (utterance: Utterance) => yes.test(utterance.plain) && !no.test(utterance.plain)
/** Whether the utterance holds a refusal. */
export const refuses = (utterance: Utterance) => no.test(utterance.plain) && !noButYes.test(utterance.plain)
/** Whether the utterance opens with thanks or approval. */
export const thanksOrApproves = (utterance: Utterance) => thanks.test(utterance.plain)
