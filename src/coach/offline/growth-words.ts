import type { Utterance } from './utterances.ts'
import { contentStems } from './words.ts'

/** Words of a path: with a person in the sentence they are growth talk. */
const path =
  /\b(?:career|promotion|promoted|get promoted|next (?:role|level)|step up|level up|(?:senior|staff|principal|junior) (?:role|position|level|track|engineer|designer|nurse|analyst|level guide)|team[- ]?lead(?:er)?|lead(?:ing)? (?:a|an|the|my own|your own) (?:\w+ )?(?:project|team|shift|workshop|session|engagement|ward|crew|class)|head of \w+|chartership|chartered|apprenticeship|qualification|certificat(?:e|ion)|mentor(?:ing|ship|s|ed)?|mentee|development (?:plan|goal|goals|conversation)|stretch (?:assignment|goal|project|role)|skill[- ]?set|skills?|public speaking|people manage(?:r|ment)|manag(?:e|ing) people|run (?:a|my own|your own) (?:team|kitchen|shop|ward|project|department)|my own (?:team|kitchen|shop|practice|clients)|your own (?:team|kitchen|shop|practice)|more responsibility|take on more|where (?:do )?(?:you|i) (?:see (?:yourself|myself)|want to be)|(?:in|over) (?:a|one|two|three|five) years?(?:' time)?|long[- ]term|ambition|aspir\w+|secondment|study leave|degree|evening classes|academia|strengths?|serious candidate|throw my hat|apply for (?:the|a|team|that)|training (?:course|program|programme|budget)|(?:the|a|that|this|your|my) (?:\w+ )?(?:course|exam|workshop|conference|bootcamp)|pass (?:on|the|my|your)|sign off students|shadow(?:ing)?)\b/
/** Weaker words: they need a wish beside them. */
const about =
  /\b(?:grow(?:ing|th)?|learn(?:ing)?|develop(?:ing|ment)?|get better at|improve|practi[cs]e|role|position|lead(?:er|ership)?|strategy|coach(?:ing)?|course|training|teach(?:ing)?|move into|moving into|become|opportunity|next year|challenge|responsib\w+)\b/
const personal = /\b(?:i|i'm|i'd|i've|i'll|my|me|you|you're|you'd|you've|your|you'll)\b/
const wanting =
  /\b(?:i(?:'d)? (?:really |also |still |just )?(?:want|like|love|hope)|i'd (?:really )?(?:want|like|love)|you(?:'d| would)? (?:like|want|love)|you wanted to|goal|ready for|aim(?:ing)? (?:for|to)|interested in|curious about|thinking about|opportunity|i(?:'m| am) good at|get (?:better|there)|would you (?:want|like)|dream)\b/
const business =
  /\b(?:revenue|sales|user|customer|traffic|market|company|business|team|user base|plant|crop) growth|growth (?:rate|target|team|numbers|marketing)|of course|main course|course (?:correct|of action)|in the course|conference (?:call|room)|lead (?:time|gen|generation)|learning (?:rate|that)|grow (?:the|our) (?:team|business|revenue|accounts)|training (?:data|set)\b/

/** Growth talk names a path or a skill, speaks of a person, and wants, plans or asks something. */
export function isGrowth({ plain, words }: Utterance): boolean {
  return (
    words.length >= 5 &&
    personal.test(plain) &&
    (path.test(plain) || (about.test(plain) && wanting.test(plain))) &&
    !business.test(plain) &&
    contentStems(words).size >= 2
  )
}
