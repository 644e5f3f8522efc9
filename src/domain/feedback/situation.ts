import type { Span } from './marks.ts'
import { spansOf, type Plain } from './plain.ts'

const day = `(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|tues|weds|wed|thu|thurs|fri|sat`
const month = `january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|apr|jun|jul|aug|sept|sep|oct|nov|dec`
const unit = `week|month|quarter|night|year|weekend|evening|morning|afternoon|sprint|term|semester|season|spring|summer|autumn|fall|winter|time we met|shift|session|round|lesson|class|day|service|run|cycle|meeting|friday|monday|tuesday|wednesday|thursday|saturday|sunday`
/** Occasions that happen once at a time: "in the review", "during handover". */
const occasion = `meetings?|review|reviews|calls?|stand-?ups?|retros?|retrospectives?|demos?|presentations?|workshops?|handovers?|hand-?off|handoffs?|shifts?|rounds?|sessions?|interviews?|conferences?|briefings?|trainings?|lessons?|class|audits?|planning|sprints?|kick-?offs?|launch|releases?|deployments?|deploy|incidents?|outages?|negotiations?|hearings?|rehearsals?|services?|deliver(?:y|ies)|inspections?|visits?|tours?|fairs?|events?|part(?:y|ies)|dinner|lunch|breakfast|exams?|games?|match|threads?|one-to-ones?|one-on-ones?|1:1s?|1-1s?|all-hands|town hall|off-?site|migration|rollout|roll-out|stocktake|stock-take|drill|evacuation|storm|power cut|rush|changeover|close|closing|open day|ceremony|funeral|wedding|trial|surgery|operation|procedure|consultation|clinic|seminar|lecture|webinar|podcast|shoot|recording|concert|show|performance|flight|crossing|trip|journey|route|harvest|milking|board|committee|appraisal|debrief|post-mortem|postmortem|walkthrough|walk-through|code review|design review|steering group|check-in|sync|catch-up|appointment|emergency|crisis|switch-?over|reorganisation|reorganization|merger|move|election|campaign|count|delivery run|night out|ride-along|site walk|ward round|tasting|sitting|viewing|auction|sale|fire|alarm|pilot|test run|discussion|conversation|brainstorm|brainstorming|onboarding|induction|parents' evening|assembly|break|fixture|practice|final|hand over|huddle|scrum|grooming|refinement|budget round|hiring round|project|proposal|pitch|tender|deadline|refactor|refactoring|redesign|rota|escalation`

