import { dayNumber, isoDay } from './due-date/calendar.ts'
import { toInstant, toLocal } from './local-time.ts'

/**
 * When two people meet next. A rhythm is a wall clock: a first time and a number of days. It knows no
 * months and no holidays, and daylight saving moves none of it: ten o'clock stays ten o'clock. Only in the
 * hour that spring skips is the meeting where the clocks have gone, and in the one that autumn has twice it
 * is the first (`toInstant`); the time after is again as it was.
 */
export interface Rhythm {
  /** Local time of any one of its meetings, `2026-03-12T10:00`. */
  readonly start: string
  readonly days: number
  readonly timezone: string
}

/** A place in the rhythm: the wall clock it stands for, and the instant that is. */
export interface Slot {
  readonly local: string
  /** ISO, UTC. */
  readonly at: string
}

/** A meeting as far as the rhythm asks: the place it was made for, and when it is or was. */
export interface Placed {
  /** Null: planned by hand, beside the rhythm. */
  readonly slot: string | null
  readonly at: string
}

const numberOf = (local: string): number => {
  const [year = 0, month = 0, day = 0] = local.slice(0, 10).split('-').map(Number)
  return dayNumber(year, month, day)
}

const slotOn = ({ start, timezone }: Rhythm, day: number): Slot => {
  const local = `${isoDay(day)}${start.slice(10, 16)}`
  return { local, at: toInstant(local, timezone).toISOString() }
}

/** The rhythm's day that comes first after a day. */
const dayAfter = ({ start, days }: Rhythm, after: number): number => {
  const first = numberOf(start)
  return first + (Math.floor((after - first) / days) + 1) * days
}

/**
 * The place of the next meeting: after now, after the place the last one was made for, and after the day on
 * which it really was. So a meeting that moved is followed by one on the rhythm's own day, and one that was
 * moved onto that day is not doubled.
 */
export const nextSlot = (rhythm: Rhythm, last: Placed | null, now: Date): Slot => {
  const { timezone, days } = rhythm
  const today = numberOf(toLocal(now, timezone))
  const after = Math.max(
    today - 1,
    ...(last ? [numberOf(toLocal(last.at, timezone))] : []),
    ...(last?.slot ? [numberOf(last.slot)] : []),
  )
  let day = dayAfter(rhythm, after)
  while (slotOn(rhythm, day).at <= now.toISOString()) day += days
  return slotOn(rhythm, day)
}

/** The places after one, for a calendar that looks ahead. */
export const slotsAfter = (rhythm: Rhythm, last: Slot, count: number): Slot[] => {
  const first = dayAfter(rhythm, numberOf(last.local))
  return Array.from({ length: count }, (_, index) => slotOn(rhythm, first + index * rhythm.days))
}

/** So many meetings in a row about which nobody said a word, and the rhythm is no longer kept up. */
export const quietPlaces = 3

/**
 * Whether a pair has stopped meeting, by its newest meetings: then no further one is made, and the page says
 * that none is planned. Otherwise a pair that nobody looks after would be planned for ever.
 */
export const isAsleep = (
  days: number,
  newest: readonly { readonly at: string; readonly told: boolean }[],
  now: Date,
): boolean => {
  const [last] = newest
  if (!last) return false
  const silent = now.getTime() - Date.parse(last.at) > (quietPlaces * days + 7) * 86_400_000
  return silent || (newest.length >= quietPlaces && newest.every(({ told }) => !told))
}
