import type { Utterance } from './utterances.ts'

/**
 * Finds the words that say by when, and copies them. What day they mean is computed elsewhere.
 * Each pattern is a flat list of alternatives: no repetition inside a repetition.
 */
const day = '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|wed|thurs|fri)'
const month =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)'
const number =
  '(?:\\d{1,2}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a couple of|a few|couple of|the next few|the next couple of)'
const ordinal =
  '(?:\\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)'
const unit =
  '(?:minutes?|hours?|days?|business days?|working days?|weeks?|months?|quarters?|years?|sprints?|fortnights?)'
const period =
  '(?:day|today|play|business|week|weekend|month|quarter|year|sprint|q[1-4]|shift|term|season|meeting|session|call|afternoon|morning)'
const occasion =
  '(?:one[- ]on[- ]one|one[- ]to[- ]one|1:1|1-1|check[- ]?in|catch[- ]?up|meeting|session|call|stand[- ]?up|retro|review|time we (?:talk|meet|speak)|demo|launch|release|board meeting|all[- ]hands|offsite|holidays?|vacation|handover|audit|inspection|conference|deadline|shift)'
const lead =
  '(?:by|before|until|till|no later than|latest by|on|at|for|come|during|over|from|after|around|toward|towards|this coming|as of|in|within|due|not until|starting)'
const clock =
  '(?:\\d{1,2}(?::\\d\\d)? ?(?:am|pm|a\\.m\\.|p\\.m\\.)?|noon|midday|lunch|lunchtime|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|midnight)'
const partOfDay = `(?: (?:morning|afternoon|evening|night|noon|lunch|lunchtime|lunch time|at the latest|latest|first thing|(?:at|by|around) ${clock}(?: o'clock)?|end of (?:day|play|business)|eod))?`
const season = '(?:spring|summer|autumn|fall|winter|new year|holidays|break|shutdown|half[- ]term)'
/** Who or what a day hangs on: "as soon as I'm back", "when Piet has signed". */
const clauseEnd =
  '(?:back|done|off|finish|finished|hang up|home|through|over|here|free|out|at my desk|in the office)'

