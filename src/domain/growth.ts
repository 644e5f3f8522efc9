import { daysBetween } from './day-words.ts'
import { growthDays } from './pair-facts.ts'

/** Something that counts as having talked about growth; a passing mention is none. */
export interface GrowthTalk {
  readonly on: string
  /** An agenda item of this kind that was reached, a check-in on a goal, or a stretch of a transcript. */
  readonly because: 'agenda' | 'check-in' | 'transcript'
}

/** So many lines are more than a passing mention: one of the two says something, the other answers, twice. */
const leastLines = 4
/** And so much of the meeting. */
const leastShare = 0.1

/** What one meeting's transcripts say of growth. */
export interface GrowthSaid {
  /** Sentences that stood out as being about growth, each with its words. */
  readonly sentences: number
  /** Lines of talk about growth, and of all talk. */
  readonly lines: number
  readonly of: number
}

/** Whether growth was really talked about; the same for the growth clock, the mirror and a brief. */
export const isGrowthTalk = ({ sentences, lines, of }: GrowthSaid): boolean =>
  sentences > 0 || (lines >= leastLines && lines >= leastShare * of)

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
