import { comingWeekday, mondayOf } from './calendar.ts'
import { dateRules } from './date-rules.ts'
import {
  dayOfMonth,
  endOfWeek,
  exact,
  friday,
  monthDay,
  roughly,
  rule,
  type Rule,
  startOfWeek,
  unitDays,
} from './reckoning.ts'
import {
  countNumber,
  countPattern,
  isVagueCount,
  monthNumber,
  monthPattern,
  ordinalNumber,
  ordinalPattern,
  weekdayNumber,
  weekdayPattern,
} from './words.ts'

/** A day of the week, also as whose meeting it is: `before Monday's review`. */
const w = `${weekdayPattern}(?:'s)?`
const m = monthPattern
const o = ordinalPattern
const n = countPattern
const unit = '((?:business |working )?days?|weeks?|fortnights?|months?|hours?|minutes?|mins?|years?)'
const the = '(?:the )?'
const meet =
  '(?:1:1|1 on 1|one on one|one to one|1 to 1|meeting|catch up|catchup|check in|session|chat|sync|conversation)'
const talk = '(?:meet|talk|speak|chat|see each other|sit down|catch up|connect|do this)'

const dayName = (word: string): number => weekdayNumber(word)

const midweek = 2

/** The meeting after this one. */
const nextTime: Rule['read'] = (_, { nextMeeting }) =>
  nextMeeting === null ? { day: null, certainty: 'none' } : exact(nextMeeting)

