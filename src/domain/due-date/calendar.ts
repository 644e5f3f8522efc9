/** Days without time or zone, counted from 1970-01-01, so that no process zone can shift them. */
export type DayNumber = number

const dayLength = 86_400_000

/** Months and days count from 1; what the calendar does not have rolls over, as in `Date.UTC`. */
export const dayNumber = (year: number, month: number, day: number): DayNumber =>
  Date.UTC(year, month - 1, day) / dayLength

/** The day number when the calendar has that day (no 31 April), else null. */
export const existingDay = (year: number, month: number, day: number): DayNumber | null => {
  const number = dayNumber(year, month, day)
  const parts = partsOf(number)
  return parts.month === month && parts.day === day ? number : null
}

/** Month and day from 1. */
export const partsOf = (day: DayNumber): { year: number; month: number; day: number } => {
  const date = new Date(day * dayLength)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** `2026-03-12`. */
export const isoDay = (day: DayNumber): string => new Date(day * dayLength).toISOString().slice(0, 10)

/** `2026-03-12T10:00` or `2026-03-12` → its day; null when it is neither. */
export const dayOfLocal = (local: string): DayNumber | null => {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T|$)/.exec(local)
  return match ? existingDay(Number(match[1]), Number(match[2]), Number(match[3])) : null
}

/** Monday 0 … Sunday 6. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: DayNumber): number => (((day + 3) % 7) + 7) % 7

/** The Monday of its week. */
export const mondayOf = (day: DayNumber): DayNumber => day - weekdayOf(day)

/** The first such weekday after `day`, never `day` itself. */
export const comingWeekday = (day: DayNumber, weekday: number): DayNumber =>
  day + (((weekday - weekdayOf(day) + 6) % 7) + 1)

/** The last day of a month, counted from 1; 13 is January of the year after. */
export const lastOfMonth = (year: number, month: number): DayNumber => dayNumber(year, month + 1, 1) - 1

/** The first, second … or last such weekday of a month; null where it has no fifth. */
export const weekdayInMonth = (
  year: number,
  month: number,
  weekday: number,
  which: number | 'last',
): DayNumber | null => {
  const last = lastOfMonth(year, month)
  if (which === 'last') return last - ((weekdayOf(last) - weekday + 7) % 7)
  const found = comingWeekday(dayNumber(year, month, 1) - 1, weekday) + 7 * (which - 1)
  return found <= last ? found : null
}

/** The same day of a later month, or its last day where it has fewer. */
export const plusMonths = (day: DayNumber, months: number): DayNumber => {
  const parts = partsOf(day)
  const last = lastOfMonth(parts.year, parts.month + months)
  return Math.min(dayNumber(parts.year, parts.month + months, parts.day), last)
}

/** Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8). */
export const easter = (year: number): DayNumber => {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  return dayNumber(year, month, ((h + l - 7 * m + 114) % 31) + 1)
}
