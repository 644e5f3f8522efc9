import type { ProposedGrowth } from '../../domain/ports.ts'
import { quoteOf } from './action-items.ts'
import type { Meeting } from './meeting.ts'
import type { Utterance } from './utterances.ts'
import { contentStems } from './words.ts'
import { sentence } from './wording.ts'

const about =
  /\b(?:career|promotion|promoted|next (?:role|level|position|step for (?:me|you))|level up|(?:senior|staff|principal|lead|head|manager|supervisor|director|charge) (?:role|position|level|track|engineer|designer|nurse|analyst)|become (?:a|an|the)|grow(?:ing|th)?(?: into| as| towards?)?|development (?:plan|goal|goals|conversation)|stretch (?:assignment|goal|project|role)|mentor(?:ing|ship|s)?|coaching (?:course|skills)|skill(?:s)? (?:gap|i|you|to)|new skills|learn(?:ing)? (?:how|to|more|about|python|sql|german|spanish|french|the)|training (?:course|program|programme|budget)|certificat(?:e|ion)|course|workshop|conference|degree|qualification|leadership|public speaking|lead(?:ing)? (?:a|the|my own) (?:project|team|shift|workshop|session)|take on more|more responsibility|(?:in|over) (?:a|two|three|five) (?:years?|years' time)|where (?:do )?(?:you|i) (?:see|want)|long[- ]term|ambition|aspir\w+|manage people|managing people|people management|move into|moving into|shadow(?:ing)?|rotation|secondment)\b/
const personal = /\b(?:i|i'm|i'd|i've|i'll|my|me|you|you're|you'd|you've|your|you'll)\b/
const wanting =
  /\b(?:want|like|love|hope|interested|goal|ready|readiness|working (?:on|toward|towards)|plan|aim|thinking about|thought about|would be|need to|get (?:to|there|better|promoted)|become|develop|improve|practi[cs]e|opportunity|chance|learn|grow|signed up|apply|applied|started|step up|stretch|next|progress|path|try|curious)\b/
const business =
  /\b(?:revenue|sales|user|customer|traffic|market|company|business|team|user base|plant|crop) growth|growth (?:rate|target|team|numbers|marketing)|of course|main course|course (?:correct|of action)|in the course|conference (?:call|room)|lead (?:time|gen|generation)|learning (?:rate|that)|grow (?:the|our) (?:team|business|revenue|accounts)|training (?:data|set)\b/

/** Talk about the report's future: ambitions, skills, the next role, room to stretch. */
export function growth(meeting: Meeting): ProposedGrowth[] {
  const found: { growth: ProposedGrowth; turn: number }[] = []
  for (const utterance of meeting.utterances) {
    if (!isGrowth(utterance)) continue
    const near = found.at(-1)
    if (near !== undefined && utterance.turn - near.turn <= 3) {
      near.growth = { ...near.growth, evidence: [...near.growth.evidence, quoteOf(utterance)] }
      near.turn = utterance.turn
      continue
    }
    const text = sentence(utterance.text)
    if (text !== '') found.push({ growth: { text, evidence: [quoteOf(utterance)] }, turn: utterance.turn })
  }
  return found.map((entry) => entry.growth)
}

/** Growth talk names a path or a skill, speaks of a person, and wants, plans or asks something. */
export function isGrowth({ plain, words }: Utterance): boolean {
  return (
    words.length >= 5 &&
    about.test(plain) &&
    personal.test(plain) &&
    wanting.test(plain) &&
    !business.test(plain) &&
    contentStems(words).size >= 2
  )
}
