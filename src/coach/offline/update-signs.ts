import type { OpenItem } from '../../domain/ports.ts'
import { acts } from './acts.ts'
import { duePhrase } from './due-phrase.ts'
import { hashed, steps } from './features.ts'
import { matterOf, rarityIn, stemsOf, sum } from './matters.ts'
import { nameOf, type Meeting } from './meeting.ts'
import { stateOf } from './update-states.ts'
import { baseOfInflected, durable } from './verbs.ts'
import type { Utterance } from './utterances.ts'
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
/** A word of what was said around a promise speaks for it alone when at most so many utterances hold it. */
const seldom = 0.5

/** An open item as it is looked for in a later meeting. */
interface Sought {
  readonly item: OpenItem
  /** Stems of its text, of that and the words it rests on, and of the lines around those as well. */
  readonly matter: ReadonlySet<string>
  readonly said: ReadonlySet<string>
  readonly wide: ReadonlySet<string>
  readonly verbs: ReadonlySet<string>
  /** How many meetings ago, of those with open items: 0 is the latest; null when nobody knows. */
  readonly age: number | null
}

function soughtIn(meeting: Meeting, openItems: readonly OpenItem[]): Sought[] {
  const days = [...new Set(openItems.flatMap(({ on }) => on ?? []))].toSorted().toReversed()
  return openItems.map(item => {
    const matter = matterOf(item.text, meeting.roster)
    const said = matter.union(matterOf((item.said ?? []).join(' . '), meeting.roster))
    const verbs = new Set<string>()
    for (const { text } of plainWords([item.text, ...(item.said ?? [])].join(' . ')))
      if (durable.has(text)) verbs.add(text)
    return {
      item,
      matter,
      said,
      wide: said.union(matterOf(item.around ?? '', meeting.roster)),
      verbs,
      age: item.on === undefined ? null : days.indexOf(item.on),
    }
  })
}

/** Every utterance that shares a word of substance with an open item, with each such item. */
export function mentionsOf(meeting: Meeting, openItems: readonly OpenItem[]): Mention[] {
  const sought = soughtIn(meeting, openItems)
  const rarity = rarityIn(meeting.utterances)
  const stems = meeting.utterances.map(({ words }) => stemsOf(words))
  const whole = sought.map(({ matter }) => Math.max(1e-9, sum(matter, rarity)))
  const wholeSaid = sought.map(({ said }) => Math.max(1e-9, sum(said, rarity)))
  /** How many of the items a word belongs to. */
  const owners = new Map<string, number>()
  for (const { wide } of sought) for (const word of wide) owners.set(word, (owners.get(word) ?? 0) + 1)
  const before = new Set<string>()
  const found: Mention[] = []
  meeting.utterances.forEach((utterance, at) => {
    const here = stems[at]!
    const local = localSigns(meeting, at)
    const each = sought.map(({ matter, said, wide }, item) => ({
      shared: [...here].filter(word => matter.has(word)),
      quoted: [...here].filter(word => said.has(word)),
      heard: [...here].filter(word => wide.has(word)),
      share: sum(matter.intersection(here), rarity) / whole[item]!,
    }))
    each.forEach(({ shared, quoted, heard, share }, item) => {
      if (heard.length === 0) return
      const rare = (words: readonly string[]) => Math.max(0, ...words.map(rarity))
      // "Send" alone says nothing of what was to be sent.
      if (
        shared.every(word => durable.has(word)) &&
        share < 0.3 &&
        heard.every(word => rarity(word) < seldom)
      )
        return
      const others = each.filter((_, other) => other !== item).map(other => other.share)
      const { age } = sought[item]!
      const next = stems[at + 1] ?? new Set<string>()
      const last = stems[at - 1] ?? new Set<string>()
      const near = here.union(next).union(last)
      const names = [
        ...steps('share', share, shares),
        ...steps('said', sum(quoted, rarity) / wholeSaid[item]!, shares),
        ...steps('words', shared.length, [1, 2, 3, 4]),
        ...steps('quoted', quoted.length, [1, 2, 3, 4, 6]),
        ...steps('heard', heard.length, [1, 2, 3, 4, 6]),
        ...steps('near', [...near].filter(word => sought[item]!.wide.has(word)).length, [1, 2, 3, 4, 6, 8]),
        ...steps('near-share', sum(sought[item]!.matter.intersection(near), rarity) / whole[item]!, shares),
        ...steps('rare', rare(shared), rarities),
        ...steps('rare-said', rare(quoted), rarities),
        ...steps('rare-heard', rare(heard), rarities),
        ...steps('ahead-by', share - Math.max(0, ...others), [0, 0.05, 0.1, 0.2, 0.3]),
        ...heard.map(word => `word:${word}`),
        ...local,
        ...signsAt(meeting, at, sought[item]!),
        `age:${age === null ? 'unknown' : Math.min(3, age)}`,
        `items:${Math.min(4, Math.ceil(openItems.length / 3))}`,
      ]
      if (heard.some(word => owners.get(word) === 1)) names.push('only-its-word')
      if (heard.every(word => owners.get(word)! > 1)) names.push('common')
      if (!heard.some(word => before.has(word))) names.push('first')
      found.push({ item, at, features: hashed(names) })
    })
    for (const word of here) before.add(word)
  })
  return found
}

