/**
 * The ways to say by when, in lower case; of those that begin at one word the first that fits counts.
 * `[lead]` and `[the]` at the front may be there or not. Each pattern is a flat list of alternatives: no repetition inside a repetition.
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
/** What `[lead]` stands for: words before a day that may be there or not, with the space after them. */
export const leads =
  '(?:by|before|until|till|no later than|latest by|on|at|for|come|during|over|from|after|around|toward|towards|this coming|as of|in|within|due|not until|starting)'
const clock =
  '(?:\\d{1,2}(?::\\d\\d)? ?(?:am|pm|a\\.m\\.|p\\.m\\.)?|noon|midday|lunch|lunchtime|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|midnight)'
const partOfDay = `(?: (?:morning|afternoon|evening|night|noon|lunch|lunchtime|lunch time|at the latest|latest|first thing|(?:at|by|around) ${clock}(?: o'clock)?|end of (?:day|play|business)|eod))?`
const season = '(?:spring|summer|autumn|fall|winter|new year|holidays|break|shutdown|half[- ]term)'
/** Who or what a day hangs on: "as soon as I'm back", "when Piet has signed". */
const clauseEnd =
  '(?:back|done|off|finish|finished|hang up|home|through|over|here|free|out|at my desk|in the office)'

export const duePatterns: readonly string[] = [
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
  `[lead][the](?:end|close|beginning|start|middle|back half|first half|second half|first week|last week) of (?:the |this |next |that )?(?:following )?(?:${period}|${month}|business|day|next week|next month|next quarter)`,
  `[lead](?:eod|eow|eom|eoq|cob|end of day|end of week|end of month|mid[- ]week|mid[- ]?month|mid[- ]${month}|midweek|close of business)(?: (?:today|tomorrow|${day}))?`,
  `[lead]a (?:week|fortnight|month) (?:from|on) (?:today|tomorrow|now|${day})`,
  `[lead][the](?:${day}|week|month) after next${partOfDay}`,
  `[lead][the](?:(?:next|this|this coming|coming|following) )?${day}(?: the ${ordinal}| (?:next )?week| ${month} ${ordinal}| ${ordinal} ${month})?${partOfDay}`,
  `[lead][the]${ordinal} of (?:the month|next month|this month|${month})`,
  `[lead]${month} (?:the )?(?:${ordinal}|\\d{1,2})`,
  `[lead][the](?:${ordinal}|\\d{1,2}) ${month}`,
  `(?:by|before|on|until|around|for|from|after) the ${ordinal}(?: latest)?`,
  `(?:by|before|until|in|for|this|next|end) ${month}`,
  `[lead][the]week (?:of|commencing|beginning) (?:the )?(?:${ordinal}|${month} ${ordinal}|${day})`,
  `[lead][the]week after(?: next)?`,
  `[lead](?:today|tonight|tomorrow|tmrw|tmr|this morning|this afternoon|this evening|tomorrow first thing|over lunch|after lunch|later today|later on today|first thing)${partOfDay}(?: (?:tomorrow|${day}|in the morning))?`,
  `[lead](?:later )?(?:this|next|the next|the following) (?:week|weekend|month|quarter|year|sprint|fortnight|term|season|cycle|pay run|half)`,
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