const patterns: RegExp[] = [
  // Days, dates, hours.
  `(?<!by )(?<!until )(?<!before )(?:on |last |this |the |since |from |around |over )?(?:the )?(?:${day})(?:'s)?(?: (?:morning|afternoon|evening|night|lunchtime|noon))?(?! (?:or|to) )`,
  `(?:${day})s? and (?:${day})`,
  `\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${month})\\b`,
  `(?:${month})\\.? \\d{1,2}(?:st|nd|rd|th)?`,
  `(?:on|of|from|around) the \\d{1,2}(?:st|nd|rd|th)`,
  `(?:on|of|from) the (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\\w+teenth|twentieth)(?! of (?:all|them|the))`,
  `\\d{1,2}[./]\\d{1,2}(?:[./]\\d{2,4})?`,
  `\\d{4}-\\d{2}-\\d{2}`,
  `(?:at|around|about|by) (?:\\d{1,2}(?:[:.]\\d{2})? ?(?:am|pm|a\\.m|p\\.m|o'clock)|\\d{1,2}[:.]\\d{2}|noon|midnight|half past \\w+|quarter (?:past|to) \\w+)`,
  `(?:in|during|since|back in|early in|late in|over|last|this|of|throughout) (?:early |late |mid-? ?)?(?:january|february|march|april|june|july|august|september|october|november|december)`,
  `in may\\b`,
  `(?:in|during|for|of) (?:q[1-4]|sprint \\d+|week \\d+|the (?:first|second|third|fourth|last) (?:quarter|half|week|hour|month|term|sprint|days?|minutes?))`,
  `yesterday(?:'s)?`,
  `(?:earlier |late |later )?today(?:'s)?`,
  `tonight|last night`,
  `this (?:morning|afternoon|evening|week|month|quarter|monday|tuesday|wednesday|thursday|friday|weekend|term|sprint|lunchtime|season|spring|summer|autumn|winter)(?:'s)?`,
  `(?:last|the previous|the past|the last|the other|the same|that|previous|past) (?:few |two |three |four |couple of |six )?(?:${unit})s?(?:'s)?`,
  `(?:a|an|one|two|three|four|five|six|ten|several|a few|a couple of|\\d+) (?:minutes?|hours?|days?|weeks?|months?|fridays?|mondays?|nights?) (?:ago|earlier|back|before)`,
  `(?:just now|a moment ago|earlier (?:this|on))`,
  `my first (?:day|week|month|shift|year|weeks|days)`,
  `(?:christmas|easter|new year's|boxing day|good friday|bank holiday|ramadan|diwali|eid|thanksgiving|black friday|half-term|half term|midsummer)`,
  // Occasions.
  `(?:in|at|during|after|before|on|over|throughout|for|from|through|while in|since|outside|towards the end of|at the (?:end|start|beginning) of|halfway through|in the middle of|the end of) (?:(?:the|our|your|my|this|that|their|his|her|last|today's|yesterday's|a|an|one of our|one of the|each of the|both|all of the|most of the|\\w+'s) )(?:[\\w'/&:-]+ ){0,4}?(?:${occasion})\\b`,
  `(?:during|after|before|at) (?:${occasion})\\b`,
  `on (?:the|our|your) (?:[\\w'-]+ ){0,2}(?:site|ward|line|stand|floor|run|job|phone with [\\w ]+|quay|pitch|stage|course|ship|ferry|bus|train|plane|counter)(?! staff| plan| manager)`,
  `(?:in|on) (?:your|the) (?:last |latest |weekly |monthly |[\\w'-]+ ){0,3}(?:report|mail|email|message|comment|memo|letter|newsletter|pull request|pr|ticket|slides|deck|document|doc|channel|slack|chat|group chat|blog post)(?: (?:to|on|about|of|for|from) (?:the )?[\\w'-]+)`,
  // "When the alarm went off", "while we were closing", "after I asked": an occasion that was.
  `(?:when|while|after|before|as|once) (?:you|we|i|they|he|she|it|the|a|an|our|my|your|mr|mrs|ms|dr|two|three|somebody|someone|a customer|[\\w'-]+)(?: [\\w'-]+){0,6}? (?:\\w{2,}ed|went|came|was|were|had|broke|fell|left|rang|began|spoke|stood|took|gave|met|ran|said|told|saw|put|sent|got|lost|made|wrote|built|brought|read|sat|taught|dealt|drove|led)\\b`,
  `while (?:presenting|reviewing|closing|opening|covering|training|interviewing|onboarding|preparing|planning|working on|driving|serving|teaching|loading|unloading|pairing|debugging|discussing)`,
].map(pattern => new RegExp(`(?<![\\w'-])(?:${pattern})(?![\\w-])`, 'g'))

/** Plural weekdays and habits are no occasion: "on Fridays", "in meetings". */
const habits =
  /\b(?:on |in )?(?:fri|mon|tues|wednes|thurs|satur|sun)days\b|\bnext (?:week|month|time|monday|tuesday|wednesday|thursday|friday|sprint|quarter)\b|\btomorrow\b|\b(?:by|until|till|for|next|before) (?:the )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:'s)?\b(?! (?:meeting|call|review))|\bthese days\b|\bday (?:off|job)\b/g

/** The places that say when or where it was. */
export function anchorsOf(plain: Plain): Span[] {
  const text = plain.replaceAll(habits, habit => ' '.repeat(habit.length))
  const found: Span[] = []
  for (const pattern of patterns)
    for (const span of spansOf(text, pattern))
      if (!found.some(other => span.start < other.end && other.start < span.end)) found.push(span)
  return found.toSorted((a, b) => a.start - b.start)
}

export const hasAnchor = (plain: Plain) => anchorsOf(plain).length > 0
