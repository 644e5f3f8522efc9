import type { BriefFacts, FactFeedback, Topic } from './brief-facts.ts'
import { counted, dayWords, daysBetween, daysWords } from './day-words.ts'
import { isLate, named, quoted } from './pair-facts.ts'

/** At most two: one thing at a time is heard best. */
const most = 2
/** Weeks in which something is still worth saying. */
const fresh = 42
/** A month without asking is long. */
const askAgain = 30

/**
 * Places for the report to start from when they want to tell their manager something: what the shared rows show,
 * and the report's own notes. Each says what it rests on; nothing there, no suggestion. It is read by the report
 * alone, and only from what the report may read.
 */
export const suggestUpwardFeedback = (facts: BriefFacts): Topic[] => {
  if (facts.reader !== 'report') return []
  const found = [moved, unkept, unheard, kept, noticed].flatMap(suggest => suggest(facts))
  return found.slice(0, most)
}

const topic = (text: string, reason: string, sources: readonly string[]): Topic => ({
  text,
  kind: 'upward-feedback',
  reason,
  sources: [...sources],
})

/** Meetings the manager moved or cancelled, two and more in six weeks. */
const moved = (facts: BriefFacts): Topic[] => {
  const { meetings, names, today } = facts
  const late = meetings.filter(
    ({ state, changedBy, day }) =>
      changedBy === 'manager' &&
      (state === 'moved' || state === 'cancelled' || state === 'missed') &&
      daysBetween(day, today) <= fresh,
  )
  if (late.length < 2) return []
  const note = noteNear(
    facts,
    late.map(({ day }) => day),
  )
  const days = daysWords(
    late.map(({ day }) => day),
    today,
  )
  return [
    topic(
      'When the meeting moves or falls away',
      `${names.manager} moved or cancelled it on ${days}.${note === undefined ? '' : ` In your own note of ${dayWords(note.on, today)} you wrote about that day.`}`,
      [...late.map(({ id }) => id), ...(note === undefined ? [] : [note.id])],
    ),
  ]
}

/** A promise of the manager whose day has gone by. */
const unkept = (facts: BriefFacts): Topic[] =>
  facts.promises
    .filter(promise => promise.owner === 'manager' && isLate(facts, promise))
    .toSorted((a, b) => (a.due ?? '').localeCompare(b.due ?? ''))
    .slice(0, 1)
    .map(({ id, text, due, meeting }) =>
      topic(
        `What it means for you that ${named(text)} is still open`,
        `${facts.names.manager} promised it by ${dayWords(due ?? facts.today, facts.today)}.`,
        [id, meeting],
      ),
    )

/** Said in two meetings and more, and nobody has decided. */
const unheard = (facts: BriefFacts): Topic[] =>
  facts.roadblocks
    .filter(({ state, saidOn, decision }) => state === 'open' && decision === null && saidOn.length >= 2)
    .toSorted((a, b) => b.saidOn.length - a.saidOn.length)
    .slice(0, 1)
    .map(({ id, text, saidOn }) =>
      topic(
        `What you need from ${facts.names.manager} about ${named(text)}`,
        `It was said in ${counted(saidOn.length, 'meeting')}, on ${daysWords(saidOn, facts.today)}, and waits for a decision.`,
        [id],
      ),
    )

/** A promise the manager kept: good things are worth saying in full, too. */
const kept = (facts: BriefFacts): Topic[] =>
  facts.promises
    .filter(
      ({ owner, state, closedOn }) =>
        owner === 'manager' &&
        state === 'done' &&
        closedOn !== null &&
        daysBetween(closedOn, facts.today) <= fresh,
    )
    .toSorted((a, b) => (b.closedOn ?? '').localeCompare(a.closedOn ?? ''))
    .slice(0, 1)
    .map(({ id, text, due, closedOn, meeting }) =>
      topic(
        `What became of ${named(text)}`,
        `${facts.names.manager} kept that promise${due !== null && closedOn !== null && closedOn < due ? `, ${counted(daysBetween(closedOn, due), 'day')} early` : ''}. Good things are worth saying in full, too.`,
        [id, meeting],
      ),
    )

/** Something in the report's own list that has not been said. */
const noticed = (facts: BriefFacts): Topic[] =>
  facts.ownObservations
    .slice(-1)
    .map(({ id, on, text }) =>
      topic(`What you noted on ${dayWords(on, facts.today)}`, `In your own list it says ${quoted(text)}`, [
        id,
      ]),
    )

const noteNear = ({ ownNotes }: BriefFacts, days: readonly string[]) =>
  ownNotes.findLast(({ on, text }) => days.includes(on) && text.trim() !== '')

/** What the manager is reminded of: to ask when a month passes without, to answer when something was given. */
export const upwardReminder = (
  today: string,
  asked: readonly { readonly on: string }[],
  received: readonly Pick<FactFeedback, 'state'>[],
  firstMeeting: string | null,
): 'ask' | 'answer' | null => {
  if (received.some(({ state }) => state === 'shared')) return 'answer'
  const last =
    asked
      .map(({ on }) => on)
      .toSorted()
      .at(-1) ?? firstMeeting
  return last !== null && daysBetween(last, today) > askAgain ? 'ask' : null
}
