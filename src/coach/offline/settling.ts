import type { Meeting } from './meeting.ts'
import { agrees } from './replies.ts'
import type { Utterance } from './utterances.ts'

const plainly =
  /\b(?:(?:we|i)(?:'ve| have)? (?:just )?decided|we(?:'ve| have)? agreed|the decision (?:is|was)|it's decided|that's (?:decided|settled|the decision|the plan)|decision made|final (?:answer|decision)|let's (?:go with|go for|go ahead with|settle on|stick with|stick to|drop|scrap|park|postpone|push|cancel|pause|freeze|hire|ship|move (?:it|that|the|our|this))|we'll (?:go with|go for|go ahead|stick with|stick to|drop|scrap|park|postpone|cancel|pause|freeze|skip|stop|switch|move (?:it|that|the|our|this|to))|we're (?:going with|going for|not going to|dropping|sticking with|switching|moving to|going to (?:go with|stop|drop|switch|use|keep))|i'm (?:going with|approving|signing off|choosing|not going to (?:approve|extend|hire|renew))|i've (?:chosen|picked|approved)|we won't (?:be )?\w+|so it's a (?:yes|no|go|no go)|you have my (?:approval|blessing|ok)|(?:consider it )?approved|from now on|going forward we)\b/
const proposed =
  /\b(?:then (?:it's|we|the|that's)|(?:so|okay|ok|right|fine|settled|agreed|done|good) (?:it's|we|you're|you|the|no|no more|then)|it is$|that's a rule|that's (?:agreed|fine|a deal|it)|let's not|(?:yes|no|ok|right) (?:book|take|hire|buy|order|close|keep|leave|go ahead)|(?:is|are|stays|moves|goes) (?:closed|open|on hold|off|at|to|until|the same)|you've got my|you have my|your (?:decision|call)|i've (?:approved|signed)|i'd rather (?:lose|be|keep|have)|we (?:do|don't|stop|close|take|keep|leave|give|wait|stick|say|drop|hire|move|do without)|we'll (?:wait|leave|keep|do|use|take|give|hold|run)|every other|starting (?:next|in|from)|let's (?:just )?(?:do|use|keep|say|make|try|start|stop|have|not|leave|take|meet|change|swap|shift|focus)|we should (?:just )?(?:go with|use|keep|drop|stick)|i (?:say|vote) we|i'd go with|so we(?:'ll| will)|then we'll|we can go with|how about we|what if we|why don't we)\b/
const unsettled =
  /\b(?:if we|whether|maybe|might|should we|could we|would we|not sure|haven't decided|have to decide|need to decide|decide (?:later|next)|before we decide|until we|what if|i wonder|last (?:week|month|year)|they (?:decided|agreed)|let's (?:see|say|start with|talk|jump|move on|go through|look|do that|do it next))\b/

/** How plainly an utterance settles something, 0–1, by rules alone. */
export function readDecision(
  meeting: Meeting,
  utterance: Utterance,
): { strength: number; agreement: Utterance | null } | null {
  const { plain } = utterance
  const base = plainly.test(plain) ? 0.65 : proposed.test(plain) ? 0.35 : 0
  if (base === 0) return null
  const agreement = agreementTo(meeting, utterance)
  let strength = base + (agreement === null ? 0 : 0.2)
  if (unsettled.test(plain)) strength *= 0.4
  if (utterance.question && agreement === null) strength *= 0.4
  return { strength, agreement }
}

function agreementTo(meeting: Meeting, utterance: Utterance): Utterance | null {
  for (let i = utterance.index + 1; i < Math.min(meeting.utterances.length, utterance.index + 4); i++) {
    const next = meeting.utterances[i]!
    if (next.turn > utterance.turn + 2) break
    if (next.speaker !== utterance.speaker && agrees(next)) return next
  }
  return null
}
