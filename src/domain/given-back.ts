/** Below so many items on either side nothing is said. */
const leastItems = 5

export interface StatusTold {
  /** Items sent in writing instead of being talked through. */
  readonly written: number
  /** Status items that were talked through in meetings with a transcript, and the minutes they took. */
  readonly talked: number
  readonly minutes: number
}

/** What writing has saved, in whole minutes: so many items at what one takes when it is talked through. */
export const minutesGivenBack = ({ written, talked, minutes }: StatusTold): number | null =>
  written < leastItems || talked < leastItems ? null : Math.round((written * minutes) / talked)
