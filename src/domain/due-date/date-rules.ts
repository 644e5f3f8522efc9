import { dayNumber, easter, existingDay, lastOfMonth, partsOf, weekdayInMonth } from './calendar.ts'
import {
  dayOfMonth,
  endOfMonth,
  endOfQuarter,
  endOfWeek,
  exact,
  isLatelyOver,
  type Moment,
  monthDay,
  namedQuarter,
  type Reading,
  roughly,
  rule,
  type Rule,
  yearOfMonth,
} from './reckoning.ts'
import {
  monthNumber,
  monthPattern,
  ordinalNumber,
  ordinalPattern,
  weekdayNumber,
  weekdayPattern,
} from './words.ts'

const m = monthPattern
const o = ordinalPattern
const w = weekdayPattern
const the = '(?:the )?'
const year = '(?: (20\\d\\d))?'
const nth = '(first|second|third|fourth|last)'

const yearNumber = (word: string | undefined): number | undefined => (word ? Number(word) : undefined)

const nthWeekday = (month: { year: number; month: number }, which: string, weekday: string): Reading | null =>
  exact(
    weekdayInMonth(
      month.year,
      month.month,
      weekdayNumber(weekday),
      which === 'last' ? 'last' : ordinalNumber(which),
    ),
  )

/** Rules for months, quarters, years, dates and feasts. */
export const dateRules: readonly Rule[] = [
  // months, quarters, years
  rule(`${the}${nth} ${w} (?:of|in) (?:the|this) month`, ([which = '', day = ''], { today }) =>
    nthWeekday(partsOf(today), which, day),
  ),
  rule(`${the}${nth} ${w} (?:of|in) next month`, ([which = '', day = ''], { today }) =>
    nthWeekday(partsOf(endOfMonth(today, 0) + 1), which, day),
  ),
  rule(`${the}${nth} ${w} (?:of|in) ${m}`, ([which = '', day = '', month = ''], { today }) =>
    nthWeekday({ year: yearOfMonth(today, monthNumber(month)), month: monthNumber(month) }, which, day),
  ),
  rule(`${the}${nth} week (?:of|in) (next month|${m})`, ([which = '', month = ''], { today }) => {
    const of =
      month === 'next month'
        ? partsOf(endOfMonth(today, 0) + 1)
        : { year: yearOfMonth(today, monthNumber(month)), month: monthNumber(month) }
    return which === 'last'
      ? roughly(lastOfMonth(of.year, of.month))
      : roughly(endOfWeek(dayNumber(of.year, of.month, 1), ordinalNumber(which) - 1))
  }),
  rule(`within the month|(?<=(?<!\\p{L})before )the month (?:ends|is (?:out|over|up))`, (_, { today }) =>
    roughly(endOfMonth(today, 0)),
  ),
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
    `${the}end of (?:the|this) quarter|${the}end of quarter|eoq|quarter end|(?<=(?<!\\p{L})before )the quarter (?:ends|is (?:out|over|up))|this quarter`,
    (_, { today }) => exact(endOfQuarter(today, 0)),
  ),
  rule(`${the}end of next quarter|next quarter`, (_, { today }) => exact(endOfQuarter(today, 1))),
  rule(
    `(?:${the}end of|(?<=(?<!\\p{L})(?:by|before|in|during) )) ?q([1-4])(?! (?:report|number|goal|plan|budget|review|roadmap|okr|result|figure|target|deck|forecast|kick)s?)`,
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
  rule(`(?<=(?<!\\p{L})(?:by|before|until|till) )${m}(?! (?:\\d|the \\d))`, ([month = ''], { today }) =>
    roughly(dayNumber(yearOfMonth(today, monthNumber(month)), monthNumber(month), 1)),
  ),
  rule(`(?<=(?<!\\p{L})(?:in|during) )${m}(?! \\d)`, ([month = ''], { today }) =>
    isLatelyOver(today, monthNumber(month))
      ? null
      : roughly(lastOfMonth(yearOfMonth(today, monthNumber(month)), monthNumber(month))),
  ),

  // dates
  rule(`(20\\d\\d)[ /](\\d\\d)[ /](\\d\\d)`, ([y, month, day]) =>
    exact(existingDay(Number(y), Number(month), Number(day))),
  ),
  rule(`${m}(?: the)? ${o}${year}`, ([month = '', day = '', y], { today }) =>
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
  rule(
    `(?<=(?<!\\p{L})(?:by|on|before|until|till|due|for|the) )(\\d{1,2})/(\\d{1,2})(?:/(\\d{2,4}))?`,
    slashes,
  ),
  rule(`(\\d{1,2})[./](\\d{1,2})[./](20\\d\\d)`, slashes),
  rule(
    `(?<=(?<!\\p{L})(?:by|on|before|until|till|due|for|the) )(\\d{1,2})\\.(\\d{1,2})`,
    ([day, month], { today }) => exact(monthDay(today, Number(month), Number(day))),
  ),
  rule(
    `the ${o}(?: of (?:this|the) month)?(?! (?:time|thing|one|part|option|point|half|floor|quarter|draft|version|round|person|week|day|item|step|of))`,
    ([day = ''], { today }) => exact(dayOfMonth(today, ordinalNumber(day))),
  ),
  rule(
    `(?<=(?<!\\p{L})(?:by|on|before|until|till) )${o}(?! (?:time|thing|one|part|option|point|half|floor|quarter|draft|version|round|person|week|day|item|step))`,
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