const patterns = [
  `(?:as soon as|the moment|once|when|right after|before) (?:i|i'm|i've|we|we're|we've|you|you're|you've|he|he's|she|she's|they|they're|it|it's|this|that|that's|the \\w+|the \\w+'s)(?: \\w+){0,3}? ${clauseEnd}(?: (?:at my desk|here|from \\w+))?`,
  `before (?:i|we|you) (?:knock off|go home|leave|clock off|go|finish|head off)(?: (?:today|tonight|tomorrow|on ${day}))?`,
  `(?:by|before|at|around) (?:the )?(?:month|year|quarter|week)[- ]?end`,
  `(?:by |before |until |on )?${day} week`,
  `a week on ${day}`,
  `(?:by |before |on )?the ${day} (?:before|after)(?: that)?`,
  `the (?:week|day|month) (?:after|before|following)(?: that| next)?`,
  `a (?:week|day|month) after(?: that)?`,
  `(?:early|late|later|mid) (?:next|this|in the|the following) (?:week|month|quarter|year)`,
  `(?:in|early in|late in|before|by|over|during|after|until) (?:the |this |next )?(?:early |late )?${season}`,
  `(?:early|mid|late|the start of|the end of)[- ](?:in )?${month}`,
  `(?:at|on|over|by|before|during|after) the (?:coming )?weekend`,
  `(?:before|after|over|by|until|during) (?:christmas|xmas|easter|new year|thanksgiving|ramadan|eid|diwali|the holidays|lunch|my holiday|your holiday|my leave|your leave|break|service|work|school|dinner|breakfast)`,
  `(?:within|in) (?:the |an? |half an? )?(?:next )?(?:hour|day|week|month|fortnight)`,
  `(?:right |straight |directly |just )?after (?:this|that|our call|the call|this call|our chat|this meeting|we finish|we hang up)`,
  `(?:right after|straight after|in the morning|in the afternoon|in the evening|this time next (?:week|month|year)|as we speak)`,
  `(?:every|each) (?:evening|day|week|month|morning|night|${day})`,
  `(?:from|starting|as of|effective) (?:the )?(?:${ordinal}|${month}|${day}|tomorrow|today|next week|next month|now on)`,
  `on the (?:morning|afternoon|evening) of the ${ordinal}`,
  `(?:by|before|until|at) (?:${clock})(?: o'clock)?(?: (?:today|tomorrow|on ${day}|${day}))`,
  `(?:by|before|until) (?:noon|midday|midnight|${clock} o'clock|eight|nine|ten|eleven|twelve|one|two|three|four|five|six|seven)`,
  `(?:${lead} )?(?:the )?(?:end|close|beginning|start|middle|back half|first half|second half|first week|last week) of (?:the |this |next |that )?(?:following )?(?:${period}|${month}|business|day|next week|next month|next quarter)`,
  `(?:${lead} )?(?:eod|eow|eom|eoq|cob|end of day|end of week|end of month|mid[- ]week|mid[- ]?month|mid[- ]${month}|midweek|close of business)(?: (?:today|tomorrow|${day}))?`,
  `(?:${lead} )?a (?:week|fortnight|month) (?:from|on) (?:today|tomorrow|now|${day})`,
  `(?:${lead} )?(?:the )?(?:${day}|week|month) after next${partOfDay}`,
  `(?:${lead} )?(?:the )?(?:(?:next|this|this coming|coming|following) )?${day}(?: the ${ordinal}| (?:next )?week| ${month} ${ordinal}| ${ordinal} ${month})?${partOfDay}`,
  `(?:${lead} )?(?:the )?${ordinal} of (?:the month|next month|this month|${month})`,
  `(?:${lead} )?${month} (?:the )?(?:${ordinal}|\\d{1,2})`,
  `(?:${lead} )?(?:the )?(?:${ordinal}|\\d{1,2}) ${month}`,
  `(?:by|before|on|until|around|for|from|after) the ${ordinal}(?: latest)?`,
  `(?:by|before|until|in|for|this|next|end) ${month}`,
  `(?:${lead} )?(?:the )?week (?:of|commencing|beginning) (?:the )?(?:${ordinal}|${month} ${ordinal}|${day})`,
  `(?:${lead} )?(?:the )?week after(?: next)?`,
  `(?:${lead} )?(?:today|tonight|tomorrow|tmrw|tmr|this morning|this afternoon|this evening|tomorrow first thing|over lunch|after lunch|later today|later on today|first thing)${partOfDay}(?: (?:tomorrow|${day}|in the morning))?`,
  `(?:${lead} )?(?:later )?(?:this|next|the next|the following) (?:week|weekend|month|quarter|year|sprint|fortnight|term|season|cycle|pay run|half)`,
  `(?:in|within|over) (?:the )?(?:next |coming )?${number} ${unit}(?: time)?`,
  `(?:in|within) (?:the next |the coming )${unit}`,
  `${number} ${unit} from (?:now|today|${day})`,
  `(?:by|before|at|for|until|in|ahead of) (?:the |our |your |my )?(?:next|following) ${occasion}`,
  `(?:by|before|until|till) our next one`,
  `(?:by|before|until|ahead of|in time for|prior to|after) (?:the|our|your|my|that) (?:${month} |q[1-4] |quarterly |monthly |weekly |team |client |design |sprint |steering )?${occasion}`,
  `(?:by|before) (?:then|noon|lunch|lunchtime|christmas|easter|new year|thanksgiving|the weekend|the holidays|you go on (?:leave|holiday|vacation)|i go on (?:leave|holiday|vacation)|we (?:next )?(?:meet|speak|talk)(?: next| again)?)`,
  `(?:by|before|in|for|end of) (?:the )?q[1-4]`,
  `(?:before|by) the next time we (?:meet|talk|speak)`,
  `next time(?: we (?:meet|talk|speak))?`,
  `(?:right away|straight away|asap|as soon as possible|immediately|right after this|after this call|after this meeting|when we hang up|as soon as we hang up|right after we finish)`,
  `(?:by|before|at) \\d{1,2}(?::\\d\\d)? ?(?:am|pm|o'clock)(?: (?:today|tomorrow|on ${day}|${day}))?`,
  `every (?:other )?(?:day|week|month|morning|${day}|two weeks)`,
  `(?:on )?\\d{4}-\\d{2}-\\d{2}`,
  `(?:by|on|before) \\d{1,2}/\\d{1,2}`,
]
const duePattern = new RegExp(`(?<![\\p{L}\\p{N}'])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'gu')

/**
 * One of these stands in everything the patterns find; add to it with them. Six utterances in ten
 * have none, and the long pattern, tried at every word, took half the time of a meeting.
 */
const mayHoldDue = new RegExp(
  [
    "\\d|o'clock|day|week|month|quarter|year|minute|hour|sprint|fortnight|morning|afternoon|evening|night|noon",
    'tomorrow|tmrw|tmr|now on|next|as we speak|business|play|term|season|cycle|pay run|half',
    '\\b(?:mon|tues|wed|thurs|fri)\\b|spring|summer|autumn|fall|winter|holiday|shutdown|christmas|xmas|easter',
    'thanksgiving|ramadan|\\beid\\b|diwali|lunch|break|leave|service|work|school|dinner|vacation',
    `\\b${month}\\b|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|teenth|tieth`,
    'eod|eow|eom|eoq|cob|end of|mid|one[- ]on|one[- ]to|check|catch|stand|retro|review|time we|demo|launch|release',
    'board|hands|offsite|handover|audit|inspection|conference|deadline|shift|meeting|session|call',
    'asap|as soon as|away|immediate|hang up|right after|straight after|after (?:this|that|our|the|we)|the moment',
    `\\b(?:when|once|before|by then)\\b|\\b(?:by|until|at|around) ${clock}\\b`,
  ].join('|'),
  'u',
)

/** A stretch of an utterance that says by when, in offsets of the line's text. */
export interface DuePhrase {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** Looking back, not ahead: "last Friday", "since Monday"; or how often: "most Fridays". */
const past = /(?:\b(?:last|since|previous|past|early|most|some|until last)\s+|\bago\b|\bfrom\s+)$/i
const firm =
  /^(?:by|before|until|till|no later|end|eod|eow|cob|tomorrow|today|tonight|next|this|within|in|on|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i

/**
 * All due phrases of an utterance, in order. Utterances longer than 1,200 characters are read up to there.
 * Read once and kept beside the utterance: signs, answers and items all ask, and the pattern took 38 % of
 * the time of a long talk.
 */
export function duePhrases(utterance: Utterance): readonly DuePhrase[] {
  const known = read.get(utterance)
  if (known !== undefined) return known
  const phrases = readPhrases(utterance)
  read.set(utterance, phrases)
  return phrases
}
const read = new WeakMap<Utterance, readonly DuePhrase[]>()

function readPhrases(utterance: Utterance): DuePhrase[] {
  const start = utterance.from
  const text = lowered(utterance.text.slice(0, 1200).replaceAll('’', "'"))
  if (!mayHoldDue.test(text)) return []
  const found: DuePhrase[] = []
  for (const match of text.matchAll(duePattern)) {
    if (past.test(text.slice(Math.max(0, match.index - 12), match.index))) continue
    if (
      /^(?:for|in|over|at|after|during|from) (?:a|one|two|three) (?:minutes?|hours?|second|first)/i.test(
        match[0],
      )
    )
      continue
    if (/^(?:may|mar|sun|sat|wed|mon|fri|second|first)$/i.test(match[0])) continue
    // "Come today", "over today": the small word belongs to the verb.
    if (/^(?:come|over|during) (?:today|tonight|tomorrow|this|next)/i.test(match[0])) {
      const small = match[0].indexOf(' ') + 1
      found.push(phraseAt(utterance, start + match.index + small, match[0].length - small))
      continue
    }
    const from = start + match.index
    found.push(phraseAt(utterance, from, match[0].length))
  }
  return found
}

/** In lower case, letter for letter: matching without regard to case costs three times as much. */
const lowered = (text: string) => {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text.replaceAll(/[A-Z]/g, letter => letter.toLowerCase())
}

const phraseAt = ({ line }: Utterance, from: number, length: number): DuePhrase => ({
  text: line.text.slice(from, from + length),
  from,
  to: from + length,
})

/** The phrase that most plainly says by when; of equals the last, because people correct themselves. */
export function duePhrase(utterance: Utterance): DuePhrase | null {
  let best: DuePhrase | null = null
  for (const phrase of duePhrases(utterance)) {
    if (best === null || firm.test(phrase.text) || !firm.test(best.text)) best = phrase
  }
  return best
}
