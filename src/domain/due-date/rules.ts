import { comingWeekday, dayNumber, easter, existingDay, lastOfMonth, mondayOf, partsOf } from './calendar.ts'
import {
  dayOfMonth,
  endOfMonth,
  endOfQuarter,
  endOfWeek,
  exact,
  friday,
  type Moment,
  monthDay,
  namedQuarter,
  type Reading,
  roughly,
  type Rule,
  startOfWeek,
  unitDays,
  yearOfMonth,
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

const rule = (source: string, read: Rule['read']): Rule => ({
  pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}'])`, 'gu'),
  read,
})

const w = weekdayPattern
const m = monthPattern
const o = ordinalPattern
const n = countPattern
const unit = '((?:business |working )?days?|weeks?|fortnights?|months?|hours?|minutes?|mins?|years?)'
const the = '(?:the )?'
const year = '(?: (20\\d\\d))?'
const meet =
  '(?:1:1|1 on 1|one on one|one to one|1 to 1|meeting|catch up|catchup|check in|session|chat|sync|conversation)'
const talk = '(?:meet|talk|speak|chat|see each other|sit down|catch up|connect|do this)'

const dayName = (word: string): number => weekdayNumber(word)
const yearNumber = (word: string | undefined): number | undefined => (word ? Number(word) : undefined)

/** The meeting after this one. */
const nextTime: Rule['read'] = (_, { nextMeeting }) =>
  nextMeeting === null ? { day: null, certainty: 'none' } : exact(nextMeeting)