/** Longer and more special phrases first; of overlapping finds the longest counts anyway. */
export const rules: readonly Rule[] = [
  // the next time the two of them meet
  rule(`(?:our|the|my|this) next (?:weekly )?${meet}`, nextTime),
  rule(`(?:before|by|until|till) our next one`, nextTime),
  rule(`next (?:weekly )?(?:1:1|1 on 1|one on one|one to one)`, nextTime),
  rule(`(?:our|the) (?:1:1|one on one) next week`, nextTime),
  rule(`(?:the )?next time(?: (?:we|i) ${talk}(?: with you| to you| you)?| around)?`, nextTime),
  rule(`(?:when|before|until|till|by the time) we(?: next)? ${talk}(?: again| next)`, nextTime),
  rule(`(?:when|before|until|till) we next ${talk}`, nextTime),
  rule(`(?:when|before) i (?:next )?see you (?:next|again)`, nextTime),

  // weekdays, with weeks
  rule(`(?:a|1|one) week (?:from|on|after) (?:this |the |next )?${w}`, ([day = ''], { today }) =>
    exact(comingWeekday(today, dayName(day)) + 7),
  ),
  rule(`(?:two|2) weeks (?:from|on|after) (?:this |the )?${w}`, ([day = ''], { today }) =>
    exact(comingWeekday(today, dayName(day)) + 14),
  ),
  rule(`${w} fortnight|(?:a|1|one) fortnight (?:from|on) (?:this )?${w}`, ([day, later], { today }) =>
    exact(comingWeekday(today, dayName(day ?? later ?? '')) + 14),
  ),
  rule(`${n} ${w} from now`, ([count = '', day = ''], { today }) =>
    exact(comingWeekday(today, dayName(day)) + 7 * (countNumber(count) - 1)),
  ),
  rule(`${w} week`, ([day = ''], { today }) => exact(comingWeekday(today, dayName(day)) + 7)),
  rule(`${the}${w} after next`, ([day = ''], { today }) => exact(startOfWeek(today, 2) + dayName(day))),
  rule(`${the}${w} (?:of )?next week`, ([day = ''], { today }) =>
    exact(startOfWeek(today, 1) + dayName(day)),
  ),
  rule(`next week(?: on)?(?: the)? ${w}`, ([day = ''], { today }) =>
    exact(startOfWeek(today, 1) + dayName(day)),
  ),
  rule(`${the}${w} (?:of )?the week after(?: next)?`, ([day = ''], { today }) =>
    exact(startOfWeek(today, 2) + dayName(day)),
  ),
  rule(`${the}${w} (?:of )?this week`, ([day = ''], { today }) =>
    exact(startOfWeek(today, 0) + dayName(day)),
  ),
  rule(`this week(?: on)? ${w}`, ([day = ''], { today }) => exact(startOfWeek(today, 0) + dayName(day))),
  rule(`${w}(?: the)? ${o}(?: of ${m})?`, ([, day = '', month], { today }) =>
    exact(
      month ? monthDay(today, monthNumber(month), ordinalNumber(day)) : dayOfMonth(today, ordinalNumber(day)),
    ),
  ),
  rule(`next ${w}`, ([day = ''], { today }) => exact(startOfWeek(today, 1) + dayName(day))),
  rule(`this(?: coming)? ${w}`, ([day = ''], { today }) => {
    const found = startOfWeek(today, 0) + dayName(day)
    return exact(found < today ? found + 7 : found)
  }),
  rule(`(?:the )?(?:coming |following )?${w}`, ([day = ''], { today }) =>
    exact(comingWeekday(today, dayName(day))),
  ),

  // days
  rule(`${the}day after tomorrow`, (_, { today }) => exact(today + 2)),
  rule(`(?:a|1|one) week (?:from )?(?:today|now)`, (_, { today }) => exact(today + 7)),
  rule(`(?:a|1|one) week (?:from )?tomorrow`, (_, { today }) => exact(today + 8)),
  rule(`(?:today|tomorrow) week`, (_, { today }) => exact(today + 7)),
  rule(`(?:this|same) time next week`, (_, { today }) => exact(today + 7)),
  rule(`first thing in the morning`, (_, { today }) => exact(today + 1)),
  rule(
    `(?:right|straight|directly|just) after (?:this|the|our)(?: ${meet}| call)?|after this (?:call|${meet})|(?:right |straight )?after lunch|over lunch`,
    (_, { today }) => exact(today),
  ),
  rule(`tomorrow|tmrw|tmr`, (_, { today }) => exact(today + 1)),
  rule(
    `today|tonight|this (?:afternoon|morning|evening)|eod|eob|cob|${the}end of (?:the |my |this |today's |business )?(?:day|play|business)|${the}close of (?:business|play)|end of today|later on today|later today`,
    (_, { today }) => exact(today),
  ),
  rule(
    `(?:(?<=(?<!\\p{L})(?:by|before|until|till|at|around) )(?:lunch|lunchtime|noon|midday|midnight|\\d{1,2}(?::\\d\\d)? ?(?:am|pm|o'clock)|half past \\w+|(?:a )?quarter (?:past|to) \\w+|[a-z]+ o'clock|\\d\\d:\\d\\d))`,
    (_, { today }) => exact(today),
  ),
  rule(
    `within (?:the|an|half an) hour|in (?:half an|an?|the next|\\d{1,3}|one|two|three) (?:hour|minute)s?(?: or (?:so|two))?`,
    (_, { today }) => exact(today),
  ),

  // counted
  rule(
    `(?:in|within)(?: the)?(?: next)?(?: about| around)? ${n} ${unit}(?:' time| time)?(?: from (?:now|today))?(?: or so| max| tops)?`,
    ([count = '', what = ''], { today }) =>
      (isVagueCount(count) ? roughly : exact)(unitDays(today, countNumber(count), what)),
  ),
  rule(`(?:in|within) a (day|week|month) or two`, ([what = ''], { today }) =>
    roughly(unitDays(today, 2, what)),
  ),
  rule(`(?<=give me )(?:about |another )?${n} ${unit}`, ([count = '', what = ''], { today }) =>
    roughly(unitDays(today, countNumber(count), what)),
  ),
  rule(`${n} ${unit} from (?:now|today)`, ([count = '', what = ''], { today }) =>
    (isVagueCount(count) ? roughly : exact)(unitDays(today, countNumber(count), what)),
  ),
  rule(`(?:in|within) a fortnight`, (_, { today }) => exact(today + 14)),

  // weeks
  rule(
    `(?:eow|${the}end of (?:the|this|that) (?:working )?week|${the}end of week|week's end)`,
    (_, { today }) => exact(endOfWeek(today, 0)),
  ),
  rule(`${the}(?:end|back end) of next week|next week friday|eow next week`, (_, { today }) =>
    exact(endOfWeek(today, 1)),
  ),
  rule(`${the}end of the week after(?: next)?`, (_, { today }) => exact(endOfWeek(today, 2))),
  rule(`(?:early|first thing|${the}(?:start|beginning) of) next week`, (_, { today }) =>
    roughly(startOfWeek(today, 1)),
  ),
  rule(`mid ?week`, (_, { today }) => roughly(comingWeekday(today, midweek))),
  rule(`in the coming week`, (_, { today }) => roughly(endOfWeek(today, 1))),
  rule(`within the week|(?<=(?<!\\p{L})before )the week (?:ends|is (?:out|over))`, (_, { today }) =>
    roughly(endOfWeek(today, 0)),
  ),
  rule(`(?:mid ?week|mid|middle of|${the}middle of) next week`, (_, { today }) =>
    roughly(startOfWeek(today, 1) + midweek),
  ),
  rule(`(?:late|later) next week`, (_, { today }) => roughly(endOfWeek(today, 1))),
  rule(`${the}week after next|in the week after next`, (_, { today }) => roughly(endOfWeek(today, 2))),
  rule(`(?:sometime |some time )?next week`, (_, { today }) => roughly(endOfWeek(today, 1))),
  rule(`(?:later |sometime |some time )?this week|(?:mid|middle of the) week`, (_, { today }) =>
    roughly(endOfWeek(today, 0)),
  ),
  rule(
    `${the}week (?:of|starting|beginning|commencing)(?: the)?(?: ${w}(?: the)?)? ${o}(?: of ${m})?`,
    ([, day = '', month], { today }) => {
      const found = month
        ? monthDay(today, monthNumber(month), ordinalNumber(day))
        : dayOfMonth(today, ordinalNumber(day))
      return found === null ? null : roughly(mondayOf(found) + friday)
    },
  ),
  rule(`(?:over|at|on|during) the weekend|end of the weekend|by sunday night`, (_, { today }) =>
    roughly(startOfWeek(today, 0) + 6),
  ),
  rule(`(?<=(?<!\\p{L})before )the weekend`, (_, { today }) => exact(endOfWeek(today, 0))),
  rule(`next weekend`, (_, { today }) => roughly(startOfWeek(today, 1) + 5)),
  rule(`(?:this|the) weekend`, (_, { today }) => roughly(startOfWeek(today, 0) + 5)),

  ...dateRules,

  // a wish for speed is a deadline phrase, but no day
  rule(
    `(?:when|once|as soon as|the moment) we(?:'re| are)? (?:hang up|finish|done|finished)(?: here)?|before (?:i|you) (?:knock off|clock off|go home|leave today|head home)`,
    (_, { today }) => exact(today),
  ),
  rule(`(?<!day )in the morning`, (_, { today }) => roughly(today + 1)),
  rule(`asap|as soon as (?:possible|i can|you can)|right away|straight away|immediately`, () => ({
    day: null,
    certainty: 'none',
  })),
]