const shares = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.75]
const rarities = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1]

/** How an utterance is said, whatever it is about. */
function localSigns(meeting: Meeting, at: number): string[] {
  const utterance = meeting.utterances[at]!
  const { plain, question, words } = utterance
  const after = aheadOf(meeting, at)
    .slice(1, 3)
    .map(next => next.plain)
    .join(' ')
  const asked = meeting.utterances[at - 1]?.question ?? false
  const names = [
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
  if (question) names.push('asks', `asks:${words.length <= 4}`)
  if (asked) names.push('answers')
  if (isPast(plain) && duePhrase(utterance) !== null) names.push('past-day')
  if (/\b(?:thanks|thank you|good|great|brilliant|lovely)\b/.test(plain)) names.push('thanks')
  if (/^(?:and|so|oh|ah|yes|the|by the way|then|ok|right) /.test(plain)) names.push('opens')
  return names
}

const aheadOf = (meeting: Meeting, at: number) =>
  meeting.utterances
    .slice(at, at + utterancesAhead)
    .filter(({ turn }) => turn <= meeting.utterances[at]!.turn + turnsAhead)

/** How far around a mention its outcome is read. */
const [outcomeBefore, outcomeAfter] = [1, 4]

/** Hashed signs of what became of an item where it is spoken of; `rule` is what the rules make of it. */
export function outcomeFeatures(
  meeting: Meeting,
  openItems: readonly OpenItem[],
  mention: Mention,
  rule: string,
) {
  const { item, at } = mention
  const open = openItems[item]!
  const verb = plainWords(open.text)[0]?.text ?? null
  const here = meeting.utterances[at]!
  const names = [`rule:${rule}`]
  for (let i = Math.max(0, at - outcomeBefore); i <= at + outcomeAfter; i++) {
    const next = meeting.utterances[i]
    if (next === undefined || Math.abs(next.turn - here.turn) > turnsAhead) continue
    const place = i < at ? 'before' : i === at ? 'here' : i <= at + 2 ? 'soon' : 'later'
    const state = next.question ? 'asks' : stateOf(next, verb)
    const own = next.speaker !== null && nameOf(meeting, next.speaker) === open.owner
    names.push(`${place}:${state}`, `${place}:${own}:${state}`)
    if (negated.test(next.plain)) names.push(`${place}:not`)
    if (ahead.test(next.plain)) names.push(`${place}:ahead`)
    if (isPast(next.plain)) names.push(`${place}:past`)
    if (isPerfect(next.plain)) names.push(`${place}:perfect`)
    if (duePhrase(next) !== null) names.push(`${place}:day`)
    if (place === 'here' || place === 'soon')
      next.words.forEach(({ text }, k) => {
        names.push(`w:${text}`)
        const following = next.words[k + 1]
        if (following) names.push(`w:${text} ${following.text}`)
      })
  }
  return hashed(names)
}

/** Who says it, and what is told around it of the item. */
function signsAt(meeting: Meeting, at: number, { item, verbs }: Sought): string[] {
  const utterance = meeting.utterances[at]!
  const { plain, question, speaker } = utterance
  const around = aheadOf(meeting, at)
  const verb = plainWords(item.text)[0]?.text ?? null
  const state = around.map(next => (next.question ? null : stateOf(next, verb))).find(told => told !== null)
  const owner =
    item.owner === null
      ? 'nobody'
      : speaker === null
        ? 'unknown'
        : nameOf(meeting, speaker) === item.owner
          ? 'own'
          : 'other'
  const told = stateOf(utterance, verb)
  const names = [
    `told:${told}`,
    `near:${state ?? 'nothing'}`,
    `of:${owner}`,
    `of:${owner}:${question}`,
    `of:${owner}:${told}`,
  ]
  if (owner === 'own' && isPast(plain)) names.push('own-past')
  const kept = (next: Utterance) =>
    next.words.some(({ text }) => {
      const base = baseOfInflected(text)
      return base !== null && base !== text && verbs.has(base)
    })
  if (kept(utterance)) names.push('verb-past-here', `verb-past-here:${owner}`)
  if (around.some(kept)) names.push('verb-past')
  return names
}
