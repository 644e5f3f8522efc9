import { growthClock, type GrowthClock, type GrowthSaid, isGrowthTalk } from '../domain/growth.ts'
import { toLocal } from '../domain/local-time.ts'
import { checkInDays, firstHeld, growthReached, growthSaid } from '../store/goals.ts'

/** What the growth clock of a pair is read from, in the order in which `clockFrom` takes it. */
export const growthTalks = (pair: string) =>
  [growthReached(pair), growthSaid(pair), checkInDays(pair), firstHeld(pair)] as const

interface Talks {
  readonly reached: readonly { readonly at: string }[]
  readonly said: readonly (GrowthSaid & { readonly at: string })[]
  readonly checkIns: readonly { readonly on: string }[]
  readonly first: { readonly at: string } | undefined
}

/** Days since growth was really talked about, by the pair's calendar. */
export const clockFrom = (
  { reached, said, checkIns, first }: Talks,
  timezone: string,
  now: Date,
): GrowthClock => {
  const dayOf = (instant: string) => toLocal(instant, timezone).slice(0, 10)
  return growthClock(
    dayOf(now.toISOString()),
    [
      ...reached.map(({ at }) => ({ on: dayOf(at), because: 'agenda' as const })),
      ...said.filter(isGrowthTalk).map(({ at }) => ({ on: dayOf(at), because: 'transcript' as const })),
      ...checkIns.map(({ on }) => ({ on, because: 'check-in' as const })),
    ],
    first ? dayOf(first.at) : null,
  )
}
