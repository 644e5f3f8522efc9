import type { OwnTalk } from './own-talk.ts'

/** A person's own counts, meeting by meeting, beside this pair's own past; nobody is compared with anybody. */

/** Below so many meetings nothing is said (DESIGN.md: "not enough data"). */
export const leastMeetings = 5

/** What differs by less from one's own usual is not mentioned as different. */
const noticeable = 0.25

export interface MirrorMeeting extends OwnTalk {
  readonly meeting: string
  /** Day in the pair's time zone. */
  readonly on: string
}

export interface Compared {
  /** The last meeting that has it. */
  readonly last: number
  /** Median, least and most of the meetings before. */
  readonly usual: number
  readonly least: number
  readonly most: number
  /** More than a quarter away from the usual. */
  readonly off: 'above' | 'below' | null
}

export interface Measure {
  /** How many meetings have it. */
  readonly have: number
  /** Null while they are fewer than five. */
  readonly compared: Compared | null
}

export interface Measures {
  readonly share: Measure
  readonly status: Measure
  readonly openQuestions: Measure
  /** Seconds. */
  readonly longestTurn: Measure
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const [below = 0, above = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]]
  return (below + above) / 2
}

/** In order of time; a meeting that does not have it counts for nothing. */
export const measureOf = (values: readonly (number | null)[]): Measure => {
  const known = values.filter(value => value !== null)
  const last = known.at(-1)
  if (known.length < leastMeetings || last === undefined) return { have: known.length, compared: null }
  const before = known.slice(0, -1)
  const usual = median(before)
  const off = Math.abs(last - usual) <= noticeable * usual ? null : last > usual ? 'above' : 'below'
  return {
    have: known.length,
    compared: { last, usual, least: Math.min(...before), most: Math.max(...before), off },
  }
}

/** `meetings` in order of time. */
export const measuresOf = (meetings: readonly MirrorMeeting[]): Measures => ({
  share: measureOf(meetings.map(({ share }) => share)),
  status: measureOf(meetings.map(({ talk }) => (talk === null ? null : (talk.status ?? 0)))),
  openQuestions: measureOf(meetings.map(({ questions }) => questions?.open ?? null)),
  longestTurn: measureOf(meetings.map(({ longestTurn }) => longestTurn.seconds)),
})
