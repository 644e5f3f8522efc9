import type { Side } from './api/common.ts'
import type { BriefFacts, FactFeedback, FactMeeting, FactPromise } from './brief-facts.ts'
import { daysBetween } from './day-words.ts'

/** Small questions that both the brief and suggested topics ask of the same facts. */

export const otherSide = (side: Side): Side => (side === 'manager' ? 'report' : 'manager')

export const heldMeetings = ({ meetings }: BriefFacts): FactMeeting[] =>
  meetings.filter(({ state }) => state === 'held')

export const lastHeld = (facts: BriefFacts): FactMeeting | undefined => heldMeetings(facts).at(-1)

/** In how many meetings since it was said it could have been kept. */
export const longOpen = (facts: BriefFacts, promise: FactPromise): number =>
  heldMeetings(facts).filter(({ day }) => day > promise.saidOn).length

/** No day was said, and it has been open over more meetings than anybody would call soon. */
export const isNeglected = (facts: BriefFacts, promise: FactPromise): boolean =>
  promise.state === 'open' && promise.due === null && longOpen(facts, promise) >= 3

export const isLate = ({ today }: BriefFacts, promise: FactPromise): boolean =>
  promise.state === 'open' && promise.due !== null && promise.due < today

/** Late and neglected promises of one side, the longest late first. */
export const missedPromises = (facts: BriefFacts, owner: Side): FactPromise[] => [
  ...facts.promises
    .filter(promise => promise.owner === owner && isLate(facts, promise))
    .toSorted((a, b) => (a.due ?? '').localeCompare(b.due ?? '')),
  ...facts.promises
    .filter(promise => promise.owner === owner && isNeglected(facts, promise))
    .toSorted((a, b) => a.saidOn.localeCompare(b.saidOn)),
]

export const mostPressing = (facts: BriefFacts, owner: Side): FactPromise | undefined =>
  missedPromises(facts, owner)[0]

/** After six weeks without a word growth is forgotten (the mark on the growth clock). */
export const growthDays = 42

/** Feedback from the other that has had no answer: in writing whenever, spoken within six weeks. */
export const unanswered = (facts: BriefFacts): FactFeedback[] =>
  facts.feedback
    .filter(
      ({ from, state, on }) =>
        from !== facts.reader &&
        (state === 'shared' || (state === 'spoken' && daysBetween(on, facts.today) <= growthDays)),
    )
    .toSorted(
      (a, b) => Number(a.state === 'spoken') - Number(b.state === 'spoken') || b.on.localeCompare(a.on),
    )
    .slice(0, 2)

/** Somebody's words, in marks of their own, with their full stop inside. */
export const quoted = (text: string): string => {
  const words = text.trim()
  return `“${/[.!?…]$/.test(words) ? words : `${words}.`}”`
}

/** The same without the stop, for the middle of a sentence. */
export const named = (text: string): string => `“${text.trim().replace(/[.\s]+$/, '')}”`
