import type { Topic } from './brief-facts.ts'
import { daysBetween } from './day-words.ts'

/** Side by side with one's own items more would be a stream of nudges. */
export const mostShown = 3

/** Days after which a habit may be spoken of again: a quarter, as for the growth clock's past. */
const rest = 84

/**
 * By which a topic is known again, without its words: its kind and the row it rests on. What rests on
 * several meetings is a habit, and known by its kind alone: the next meeting does not make it new.
 */
export const topicKey = ({ kind, sources }: Pick<Topic, 'kind' | 'sources'>): string =>
  sources.length === 1 ? `${kind}:${sources[0] ?? ''}` : kind

export interface Waved {
  readonly key: string
  /** The day it was waved away. */
  readonly on: string
}

/** Habits and growth go on and may be named again after a quarter; anything else stays away. */
const isAway = (topic: Topic, waved: readonly Waved[], today: string): boolean => {
  const found = waved.find(({ key }) => key === topicKey(topic))
  if (!found) return false
  const comesBack = topic.sources.length > 1 || topic.kind === 'growth'
  return !comesBack || daysBetween(found.on, today) < rest
}

/**
 * The first of them that stand inside the agenda. What says that an item which stands there should be
 * written instead is left to that item's own row.
 */
export const topicsToShow = (
  topics: readonly Topic[],
  {
    waved,
    agenda,
    today,
    other,
  }: {
    readonly waved: readonly Waved[]
    readonly agenda: readonly { readonly id: string; readonly text: string }[]
    readonly today: string
    /** First name of the other of the two. */
    readonly other: string
  },
): Topic[] => {
  const there = new Set(agenda.flatMap(({ id, text }) => [id, text]))
  return topics
    .filter(
      topic =>
        !topic.sources.some(id => there.has(id)) &&
        !there.has(agendaWords(topic.text, other)) &&
        !isAway(topic, waved, today),
    )
    .slice(0, mostShown)
}

/**
 * What stands on the agenda of both when it is taken: the thing itself. "Your promise" and "What you noticed"
 * are said to one reader; read by the other they would be about the wrong person.
 */
export const agendaWords = (text: string, other: string): string => {
  const answer = `An answer for ${other}`
  if (text.startsWith(`${answer}:`)) return answer
  const openings = ['Your promise: ', 'What you noticed: ', `What ${other} told you: `]
  const opening = openings.find(one => text.startsWith(one))
  return (opening === undefined ? text : text.slice(opening.length).replace(/^“(.*)”$/su, '$1')).slice(0, 500)
}
