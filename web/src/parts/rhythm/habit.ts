import type { RhythmPage } from '../../../../src/domain/api/rhythm.ts'
import { firstName, shortDay, timeOf, weekday } from '../../format.ts'

const times = ['', 'once', 'twice', 'three times', 'four times', 'five times', 'six times']
const often = (count: number): string => times[count] ?? `${count} times`

export const namesOf = ({ pair }: RhythmPage, by: readonly (string | null)[]): string => {
  const people = [pair.report, pair.manager].filter(({ id }) => by.includes(id))
  return people.map(({ name }) => firstName(name)).join(' and ')
}

/** "Moved twice, by Maren, once with less than an hour's notice. Cancelled once, by Tunde." */
export const habitWords = (page: RhythmPage): string => {
  const moved = page.meetings.flatMap(({ moved: one }) => one ?? [])
  const cancelled = page.meetings.filter(({ state }) => state === 'cancelled')
  const missed = page.meetings.filter(({ state }) => state === 'missed')
  const short = moved.filter(({ notice }) => notice < 60).length
  const by = (who: readonly (string | null)[]) => {
    const names = namesOf(page, who)
    return names === '' ? '' : `, by ${names}`
  }
  const sentences = [
    moved.length > 0 &&
      `Moved ${often(moved.length)}${by(moved.map(one => one.by))}${
        short > 0
          ? `${short === moved.length ? '' : `, ${often(short)}`} with less than an hour’s notice`
          : ''
      }.`,
    cancelled.length > 0 &&
      `Cancelled ${often(cancelled.length)}${by(cancelled.map(({ changedBy }) => changedBy))}.`,
    missed.length > 0 && `Missed ${often(missed.length)}.`,
  ]
  return sentences.filter(Boolean).join(' ') || 'None was moved, and none was cancelled.'
}

const every = (days: number): string =>
  days === 7
    ? 'Every'
    : days === 14
      ? 'Every second'
      : days % 7 === 0
        ? `Every ${days / 7} weeks, on`
        : `Every ${days} days, from`

export const whenWords = ({ pair, start }: RhythmPage): string => {
  if (start === null) return 'Nothing is planned yet'
  const day = pair.cadenceDays % 7 === 0 ? weekday(start) : shortDay(start)
  return `${every(pair.cadenceDays)} ${day}, ${timeOf(start)}, ${pair.minutes} minutes`
}
