import type { ProposedUpdate } from '../../domain/ports.ts'
import { duePhrase } from './due-phrase.ts'
import type { Utterance } from './utterances.ts'
import { baseOfInflected } from './verbs.ts'

export type Status = ProposedUpdate['status']

/** Not done, in so many words. */
const notDone =
  /\b(?:haven't|have not|hasn't|have yet to|not (?:yet|happened|been|moved)|didn't (?:get|manage|have|do|finish|send|happen|make)|still (?:need|have|has|on my|working|waiting|in progress|open|to do|owe|not|on it|pending|missing|my thing)|not (?:done|finished|there|quite|started)|isn't (?:done|finished|ready|there)|ran out of (?:time|week)|slipped my mind|forgot|no not|couldn't|keep(?:s)? (?:forgetting|slipping|going back)|keep meaning to|got distracted|not in stock|never (?:asked|did|got|sent|called|went|rang|wrote|came|happened|managed|found|had|heard|made|spoke)|i never$)\b/
/** Signs of the same, where nothing is said to be done. */
const underWay =
  /\b(?:working on (?:it|that)|in progress|in the works|half(?: ?way| of| done)|nearly|almost|two thirds|third of|it's on my list|on my list|on my to[- ]?do|i'm waiting|we're waiting|is waiting|they're (?:preparing|looking)|looking into it|out of \w+, they|except (?:for |the |that )?|the other (?:one )?(?:is|isn't|wants)|the third|one's done|all but|missing|asking around|have someone in mind|on page|i'll chase|i'm chasing|i've started|rescheduling)\b/
const dropped =
  /\b(?:no longer (?:needed|need|relevant|necessary|a priority)|(?:don't|doesn't|won't|needn't) (?:think we )?(?:need|need to do|be needed|be doing)(?: (?:it|that|this|the \w+))?(?: any ?(?:more|longer)| at all)?|let's (?:just )?(?:drop|scrap|skip|forget|cancel|kill|close)|(?:we|they|i|you|they've|we've|i've)(?: have)? (?:dropped|scrapped|cancelled|canceled|killed|shelved|binned)|decided (?:not to|against)|not going to (?:do|happen)|(?:was|got|is|been|it's) (?:cancelled|canceled|scrapped|dropped|shelved|called off)|take (?:it|that) off (?:the|your|my) list|moot|overtaken by events|(?:drop|scrap|cancel) (?:it|that)|not worth (?:it|doing)|fell away|forget (?:about )?(?:it|that)|(?:won't|not going to) (?:make|do|bother with|need) (?:it|that|one)|let (?:it|that|this)(?: one)? go|don't worry about (?:it|that)|(?:we|i|you) don't need (?:it|one|that)|threw it away|happy to drop it|no point (?:in|any ?more))\b/
const changed =
  /\b(?:push(?:ed)? (?:it|that|this|the \w+)?\s?(?:out |back )?(?:to|until|by)|been pushed|(?:moved|move|moving|shift|shifted|slip|slipped|slips|postponed?|delayed?|bump|bumped) (?:it |that |this |that one |the \w+ )?(?:out |back )?(?:to|until|by)|i've moved|instead of|new (?:date|deadline)|change (?:it|that|of plan)|hand(?:ed)? (?:it|that) (?:over )?to|took (?:it|that) over|take (?:it|that) over|need(?:s)? (?:another|more|an extra|a bit more)|another (?:week|day|few days|couple)|extend|pick (?:it|that) up|let's say|could we say|can we say|shall we say|make it|realistically|rescheduling|rescheduled)\b/
const done =
  /\b(?:(?:it's|that's|that is|that one's|they're|there's|all|is|are|got (?:it|that|them)|been|now|already|i'm|we're|was|it|they|those|this) (?:all |already |now |finally |been |just )?(?:done|finished|sent|complete|completed|sorted|submitted|booked|signed|live|merged|shipped|published|fixed|closed|in place|out|in|delivered|set up|scheduled|ordered|approved|filed|handled|ticked off|taken care of|written|paid|posted|shared|updated|installed|through|bought|gone|extended|collected|returned|cleaned|printed|painted)|(?:i|we) (?:did|sent|finished|wrote|spoke|talked|booked|submitted|shared|emailed|called|rang|phoned|told|read|asked|set up|sorted|checked|completed|met|ordered|put|closed|fixed|reviewed|drafted|updated|filed|handed|got|had a word|paid|bought|signed|took it up|said yes|tested|compared|found|interviewed|raised)|(?:i've|we've) (?:done|sent|finished|written|spoken|talked|booked|submitted|shared|emailed|called|rung|asked|told|set|sorted|checked|completed|already|just|now|ordered|put|closed|fixed|reviewed|drafted|updated|filed|got|had|read|paid|bought|been through|compared|signed|found)|(?:did|sent|finished|wrote|booked|shared|submitted|called|ordered|fixed|updated|returned|closed|rang|recalculated|tested|compared) (?:it|him|her|that|those|them|the|on)|done|went out|came through|came in|she's got it|he's got it|they've got|(?:happened|took place)|you did|thanks for (?:sending|doing|sharing|getting|booking|sorting|writing)|got your|i have (?:it|them|the \w+)|you should have had|got (?:it|an answer|my answer)|has been \w+ed)\b/

/** "All but two are done": what is said to be done is not all of it. */
const partly =
  /\b(?:all but|except (?:for|the|that)|the other (?:one )?(?:is|isn't|wants)|one's done|nearly|almost|half (?:of|done)|two thirds|third of)\b/

/** What an utterance says became of something; null when it says nothing of the kind. */
export function stateOf(utterance: Utterance, verb: string | null = null): Status | null {
  const { plain } = utterance
  if (dropped.test(plain)) return 'dropped'
  if (
    changed.test(plain) &&
    (duePhrase(utterance) !== null || /\b(?:instead of|hand|took|take) \w+/.test(plain))
  )
    return 'changed'
  if (notDone.test(plain)) return 'still-open'
  if (
    /\b(?:if|when|once|until|after|before) (?:i|you|it|that|they|we)\b/.test(plain) &&
    !/^(?:yes|i|we)\b/.test(plain)
  )
    return null
  if (done.test(plain) || (verb !== null && saysDone(utterance, verb)))
    return partly.test(plain) ? 'still-open' : 'done'
  return underWay.test(plain) ? 'still-open' : null
}

/** "Compare the offers": "I compared them". */
const saysDone = ({ words }: Utterance, verb: string) =>
  words.some(
    ({ text }) =>
      text !== verb && !text.endsWith('ing') && !text.endsWith('s') && baseOfInflected(text) === verb,
  )

/** A new day for something that is not done: "I'll do it Thursday", "let's say Wednesday". */
export const putsOff = (utterance: Utterance): boolean =>
  !/\b(?:if|was|were|did|last)\b/.test(utterance.plain) &&
  (/\b(?:i'll|i'm going to|i can|we'll|you'll have|let's say|could we say|can we say|say|realistically|make it|do it|is fine|should be|hopefully|will be)\b/.test(
    utterance.plain,
  ) ||
    utterance.words.length <= 4)
