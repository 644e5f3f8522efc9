import {
  type DayNumber,
  existingDay,
  lastOfMonth,
  mondayOf,
  partsOf,
  plusMonths,
  weekdayOf,
} from './calendar.ts'
import { needs } from './needs.ts'

/** What days the words of the rules come to. */

/** When the words were said. */
export interface Moment {
  readonly today: DayNumber
  readonly nextMeeting: DayNumber | null
}

/** `null` as a day: a time was named that no calendar can tell ("our next 1:1", not planned yet). */
export interface Reading {
  readonly day: DayNumber | null
  readonly certainty: 'exact' | 'approximate' | 'none'
}

/** A pattern over plain text, and what its groups come to; null: not a date after all. */
export interface Rule {
  readonly pattern: RegExp
  /** False for a text in which the pattern is not worth looking for. */
  mayBeIn(text: string): boolean
  read(groups: readonly string[], moment: Moment): Reading | null
}

/** A day that the words name; null stays null. */
export const exact = (day: DayNumber | null): Reading | null =>
  day === null ? null : { day, certainty: 'exact' }
/** A day that a convention chose. */
export const roughly = (day: DayNumber | null): Reading | null =>
  day === null ? null : { day, certainty: 'approximate' }
export const friday = 4
/** The working week's last day; said on a weekend, it is the coming week's. */
export const endOfWeek = (today: DayNumber, weeks: number): DayNumber =>
  mondayOf(weekdayOf(today) > friday ? today + 2 : today) + 7 * weeks + friday
/** Monday of the week so many weeks ahead. */
export const startOfWeek = (today: DayNumber, weeks: number): DayNumber => mondayOf(today) + 7 * weeks

/** Last day of the month so many months ahead. */
export const endOfMonth = (today: DayNumber, months: number): DayNumber => {
  const { year, month } = partsOf(today)
  return lastOfMonth(year, month + months)
}
/** Last day of the quarter so many quarters ahead. */
export const endOfQuarter = (today: DayNumber, quarters: number): DayNumber => {
  const { year, month } = partsOf(today)
  return lastOfMonth(year, (Math.floor((month - 1) / 3) + 1 + quarters) * 3)
}
/** Last day of Q1–Q4: this year's, or next year's when it is over. */
export const namedQuarter = (today: DayNumber, quarter: number): DayNumber => {
  const { year } = partsOf(today)
  const end = lastOfMonth(year, quarter * 3)
  return end < today ? lastOfMonth(year + 1, quarter * 3) : end
}

/** A day of a month that has passed by up to this many days was meant as past, not as next year's. */
const lately = 90
export const monthDay = (today: DayNumber, month: number, day: number, year?: number): DayNumber | null => {
  const here = year ?? partsOf(today).year
  const found = existingDay(here, month, day)
  if (found === null || year !== undefined || found >= today) return found
  return today - found <= lately ? null : existingDay(here + 1, month, day)
}
/** A month that has been over for less than a quarter: "in January", said in March, tells a story. */
export const isLatelyOver = (today: DayNumber, month: number): boolean => {
  const ago = partsOf(today).month - month
  return ago > 0 && ago <= 3
}
/** A month by name: this year's if it has not ended yet. */
export const yearOfMonth = (today: DayNumber, month: number): number => {
  const parts = partsOf(today)
  return month >= parts.month ? parts.year : parts.year + 1
}
/** "The 20th": the next such day from today on; null when the coming months have none. */
export const dayOfMonth = (today: DayNumber, day: number): DayNumber | null => {
  const { year, month } = partsOf(today)
  for (let ahead = 0; ahead < 3; ahead++) {
    const found = existingDay(month + ahead > 12 ? year + 1 : year, ((month + ahead - 1) % 12) + 1, day)
    if (found !== null && found >= today) return found
  }
  return null
}

/** So many units ahead; hours count as whole days, minutes as today, working days skip weekends. */
export const unitDays = (today: DayNumber, count: number, unit: string): DayNumber => {
  if (unit.startsWith('month')) return plusMonths(today, count)
  if (unit.startsWith('year')) return plusMonths(today, 12 * count)
  if (unit.startsWith('week')) return today + 7 * count
  if (unit.startsWith('fortnight')) return today + 14 * count
  if (unit.startsWith('hour')) return today + Math.floor(count / 24)
  if (unit.startsWith('min')) return today
  if (/^(?:business|working)/.test(unit)) return workingDays(today, count)
  return today + count
}
const workingDays = (today: DayNumber, count: number): DayNumber => {
  let day = today
  for (let left = count; left > 0;) if (weekdayOf(++day) <= friday) left--
  return day
}

/** A rule for plain words as `plainText` makes them; it begins and ends at the edge of a word. */
export const rule = (source: string, read: Rule['read']): Rule => ({
  pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}'])`, 'gu'),
  mayBeIn: needs(source),
  read,
})
