import type { Utterance } from './utterances.ts'

const stuck =
  /\b(?:blocked|blocker|blocking (?:me|us)|roadblock|stuck|stalled|bottleneck|held up|holding (?:me|us|it|this|that|things) up|on hold|at a standstill|waiting (?:on|for)|still waiting|haven't heard(?: back)?|hasn't (?:replied|responded|answered|got back|come back|signed|approved)|never (?:replied|responded|got back)|no (?:reply|response|answer) from|no one's (?:replied|answered)|can't (?:move|proceed|start|finish|continue|go (?:ahead|further|live)|do (?:anything|much|it|that|my)|get (?:access|in|hold|an answer|a straight|anyone|the|any|into|past)|access|log|deploy|test|ship|release|reach|order|hire|close|make progress)|don't have (?:access|the (?:budget|people|capacity|tools|permissions|data|licen[cs]e|parts|equipment|staff))|no (?:access|budget|capacity|staff|cover|headcount)|(?:is|are|keeps?|was|been|got) (?:slowing|dragging|delaying|blocking|delayed|held)|slow(?:ing|s) (?:me|us|everything|things) down|short[- ]?staffed|short of|understaffed|keeps? (?:breaking|failing|crashing|slipping|getting (?:moved|pushed|delayed|cancelled)|changing|bouncing|timing out)|ran out of|run out of|running out of|fell through|depends on|dependent on|dependency|out of my hands|in the way|getting in (?:my|our|the) way|bogged down|can't (?:until|because|without)|won't let (?:me|us)|nobody (?:owns|knows|answers|responds|replies)|no one (?:owns|knows|answers|responds|replies)|struggling (?:with|to)|the (?:main |big |biggest |real )?(?:problem|issue|obstacle|hold ?up|challenge|trouble|snag) (?:is|was|with|there|here|right now)|(?:it's|that's|there's) (?:a|been a|still a) (?:real |big |bit of a |huge )?(?:problem|issue|blocker|obstacle|bottleneck|mess|nightmare|pain)|having (?:trouble|problems|issues|a hard time)|hit a wall|hitting a wall|going (?:round|around) in circles|eating (?:up )?(?:my|all|half)|backlog)\b/
/** Signs of trouble that are as often none: enough only with the model's word. */
const troubled =
  /\b(?:broken|(?:is|are|was) (?:down|out|behind|missing|late|loose|dead|wrong|gone|full)|down again|(?:has|have|had)n't (?:sent|given|come|arrived|got|been|had|told|heard|delivered)|still (?:not|no|haven't|hasn't|isn't)|keeps? \w+ing|been reading|without (?:that|it|the|a|an|any)|won't|doesn't (?:work|answer|come|fit)|didn't (?:have|work|come|get)|not (?:safe|safely|enough|there|through|booked)|the wrong|(?:weeks?|days?|months?) (?:behind|late)|(?:i|we) (?:lost|lose)|nobody|no one|no \w+ (?:since|until|for)|timing out|every time|twice|third time|had to|stopped doing|just sits|too (?:few|many|warm|late|slow)|at half|as long as|nothing happens|so we wait|so people wait|people wait|three times|since (?:last|monday|tuesday|wednesday|thursday|friday|october|november))\b/
/** Said so plainly that no model is asked: somebody here is stuck, now. */
const beyondDoubt =
  /\b(?:so no (?:access|answer|reply) yet|it's still (?:unchecked|unsigned|blocked|broken|not (?:signed|approved|fixed|there))|still (?:waiting (?:on|for)|blocked|stuck|locked out|no (?:access|answer|reply|word))|(?:i'm|we're|i am|we are) (?:now |again |completely |totally |really )?(?:blocked|stuck|locked out)|(?:i|we) (?:still )?haven't heard back|no (?:access|answer|reply) (?:yet|from)|can't (?:do|finish|start|move|ship|get) [\w' ]{1,40}(?:without|until))\b/
const clearedForSure =
  /\b(?:finally (?:came through|got|arrived|works|working|signed|replied|approved|landed|been fixed|fixed)|(?:i'm|we're) (?:no longer (?:blocked|stuck)|unblocked|unstuck)|that's (?:resolved|sorted|fixed|unblocked)|(?:are|is) approved|no longer (?:blocked|stuck|a problem|an issue))\b/
const solved =
  /\b(?:(?:is|are|got|it's|that's|been|we're|i'm|was) (?:now |finally |all |all been )?(?:unblocked|resolved|sorted|sorted out|fixed|solved|cleared|cleared up|back up|working again|out of the way|approved|signed off|unstuck)|finally (?:came through|got (?:access|it|the|my|an answer|approval|approved|a reply|through|signed|in)|arrived|works|working|signed|replied|answered|approved|landed)|no longer (?:blocked|stuck|a problem|an issue|waiting)|not (?:blocked|stuck|a problem|an issue) any ?more|came through|went through|isn't (?:a problem|an issue|blocking) any ?more|problem(?:'s| is)? (?:gone|solved|fixed)|that (?:helped|unblocked|did the trick)|unblocked (?:me|us|it|that)|got (?:that|it) (?:sorted|fixed|resolved|unblocked)|(?:that's|that is|it's|it is|they're|the [\w' ]{2,25} (?:is|are)) (?:all |now |finally )?(?:over|history|behind us|sorted|closed|done with|off the list)|(?:call|consider) (?:it|that)(?: one)? (?:closed|done|solved|sorted)|(?:as good as|nearly) (?:gone|done|solved)|'s sorted|just works?|since then (?:nothing|not one)|all (?:sorted|clear|good now))\b/
const notReal =
  /\b(?:no (?:problem|blockers?|issues?|worries|roadblocks?)|not a (?:problem|blocker)|any (?:blockers?|problems?|roadblocks?|issues?)|what's (?:blocking|in (?:the|your) way)|if (?:you|i|we) (?:get|got|are|were|get) (?:stuck|blocked)|are you (?:blocked|stuck|waiting)|anything (?:blocking|in (?:the|your) way|holding)|where are you stuck|nothing(?:'s| is)? (?:blocking|stuck|blocked|holding)|don't (?:wait|get stuck)|never (?:been )?(?:stuck|blocked)|last (?:year|job)|used to|can't wait|can't get enough|looking forward|stuck with me|when you're (?:stuck|blocked)|will be a problem|won't be a problem)\b/

/** How plainly an utterance raises or clears an obstacle, 0–1, by rules alone. */
export function readRoadblock(
  utterance: Utterance,
): { strength: number; status: 'raised' | 'resolved'; beyondDoubt: boolean } | null {
  const { plain } = utterance
  const cleared = solved.test(plain)
  const plainly = stuck.test(plain) || beyondDoubt.test(plain)
  if (!cleared && !plainly && !troubled.test(plain)) return null
  let strength = cleared ? 0.6 : plainly ? 0.65 : 0.4
  if (notReal.test(plain)) strength *= 0.3
  if (utterance.question) strength *= 0.4
  if (/\b(?:if|might|could|would|maybe|worried)\b/.test(plain)) strength *= 0.75
  const certain =
    strength >= 0.6 && (cleared ? clearedForSure.test(plain) : strength >= 0.65 && beyondDoubt.test(plain))
  return { strength, status: cleared ? 'resolved' : 'raised', beyondDoubt: certain }
}
