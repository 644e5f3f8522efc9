import { daysBetween } from './day-words.ts'
import { growthDays } from './pair-facts.ts'

/** Something that counts as having talked about growth; a passing mention is none. */
export interface GrowthTalk {
  readonly on: string
  /** An agenda item of this kind that was reached, a check-in on a goal, or a stretch of a transcript. */
  readonly because: 'agenda' | 'check-in' | 'transcript'
}

/**
 * So many lines of a transcript about growth are more than a passing mention: one of the two says
 * something, the other answers, twice.
 */
export const leastGrowthLines = 4

export interface GrowthClock {
  readonly last: (GrowthTalk & { readonly days: number }) | null
  readonly mark: number
  /** The first meeting, while growth never came up. */
  readonly since: string | null
}

/** Days since growth was really talked about. Days are those of the pair; talks of days to come do not count yet. */
export const growthClock = (
  today: string,
  talks: readonly GrowthTalk[],
  firstMeeting: string | null,
  mark = growthDays,
): GrowthClock => {
  const last = talks.filter(({ on }) => on <= today).toSorted((a, b) => b.on.localeCompare(a.on))[0]
  return {
    last: last === undefined ? null : { ...last, days: daysBetween(last.on, today) },
    mark,
    since: last === undefined ? firstMeeting : null,
  }
}
