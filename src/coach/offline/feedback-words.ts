import type { Utterance } from './utterances.ts'
import { contentStems } from './words.ts'

/** Speech about what the other did, or should do differently. */
const praise =
  /\b(?:(?:great|good|nice|excellent|fantastic|brilliant|lovely|amazing|solid|super|wonderful) (?:job|work|call|catch|stuff|save|effort)|well done|i (?:really |truly |just )?(?:appreciate|appreciated|liked|loved|valued|noticed|admire|was impressed|am impressed)|i'm (?:really |very )?(?:impressed|proud|grateful|thankful)|thank you for|thanks for|you (?:did|handled|managed|ran|led|took|kept|made|stayed|asked|explained|presented|wrote|put|gave|helped|stepped|caught|turned|brought|held|prepared|built|dealt|showed|nailed|crushed)|you've (?:been|done|made|handled|grown|improved|really|got better)|the way you|how you (?:handled|ran|led|explained|dealt|took|kept|presented)|it (?:really )?helped (?:me|us|the team|a lot)|people (?:noticed|have told me|told me|mentioned)|that was (?:really |very )?(?:great|good|helpful|impressive|kind|thoughtful|clear))\b/
const wish =
  /\b(?:(?:some|one (?:piece|bit) of|a (?:piece|bit) of|honest|my|quick|constructive|tough|critical) feedback|i (?:noticed|saw|felt|observed|was surprised|was disappointed|got frustrated)|when you|(?:you|you've) (?:interrupted|cut|missed|forgot|didn't|haven't|were late|were|tend to|keep|kept|often|sometimes|talked over|came in|came across|jumped|skipped|cancelled|moved)|i'd (?:like|love) (?:you to|to see (?:you|more)|it if you|more|less)|it would (?:help|be (?:helpful|great|good|better)) (?:me )?(?:a lot )?if you|it'd (?:help|be (?:helpful|great|good|better)) (?:me )?if you|next time|could you (?:try|maybe)|i wish you|i need (?:more|less|you to)|what (?:would help|i need|didn't work)|one thing (?:you|i|that|to)|(?:something|thing) (?:to|you could|for you to) (?:work on|improve|do differently|watch)|instead of|more (?:context|clarity|time|notice|direction|autonomy|support|feedback)|i (?:sometimes |often )?feel (?:like )?(?:you|i'm|i don't|left)|i didn't feel|made me feel|left me|landed|came across|micromanag\w*)\b/
const trait =
  /\byou(?:'re| are| were|'ve been)? (?:just |so |too |very |really |a bit |always |such |such a |a |being |kind of |pretty |quite )*(?:lazy|smart|brilliant|talented|natural|negative|positive|difficult|aggressive|abrasive|emotional|sensitive|careless|sloppy|disorganized|disorganised|organized|organised|unprofessional|arrogant|shy|quiet|passive|confident|insecure|reliable|unreliable|rude|stubborn|defensive|bossy|genius|star|rockstar|superstar|team player|leader|introvert|weak|strong|great|amazing|awesome|good|bad|nice|kind|cold|distant|dependable|hard ?working|committed|disengaged|motivated|unmotivated|dramatic|immature|mature)\b/
const observable =
  /\b(?:you (?:\w+ed|did|ran|led|took|kept|made|gave|wrote|put|spoke|said|sent|came|brought|held|cut|told|caught|built|dealt|set|got|stood|sat|left|went|forgot|missed|interrupt|jump|cancel|move|share|give|ask|explain|send|take|talk|bring|keep|cut)|you didn't|you've (?:\w+ed|done|made|been \w+ing|written|taken|given|sent|run|led)|the way you|how you|when you|when i|when we|by \w+ing|for \w+ing)\b/
const notFeedback =
  /\b(?:what did you|how did you|did you|have you|do you (?:have|want|think)|when you (?:get|have|can|are|come|said|say|see|think|look|go|start|need|want)|thank you for (?:your time|today|the time|joining|listening|letting)|thanks for (?:your time|today|joining|asking|the (?:time|chat)|letting me know|listening|checking)|client|customer|vendor|supplier|they gave|feedback (?:on|from|for) (?:the|it)|get(?:ting)? feedback|any feedback|more time (?:for|on|to)|next time we|let's|how you doing|you did\?|when you have)\b/

/** Feedback names the other, does more than thank in passing, and is no question about facts. */
export function isFeedback(utterance: Utterance): boolean {
  const { plain, words } = utterance
  if (words.length < 6 || notFeedback.test(plain)) return false
  const addressed = /\b(?:you|you're|you've|your|you'd)\b/.test(plain)
  if (!addressed) return false
  if (utterance.question && !/\b(?:would it|could you try)\b/.test(plain)) return false
  if (trait.test(plain)) return true
  const praised = praise.test(plain)
  const wished = wish.test(plain)
  return (
    (praised || wished) &&
    (observable.test(plain) || /\b(?:if you|you to|more|less) \w+/.test(plain)) &&
    contentStems(words).size >= 2
  )
}

/** Whether it speaks of what somebody did, not of what they are. */
export const behavioral = ({ plain }: Utterance) =>
  !trait.test(plain) || (observable.test(plain) && /\b(?:when|the way|how you|by)\b/.test(plain))
