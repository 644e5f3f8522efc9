import type { BriefFacts, FactPromise, Topic } from './brief-facts.ts'
import { idsOf } from './brief.ts'
import { counted, daysBetween, daysWords, dayWords } from './day-words.ts'
import {
  growthDays,
  heldMeetings,
  isLate,
  longOpen,
  missedPromises,
  named,
  otherSide,
  unanswered,
} from './pair-facts.ts'
import { needsDecision } from './roadblocks.ts'
import { searchWords } from './search-words.ts'
import type { TalkLabel } from './talk.ts'

/** More at once would be a stream of nudges; the page shows the first three. */
const most = 8

/** What the reader of these facts could raise, most needed first, each with its reason and source. */
export const suggestTopics = (facts: BriefFacts): Topic[] =>
  [
    ...ownMissed(facts),
    ...stuck(facts),
    ...theirMissed(facts),
    ...growth(facts),
    ...feedbackOwed(facts),
    ...rapport(facts),
    ...inWriting(facts),
  ]
    .filter(topic => topic.kind === 'status' || !standsThere(facts, topic))
    .slice(0, most)

/** Topics of any coach as they may be shown: a reason each, and sources that were handed in. */
export const provenTopics = (facts: BriefFacts, topics: readonly Topic[]): Topic[] => {
  const known = idsOf(facts)
  return topics
    .filter(
      ({ text, reason, sources }) =>
        text.trim() !== '' &&
        reason.trim() !== '' &&
        sources.length > 0 &&
        sources.every(source => known.has(source)),
    )
    .slice(0, most)
}

const ownMissed = (facts: BriefFacts): Topic[] =>
  missedPromises(facts, facts.reader)
    .slice(0, 2)
    .map(promise => ({
      text: `Your promise: ${promise.text}`,
      kind: 'priorities',
      reason: `${missedWords(facts, promise, 'You')} You could raise it first.`,
      sources: [promise.id],
    }))

const theirMissed = (facts: BriefFacts): Topic[] =>
  missedPromises(facts, otherSide(facts.reader))
    .slice(0, 2)
    .map(promise => ({
      text: `What became of it: ${promise.text}`,
      kind: 'priorities',
      reason: missedWords(facts, promise, facts.names[otherSide(facts.reader)]),
      sources: [promise.id],
    }))

const missedWords = (facts: BriefFacts, promise: FactPromise, who: string): string =>
  isLate(facts, promise) && promise.due
    ? `${who} promised it by ${dayWords(promise.due, facts.today)}, and it is still open.`
    : `${who} promised it on ${dayWords(promise.saidOn, facts.today)}; after ${counted(longOpen(facts, promise), 'meeting')} it is still open.`

const stuck = (facts: BriefFacts): Topic[] =>
  facts.roadblocks
    .filter(({ state }) => state === 'open')
    .toSorted((a, b) => b.saidOn.length - a.saidOn.length)
    .flatMap(({ id, text, state, saidOn, decision }): Topic[] => {
      const common = { text, kind: 'roadblock' as const, sources: [id] }
      if (needsDecision({ state, saidOn, decidedOn: decision?.on ?? null }))
        return [
          {
            ...common,
            reason: `Said in ${counted(saidOn.length, 'meeting')}, on ${daysWords(saidOn.slice(-3), facts.today)}. It needs a decision.`,
          },
        ]
      if (decision?.due && decision.due < facts.today)
        return [
          {
            ...common,
            reason: `The day you decided on, ${dayWords(decision.due, facts.today)}, has passed.`,
          },
        ]
      return []
    })
    .slice(0, 2)

const growth = (facts: BriefFacts): Topic[] => {
  const { talked, goals } = facts.growth
  const held = heldMeetings(facts)
  const last = talked.at(-1)
  const ago = last ? daysBetween(last.on, facts.today) : null
  const due = goals.find(({ checkOn }) => checkOn !== null && checkOn <= facts.today)
  if (due)
    return [
      {
        text: `Growth: ${due.text}`,
        kind: 'growth',
        reason: `You wanted to look at it on ${dayWords(due.checkOn ?? facts.today, facts.today)}.`,
        sources: [due.id],
      },
    ]
  if (ago === null ? held.length < 4 : ago <= growthDays) return []
  const worded = talked.findLast(({ text }) => text !== null)
  const goal = goals[0]
  const text = goal?.text ?? worded?.text
  return [
    {
      text: text ? `Growth: ${text}` : 'What comes next for growth',
      kind: 'growth',
      reason:
        ago === null
          ? `It has not been talked about in ${counted(held.length, 'meeting')}.`
          : `It was last talked about ${ago} days ago.`,
      sources: [goal?.id ?? worded?.id ?? last?.id ?? held.at(-1)?.id].flatMap(id => id ?? []),
    },
  ]
}

