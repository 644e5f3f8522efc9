import type { OpenItem } from '../../domain/ports.ts'
import { acts } from './acts.ts'
import { duePhrase } from './due-phrase.ts'
import { hashed } from './features.ts'
import { matterOf, rarityIn, stemsOf, sum } from './matters.ts'
import { nameOf, type Meeting } from './meeting.ts'
import { stateOf } from './update-states.ts'
import { baseOfInflected, durable } from './verbs.ts'
import { plainWords } from './words.ts'

/** An utterance that has words of an open item, and what speaks for its being about that item. */
export interface Mention {
  /** Position among the open items. */
  readonly item: number
  /** Position among the utterances. */
  readonly at: number
  /** Hashed signs, for the model. */
  readonly features: Int32Array
}

const past =
  /\b(?:came|went|gave|got|took|made|said|told|saw|found|spoke|talked|asked|looked|called|rang|sent|wrote|did|had|put|left|drove|brought|bought|paid|met|ran|heard|filled|confirmed|agreed|\w{2,}ed)\b/
const perfect =
  /\b(?:i've|we've|he's|she's|they've|you've|it's|has|have|is|are) (?:\w+ )?(?:been|done|gone|got|had|signed|written|sent|in|up|on|out|off|there|\w{2,}ed)\b/
const ahead = /\b(?:i'll|we'll|you'll|going to|can you|could you|let's|should|tomorrow|next week|will)\b/
const negated =
  /\b(?:not|never|nobody|no|nothing|can't|didn't|haven't|hasn't|isn't|won't|don't|forgot|forget)\b/

export const isPast = (plain: string): boolean => past.test(plain) || perfect.test(plain)
export const isPerfect = (plain: string): boolean => perfect.test(plain)

/** How far on its state may be told. */
const turnsAhead = 2
const utterancesAhead = 5

/** Every utterance that shares a word of substance with an open item, with each such item. */
export function mentionsOf(meeting: Meeting, openItems: readonly OpenItem[]): Mention[] {
  const matters = openItems.map(item => matterOf(item.text, meeting.roster))
  const rarity = rarityIn(meeting.utterances)
  const whole = matters.map(matter => Math.max(1e-9, sum(matter, rarity)))
  const verbs = openItems.map(({ text }) => plainWords(text)[0]?.text ?? null)
  const before: Set<string>[] = []
  return meeting.utterances.flatMap((utterance, at) => {
    const here = stemsOf(utterance.words)
    const each = matters.map((matter, item) => {
      const shared = [...matter].filter(word => here.has(word))
      return { item, shared, share: sum(shared, rarity) / whole[item]! }
    })
    const found = each.flatMap(({ item, shared, share }): Mention[] => {
      // "Send" alone says nothing of what was to be sent.
      if (shared.length === 0 || (share < 0.3 && shared.every(word => durable.has(word)))) return []
      const others = each.filter(other => other.item !== item).map(other => other.share)
      const names = [
        ...steps('share', share, shares),
        ...steps('words', shared.length, [1, 2, 3, 4]),
        ...steps('rare', Math.max(...shared.map(rarity)), rarities),
        ...steps('ahead-by', share - Math.max(0, ...others), [0, 0.05, 0.1, 0.2, 0.3]),
        ...signsAt(meeting, at, openItems[item]!, verbs[item] ?? null),
      ]
      if (matters.some((matter, other) => other !== item && shared.some(word => matter.has(word))))
        names.push('common')
      if (!before.some(said => shared.some(word => said.has(word)))) names.push('first')
      return [{ item, at, features: hashed(names) }]
    })
    before.push(here)
    return found
  })
}

const shares = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.75]
const rarities = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1]

/** One sign for each step that a value reaches, so that weights can grow with it. */
const steps = (name: string, value: number, from: readonly number[]) =>
  from.filter(step => value >= step).map(step => `${name}:${step}`)

/** Who says it, how, and what is told around it. */
function signsAt(meeting: Meeting, at: number, item: OpenItem, verb: string | null): string[] {
  const utterance = meeting.utterances[at]!
  const { plain, question, speaker, words } = utterance
  const around = meeting.utterances
    .slice(at, at + utterancesAhead)
    .filter(({ turn }) => turn <= utterance.turn + turnsAhead)
  const state = around.map(next => (next.question ? null : stateOf(next, verb))).find(told => told !== null)
  const owner =
    item.owner === null
      ? 'nobody'
      : speaker === null
        ? 'unknown'
        : nameOf(meeting, speaker) === item.owner
          ? 'own'
          : 'other'
  const after = around
    .slice(1, 3)
    .map(next => next.plain)
    .join(' ')
  const names = [
    `told:${stateOf(utterance, verb)}`,
    `near:${state ?? 'nothing'}`,
    `of:${owner}`,
    `of:${owner}:${question}`,
    `past:${isPast(plain)}`,
    `perfect:${isPerfect(plain)}`,
    `ahead:${ahead.test(plain)}`,
    `not:${negated.test(plain)}`,
    `past-after:${isPast(after)}`,
    `ahead-after:${ahead.test(after)}`,
    ...steps('place', at / meeting.utterances.length, [0.1, 0.2, 0.35, 0.5, 0.7, 0.85]),
    ...steps('length', words.length, [3, 6, 10, 16, 24]),
    ...steps('act', acts(utterance)[0]?.strength ?? 0, [0.2, 0.4, 0.6, 0.8]),
  ]
  if (question) names.push('asks')
  if (owner === 'own' && isPast(plain)) names.push('own-past')
  if (isPast(plain) && duePhrase(utterance) !== null) names.push('past-day')
  if (/\b(?:thanks|thank you|good|great|brilliant|lovely)\b/.test(plain)) names.push('thanks')
  if (/^(?:and|so|oh|ah|yes|the|by the way|then|ok|right) /.test(plain)) names.push('opens')
  if (
    verb !== null &&
    around.some(next => next.words.some(({ text }) => text !== verb && baseOfInflected(text) === verb))
  )
    names.push('verb-past')
  return names
}