/** Longer and more special phrases first; of overlapping finds the longest counts anyway. */
export const rules: readonly Rule[] = [
  // the next time the two of them meet
  rule(`(?:our|the|my|this) next (?:weekly )?${meet}`, nextTime),
  rule(`next (?:weekly )?(?:1:1|1 on 1|one on one|one to one)`, nextTime),
  rule(`(?:our|the) (?:1:1|one on one) next week`, nextTime),
  rule(`(?:the )?next time(?: (?:we|i) ${talk}(?: with you| to you| you)?| around)?`, nextTime),
  rule(`(?:when|before|until|till) we(?: next)? ${talk}(?: again| next)`, nextTime),
  rule(`(?:when|before|until|till) we next ${talk}`, nextTime),
  rule(`(?:when|before) i (?:next )?see you (?:next|again)`, nextTime),

  // weekdays, with weeks
  rule(`(?:a|1|one) week (?:from|on|after) (?:this |the |next )?${w}`, ([day = ''], { today }) =>
    exact(comingWeekday(today, dayName(day)) + 7),
  ),
  rule(`(?:two|2) weeks (?:from|on|after) (?:this |the )?${w}`, ([day = ''], { today }) =>
    exact(comingWeekday(today, dayName(day)) + 14),
  ),
  rule(`${w} week`, ([day = ''], { today }) => exact(comingWeekday(today, dayName(day)) + 7)),
  rule(`${the}${w} after next`, ([day = ''], { today }) => exact(comingWeekday(today, dayName(day)) + 7)),
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
  rule(`tomorrow|tmrw|tmr`, (_, { today }) => exact(today + 1)),
  rule(
    `today|tonight|this (?:afternoon|morning|evening)|eod|eob|cob|${the}end of (?:the |my |this |today's |business )?(?:day|play|business)|${the}close of (?:business|play)|end of today|later on today|later today`,
    (_, { today }) => exact(today),
  ),
  rule(
    `(?:(?<=(?:by|before|until|till|at|around) )(?:lunch|lunchtime|noon|midday|midnight|\\d{1,2}(?::\\d\\d)? ?(?:am|pm|o'clock)))`,
    (_, { today }) => exact(today),
  ),
  rule(
    `in (?:half an|an?|the next|\\d{1,3}|one|two|three) (?:hour|minute)s?(?: or (?:so|two))?`,
    (_, { today }) => exact(today),
  ),

  // counted
  rule(
    `(?:in|within)(?: the)?(?: next)?(?: about| around)? ${n} ${unit}(?:' time| time)?(?: from (?:now|today))?(?: or so| or two| max| tops)?`,
    ([count = '', what = ''], { today }) =>
      (isVagueCount(count) ? roughly : exact)(unitDays(today, countNumber(count), what)),
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
  rule(`(?:mid|middle of|${the}middle of) next week`, (_, { today }) => roughly(startOfWeek(today, 1) + 2)),
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
  rule(`over the weekend|end of the weekend|by sunday night`, (_, { today }) =>
    roughly(startOfWeek(today, 0) + 6),
  ),
  rule(`(?<=before )the weekend`, (_, { today }) => exact(endOfWeek(today, 0))),
  rule(`next weekend`, (_, { today }) => roughly(startOfWeek(today, 1) + 5)),
  rule(`(?:this|the|at the|on the) weekend`, (_, { today }) => roughly(startOfWeek(today, 0) + 5)),

  // months, quarters, years
  rule(`(?:eom|${the}end of (?:the|this) month|${the}end of month|month end|month's end)`, (_, { today }) =>
    exact(endOfMonth(today, 0)),
  ),
  rule(`${the}end of next month`, (_, { today }) => exact(endOfMonth(today, 1))),
  rule(`(?:early|${the}(?:start|beginning|first) of) next month`, (_, { today }) =>
    roughly(endOfMonth(today, 0) + 1),
  ),
  rule(`(?:mid|${the}middle of) next month`, (_, { today }) => roughly(endOfMonth(today, 0) + 15)),
  rule(`(?:mid|${the}middle of)(?: the| this)? month`, (_, { today }) => roughly(dayOfMonth(today, 15))),
  rule(`(?:sometime |some time )?next month`, (_, { today }) => roughly(endOfMonth(today, 1))),
  rule(`(?:later |sometime )?this month`, (_, { today }) => roughly(endOfMonth(today, 0))),
  rule(
    `${the}end of (?:the|this) quarter|${the}end of quarter|eoq|quarter end|this quarter`,
    (_, { today }) => exact(endOfQuarter(today, 0)),
  ),
  rule(`${the}end of next quarter|next quarter`, (_, { today }) => exact(endOfQuarter(today, 1))),
  rule(
    `(?:${the}end of|(?<=(?:by|before|in|during) )) ?q([1-4])(?! (?:report|number|goal|plan|budget|review|roadmap|okr|result|figure|target|deck|forecast|kick)s?)`,
    ([quarter = ''], { today }) => exact(namedQuarter(today, Number(quarter))),
  ),
  rule(`(?:eoy|${the}end of (?:the|this) year|year end|end of year)`, (_, { today }) =>
    exact(dayNumber(partsOf(today).year, 12, 31)),
  ),
  rule(`${the}end of ${m}`, ([month = ''], { today }) =>
    exact(lastOfMonth(yearOfMonth(today, monthNumber(month)), monthNumber(month))),
  ),
  rule(`(?:early|${the}(?:start|beginning) of) ${m}`, ([month = ''], { today }) =>
    roughly(dayNumber(yearOfMonth(today, monthNumber(month)), monthNumber(month), 1)),
  ),
  rule(`(?:mid|${the}middle of) ?${m}`, ([month = ''], { today }) =>
    roughly(dayNumber(yearOfMonth(today, monthNumber(month)), monthNumber(month), 15)),
  ),
  rule(`(?:late|later in) ${m}`, ([month = ''], { today }) =>
    roughly(lastOfMonth(yearOfMonth(today, monthNumber(month)), monthNumber(month))),
  ),
  rule(`(?<=(?:by|before|until|till) )${m}(?! \\d)`, ([month = ''], { today }) =>
    roughly(dayNumber(yearOfMonth(today, monthNumber(month)), monthNumber(month), 1)),
  ),
  rule(`(?<=(?:in|during) )${m}(?! \\d)`, ([month = ''], { today }) =>
    roughly(lastOfMonth(yearOfMonth(today, monthNumber(month)), monthNumber(month))),
  ),

  // dates
  rule(`(20\\d\\d) (\\d\\d) (\\d\\d)`, ([y, month, day]) =>
    exact(existingDay(Number(y), Number(month), Number(day))),
  ),
  rule(`${m} ${o}${year}`, ([month = '', day = '', y], { today }) =>
    exact(monthDay(today, monthNumber(month), ordinalNumber(day), yearNumber(y))),
  ),
  rule(`${m} (\\d{1,2})${year}`, ([month = '', day = '', y], { today }) =>
    exact(monthDay(today, monthNumber(month), Number(day), yearNumber(y))),
  ),
  rule(`${the}${o}(?: of)? ${m}${year}`, ([day = '', month = '', y], { today }) =>
    exact(monthDay(today, monthNumber(month), ordinalNumber(day), yearNumber(y))),
  ),
  rule(`(\\d{1,2}) ${m}${year}`, ([day = '', month = '', y], { today }) =>
    exact(monthDay(today, monthNumber(month), Number(day), yearNumber(y))),
  ),
  rule(`(?<=(?:by|on|before|until|till|due|for|the) )(\\d{1,2})/(\\d{1,2})(?:/(\\d{2,4}))?`, slashes),
  rule(`(\\d{1,2})[./](\\d{1,2})[./](20\\d\\d)`, slashes),
  rule(`(?<=(?:by|on|before|until|till|due|for|the) )(\\d{1,2})\\.(\\d{1,2})`, ([day, month], { today }) =>
    exact(monthDay(today, Number(month), Number(day))),
  ),
  rule(
    `the ${o}(?: of (?:this|the) month)?(?! (?:time|thing|one|part|option|point|half|floor|quarter|draft|version|round|person|week|day|item|step|of))`,
    ([day = ''], { today }) => exact(dayOfMonth(today, ordinalNumber(day))),
  ),
  rule(
    `(?<=(?:by|on|before|until|till) )${o}(?! (?:time|thing|one|part|option|point|half|floor|quarter|draft|version|round|person|week|day|item|step))`,
    ([day = ''], { today }) => exact(dayOfMonth(today, ordinalNumber(day))),
  ),
  rule(`the ${o} of next month`, ([day = ''], { today }) => {
    const { year: y, month } = partsOf(endOfMonth(today, 0) + 1)
    return exact(existingDay(y, month, ordinalNumber(day)))
  }),

  // feasts on a computable day
  rule(`christmas(?: eve| day)?|xmas`, (_, { today }) => exact(monthDay(today, 12, 25))),
  rule(`(?:the )?new year(?:'s)?(?: day)?`, (_, { today }) =>
    exact(dayNumber(partsOf(today).year + 1, 1, 1)),
  ),
  rule(`easter`, (_, { today }) => {
    const { year: y } = partsOf(today)
    return exact(easter(y) >= today ? easter(y) : easter(y + 1))
  }),
  rule(`halloween`, (_, { today }) => exact(monthDay(today, 10, 31))),

  // a wish for speed is a deadline phrase, but no day
  rule(`asap|as soon as (?:possible|i can|you can)|right away|straight away|immediately`, () => ({
    day: null,
    certainty: 'none',
  })),
]

/** 3/4 is read month first unless that month does not exist; which it was, nobody can tell for sure. */
function slashes([first, second, written]: readonly string[], { today }: Moment): Reading | null {
  const [a, b] = [Number(first), Number(second)]
  const y =
    written === undefined ? undefined : Number(written) < 100 ? 2000 + Number(written) : Number(written)
  if (a > 12) return exact(monthDay(today, b, a, y))
  const found = monthDay(today, a, b, y)
  return b > 12 || a === b ? exact(found) : roughly(found)
}
