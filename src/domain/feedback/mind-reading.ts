import type { Span } from './marks.ts'
import { spansOf, type Plain } from './plain.ts'

const adverb = `(?:(?:obviously|clearly|just|simply|really|probably|evidently|plainly|apparently|honestly|even|still|only|never|do|always|actually|frankly|genuinely) )*`
const not = `(?:don't|do not|didn't|did not|doesn't|does not|dont|didnt|doesnt)`
const who = `(?:you|he|she)`

const patterns: RegExp[] = [
  // "You don't care", "you didn't think": nobody can see that from outside.
  `${who} ${adverb}${not} ${adverb}(?:care|respect|value|appreciate|trust|like (?:me|us|him|her|people|the)|want (?:to|me|us|him|her|anyone|this)|think (?:about|of|before|it|that|i|we|the|through|at all)|give a (?:damn|toss|shit|hoot|monkey's)|believe in|mind|enjoy|take (?:\\w+ ){1,4}seriously|realise how|realize how|love|feel like (?:doing|working)|intend to|understand how (?:hard|much|important)|know what (?:you are|you're|he's|she's) doing)`,
  `${who} (?:obviously|clearly|evidently|plainly) (?:did not|didn't|don't|do not|doesn't) \\w+`,
  `${who} (?:couldn't|could not|couldnt|can't|cant) (?:be (?:bothered|arsed)|care less)`,
  `${who}(?:'re| are| were|'s| is| was) (?:clearly |obviously |just |only |probably |really )*(?:trying to (?:make|embarrass|undermine|humiliate|hurt|impress|avoid|get (?:rid|out|back)|look|take over|provoke|sabotage|annoy|control|punish|prove)|not (?:interested|bothered|invested|even trying)|out to get|hiding something|afraid of (?:me|us|change|losing|conflict)|scared of|threatened by|jealous of|looking for an? (?:excuse|way out)|playing games|in denial|checked out|bored (?:with|by|of)|fed up)`,
  `${who} ${adverb}(?:just|only|clearly|obviously|simply|really|secretly) (?:want|wants|wanted|like|likes|liked|love|loves|enjoy|enjoys|enjoyed|hate|hates|think|thinks|thought|assume|assumed|care|cares|cared|feel|felt|hoped|intended|forgot because|did it to|said it to|resent|resents|fear|fears|believe|believes|prefer)(?: (?:to \\w+(?: \\w+)?|you're better than|about \\w+))?`,
  `${who} (?:enjoy|enjoys|love|loves|like|likes) (?:making|seeing|watching|being|hearing|putting|playing)`,
  `${who} (?:hate|hates|resent|resents|despise|despises|look down on|looks down on) (?:me|us|him|her|your|the|people|being|having|working|everyone)`,
  `${who} think(?:s)? (?:you're|you are|he's|he is|she's|she is|you know|he knows|she knows|that you|the rules|we're|i'm|it's beneath|nobody|everyone|no one|(?:it|that|this) is)(?: (?:better than|above|smarter than|cleverer than|too good|best|don't apply))?`,
  `${who} (?:did|said|do|does|are doing|were doing) (?:it|that|this) (?:on purpose|deliberately|intentionally|to (?:spite|annoy|hurt|embarrass|undermine|punish|humiliate|impress|get|make me|make us|provoke|look)(?: \\w+)?)`,
  `${who} (?:\\w+ )?(?:deliberately|intentionally|purposely|purposefully|wilfully|willfully|knowingly) \\w+`,
  `(?:just |only )?to (?:spite|undermine|humiliate|embarrass|punish|provoke|belittle) (?:me|us|him|her|people)`,
  `on purpose`,
  `${who} (?:have|has|had|'ve|show|shows|showed) (?:absolutely )?(?:no|zero|little) (?:respect|interest|regard|concern|passion|desire|intention|sense of (?:urgency|ownership|responsibility))`,
  `${who}(?:'ve| have|'s| has)? (?:given up|lost (?:all )?interest|stopped caring|checked out|lost your (?:motivation|drive))`,
  `your heart (?:isn't|is not|wasn't|was not) in (?:it|this)`,
  `${who} (?:feel|feels) (?:threatened|superior|entitled|insecure|jealous|too good|that you|like you)`,
  `${who} meant to (?:hurt|embarrass|undermine|annoy|humiliate)`,
  `${who} must (?:think|hate|enjoy|believe|feel|not care|have thought)(?: \\w+)?`,
  `you (?:refuse|refused) to (?:accept|believe|understand|see|admit|take)`,
].map(pattern => new RegExp(`(?<![\\w'])${pattern}(?![\\w'])`, 'g'))

const reported =
  /(?:\b(?:said|told (?:me|us|\w+)|wrote|mentioned|explained|asked|if|whether|when|unless|felt|feel|feeling|like|as if|as though|so that|what|where|because you told me)(?: that)?,? )$/

/** What somebody is said to think, want or feel. What they said of themselves, and what the writer felt, passes. */
export function mindSpans(plain: Plain): Span[] {
  const found: Span[] = []
  for (const pattern of patterns)
    for (const { start, end } of spansOf(plain, pattern)) {
      if (reported.test(plain.slice(Math.max(0, start - 40), start))) continue
      if (
        /^you don't (?:mind|want to|have to)/.test(plain.slice(start, end)) &&
        /\b(?:hope|if|sure|know)\b[^.]{0,12}$/.test(plain.slice(0, start))
      )
        continue
      const [from] = [start + subjectLength(plain.slice(start, end))]
      if (!found.some(other => from < other.end && other.start < end)) found.push({ start: from, end })
    }
  return found.toSorted((a, b) => a.start - b.start)
}

/** The mark begins after the subject: "obviously did not think". */
const subjectLength = (words: string) => /^(?:you|he|she)(?:'re|'s|'ve)? /.exec(words)?.[0].length ?? 0
