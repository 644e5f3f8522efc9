import { matchLabels } from './roster.ts'

/** A 1:1 of whoever a transcript was sent to, as far as placing it goes. */
export interface IntakePair {
  readonly id: string
  /** The other half. */
  readonly name: string
  readonly meetings: readonly { readonly id: string; readonly at: string }[]
}

export interface Sent {
  /** When it was said; null where the sender does not know. */
  readonly at: string | null
  /** Who was there, as the sender or the file calls them; the receiver may be among them. */
  readonly people: readonly string[]
}

/** A meeting there is, or an instant at which one was held. */
export type IntakePlace =
  | { readonly pair: string; readonly meeting: string }
  | { readonly pair: string; readonly at: string }

const hour = 3_600_000
/** People begin late and programs name the end; the next meeting of the same pair is days away. */
const nearEnough = 3 * hour

/**
 * Where a transcript belongs, or null when it is to be asked. Names decide whose it is: somebody who is in none
 * of the 1:1s, or a third person, makes it another kind of meeting. Without names one meeting alone must be near in
 * time. Nothing is guessed: two answers are none.
 */
export const placeOf = (sent: Sent, me: string, pairs: readonly IntakePair[]): IntakePlace | null => {
  const fitting = sent.people.length === 0 ? pairs : pairsNamed(sent.people, me, pairs)
  const near = sent.at === null ? [] : fitting.flatMap(pair => nearest(pair, sent.at ?? ''))
  const [found, another] = near
  if (found) return another ? null : found
  const [pair, more] = fitting
  // Named, and no meeting at that time: it was held without having been planned.
  return sent.at !== null && sent.people.length > 0 && pair && !more ? { pair: pair.id, at: sent.at } : null
}

/** The one meeting of a pair that is near, nearest first. */
const nearest = ({ id, meetings }: IntakePair, at: string): IntakePlace[] => {
  const distance = (meeting: { readonly at: string }) => Math.abs(Date.parse(meeting.at) - Date.parse(at))
  const [meeting] = meetings
    .filter(one => distance(one) <= nearEnough)
    .toSorted((one, other) => distance(one) - distance(other))
  return meeting ? [{ pair: id, meeting: meeting.id }] : []
}

const pairsNamed = (
  people: readonly string[],
  me: string,
  pairs: readonly IntakePair[],
): readonly IntakePair[] => {
  const mine = { name: me, pair: null }
  const known = matchLabels(people, [mine, ...pairs.map(pair => ({ name: pair.name, pair }))])
  if (new Set(people).size > 2 || known.length < new Set(people).size) return []
  return [...new Set(known.flatMap(({ person }) => (person.pair === null ? [] : [person.pair])))]
}
