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
  '(?:\\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|fifteenth|twentieth|thirtieth)'
const unit =
  '(?:minutes?|hours?|days?|business days?|working days?|weeks?|months?|quarters?|years?|sprints?|fortnights?)'
const period =
  '(?:day|today|play|business|week|weekend|month|quarter|year|sprint|q[1-4]|shift|term|season|meeting|session|call|afternoon|morning)'
const occasion =
  '(?:one[- ]on[- ]one|one[- ]to[- ]one|1:1|1-1|check[- ]?in|catch[- ]?up|meeting|session|call|stand[- ]?up|retro|review|time we (?:talk|meet|speak)|demo|launch|release|board meeting|all[- ]hands|offsite|holidays?|vacation|handover|audit|inspection|conference|deadline|shift)'
const lead =
  '(?:by|before|until|till|no later than|latest by|on|at|for|come|during|over|from|after|around|toward|towards|this coming|as of|in|within|due|not until|starting)'
const partOfDay = '(?: (?:morning|afternoon|evening|night|noon|lunch|lunchtime|at the latest|latest))?'

const patterns = [
  `(?:${lead} )?(?:the )?(?:end|close|beginning|start|middle|back half|first half|second half|first week|last week) of (?:the |this |next |that )?(?:following )?(?:${period}|${month}|business|day|next week|next month|next quarter)`,
  `(?:${lead} )?(?:eod|eow|eom|eoq|cob|end of day|end of week|end of month|mid[- ]week|mid[- ]?month|mid[- ]${month}|midweek|close of business)(?: (?:today|tomorrow|${day}))?`,
  `(?:${lead} )?a (?:week|fortnight|month) (?:from|on) (?:today|tomorrow|now|${day})`,
  `(?:${lead} )?(?:the )?${day} after next${partOfDay}`,
  `(?:${lead} )?(?:the )?(?:(?:next|this|this coming|coming|following) )?${day}(?: the ${ordinal}| (?:next )?week| ${month} ${ordinal}| ${ordinal} ${month})?${partOfDay}`,
  `(?:${lead} )?(?:the )?${ordinal} of (?:the month|next month|this month|${month})`,
  `(?:${lead} )?${month} (?:the )?(?:${ordinal}|\\d{1,2})`,
  `(?:${lead} )?(?:the )?(?:${ordinal}|\\d{1,2}) ${month}`,
  `(?:by|before|on|until|around|for) the ${ordinal}`,
  `(?:by|before|until|in|for|this|next|end) ${month}`,
  `(?:${lead} )?(?:the )?week (?:of|commencing|beginning) (?:the )?(?:${ordinal}|${month} ${ordinal}|${day})`,
  `(?:${lead} )?(?:the )?week after(?: next)?`,
  `(?:${lead} )?(?:today|tonight|tomorrow|this morning|this afternoon|this evening|over lunch|after lunch|first thing)${partOfDay}(?: (?:tomorrow|${day}|in the morning))?`,
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
const duePattern = new RegExp(`(?<![\\p{L}\\p{N}'])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'giu')

/** A stretch of an utterance that says by when, in offsets of the line's text. */
export interface DuePhrase {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** Looking back, not ahead: "by the way", "last Friday", "on Monday I sent". */
const past = /(?:\b(?:last|since|previous|past)\s+|\bago\b)$/i
const firm =
  /^(?:by|before|until|till|no later|end|eod|eow|cob|tomorrow|today|tonight|next|this|within|in)\b/i

/** All due phrases of an utterance, in order. Utterances longer than 1,200 characters are read up to there. */
export function duePhrases(utterance: Utterance): DuePhrase[] {
  const start = utterance.from
  const text = utterance.text.slice(0, 1200).replaceAll('’', "'")
  const found: DuePhrase[] = []
  for (const match of text.matchAll(duePattern)) {
    if (past.test(text.slice(Math.max(0, match.index - 12), match.index))) continue
    if (
      /^(?:for|in|over|at|after|during|from) (?:a|one|two|three) (?:minutes?|hours?|second|first)/i.test(
        match[0],
      )
    )
      continue
    if (/^(?:may|mar|sun|sat|wed|second|first)$/i.test(match[0])) continue
    const from = start + match.index
    found.push({
      text: utterance.line.text.slice(from, from + match[0].length),
      from,
      to: from + match[0].length,
    })
  }
  return found
}

/** The phrase that most plainly says by when; of equals the last, because people correct themselves. */
export function duePhrase(utterance: Utterance): DuePhrase | null {
  let best: DuePhrase | null = null
  for (const phrase of duePhrases(utterance)) {
    if (best === null || firm.test(phrase.text) || !firm.test(best.text)) best = phrase
  }
  return best
}