const feedbackOwed = (facts: BriefFacts): Topic[] => {
  const other = otherSide(facts.reader)
  const kind: TalkLabel = facts.reader === 'manager' ? 'upward-feedback' : 'feedback'
  const answers = unanswered(facts).map(({ id, text, on, state }): Topic => ({
    text: `What ${facts.names[other]} told you: ${named(text)}`,
    kind,
    reason:
      state === 'spoken'
        ? `It was said on ${dayWords(on, facts.today)}. You could say what you made of it.`
        : `It came on ${dayWords(on, facts.today)} and has had no answer.`,
    sources: [id],
  }))
  const question = facts.asked.findLast(({ answered }) => !answered)
  const asked: Topic[] =
    facts.reader === 'report' && question
      ? [
          {
            text: `An answer for ${facts.names.manager}: how they are doing as your manager`,
            kind: 'upward-feedback',
            reason: `${facts.names.manager} asked on ${dayWords(question.on, facts.today)}.`,
            sources: [question.id],
          },
        ]
      : []
  const seen = facts.ownObservations.slice(-1).map(({ id, on, text }): Topic => ({
    text: `What you noticed: ${named(text)}`,
    kind: 'feedback',
    reason: `You wrote it down on ${dayWords(on, facts.today)} and have not said it yet.`,
    sources: [id],
  }))
  return [...asked, ...answers.slice(0, 1), ...seen]
}

/** Meetings in a row in which nobody asked how the other is, and work was all there was. */
const rapport = (facts: BriefFacts): Topic[] => {
  const last = heldMeetings(facts)
    .filter(({ talk }) => talk !== null)
    .slice(-3)
  const dry = last.filter(
    ({ talk }) =>
      (talk?.status ?? 0) + (talk?.logistics ?? 0) + (talk?.priorities ?? 0) >= 0.8 &&
      (talk?.rapport ?? 0) + (talk?.wellbeing ?? 0) < 0.05,
  )
  if (last.length < 3 || dry.length < 3) return []
  return [
    {
      text:
        facts.reader === 'manager'
          ? `How ${facts.names.report} is, apart from the work`
          : 'Something other than work',
      kind: 'rapport',
      reason: 'The last three meetings were about tasks alone.',
      sources: last.map(({ id }) => id),
    },
  ]
}

const inWriting = (facts: BriefFacts): Topic[] => {
  const items = facts.agenda.filter(({ kind }) => kind === 'status')
  if (items.length > 0)
    return items.slice(0, 2).map(({ id, text, by }) => ({
      text:
        by === facts.reader
          ? `Send this in writing: ${text}`
          : `Ask ${facts.names[by]} to send this in writing: ${text}`,
      kind: 'status',
      reason: 'It is status. Read before the meeting it takes no minutes in it.',
      sources: [id],
    }))
  const last = heldMeetings(facts)
    .filter(({ talk }) => talk !== null)
    .slice(-2)
  const shares = last.map(({ talk }) => talk?.status ?? 0)
  if (last.length < 2 || Math.min(...shares) < 0.5) return []
  return [
    {
      text:
        facts.reader === 'report'
          ? 'Send the status in writing, before the meeting'
          : `Ask ${facts.names.report} to send the status in writing`,
      kind: 'status',
      reason: `Status took ${Math.round((shares.at(-1) ?? 0) * 100)} percent of the last meeting and ${Math.round((shares[0] ?? 0) * 100)} of the one before.`,
      sources: last.map(({ id }) => id),
    },
  ]
}

/** Somebody has put it on the agenda already, in these or nearly these words. */
const standsThere = ({ agenda }: BriefFacts, topic: Topic): boolean => {
  const words = wordsOf(topic.text)
  return agenda.some(({ text }) => {
    const there = wordsOf(text)
    const shared = [...there].filter(word => words.has(word)).length
    return there.size > 0 && shared / Math.min(there.size, words.size) >= 0.6
  })
}
const wordsOf = (text: string): Set<string> => new Set(searchWords(text).filter(word => word.length > 3))
