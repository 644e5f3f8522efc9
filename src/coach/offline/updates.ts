import type { OpenItem, ProposedItem, ProposedUpdate, Roster } from '../../domain/ports.ts'
import { duePhrase } from './due-phrase.ts'
import type { Meeting } from './meeting.ts'
import { quoteOf, type Utterance } from './utterances.ts'
import { putsOff, stateOf, type Status } from './update-states.ts'
import { baseOfInflected, durable } from './verbs.ts'
import { contentStems, plainWords, stem } from './words.ts'

/** How far from the words that name the item its state may be told, in turns. */
const stateTurns = 3
/** What an item's word that nobody says weighs when the rest is weighed. */
const unsaid = 0.3
/** Shares of an item's weight that name it: by two words, or by one that no other open item has. */
const byTwo = 0.36
const byOne = 0.3

/**
 * What was said about items still open: each at most once, by the last thing said about it. An item
 * nobody spoke of gets nothing.
 */
export function updates(meeting: Meeting, openItems: readonly OpenItem[]): ProposedUpdate[] {
  if (openItems.length === 0) return []
  const rarity = rarityIn(meeting)
  const found: ProposedUpdate[] = []
  const matters = openItems.map(item => matterOf(item.text, meeting.roster))
  const named = meeting.utterances.map(utterance => stemsOf(utterance.text))
  /** Which item each utterance speaks of. */
  const about = named.map(here => best(matters, here, rarity))
  openItems.forEach((item, k) => {
    const update = updateOf(meeting, item, k, about)
    if (update !== null) found.push(update)
  })
  return found
}

interface Aim {
  readonly item: number
  readonly score: number
}

/** The item that the words name best, when they name any. */
function best(
  matters: readonly ReadonlySet<string>[],
  here: ReadonlySet<string>,
  rarity: (word: string) => number,
): Aim | null {
  let aim = null as Aim | null
  matters.forEach((wanted, item) => {
    const shared = [...wanted].filter(word => here.has(word))
    const score = sum(shared, rarity) / sum(wanted, rarity)
    if (shared.length === 0 || score < (shared.length === 1 ? byOne : byTwo)) return
    if (shared.length === 1) {
      const [word] = shared
      const others = matters.some((other, at) => at !== item && other.has(word!))
      if (others || durable.has(word!)) return
    }
    if (aim === null || score > aim.score) aim = { item, score }
  })
  return aim
}

/** Words said all the time tell little about which item is meant; words never said tell nothing. */
function rarityIn(meeting: Meeting): (word: string) => number {
  const counts = new Map<string, number>()
  for (const utterance of meeting.utterances) {
    for (const word of stemsOf(utterance.text)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return word => (counts.has(word) ? 1 / Math.sqrt(counts.get(word)!) : unsaid)
}

function updateOf(
  meeting: Meeting,
  item: OpenItem,
  at: number,
  about: readonly (Aim | null)[],
): ProposedUpdate | null {
  const verb = plainWords(item.text)[0]?.text ?? null
  let found = null as { score: number; update: ProposedUpdate } | null
  for (const utterance of meeting.utterances) {
    const aim = about[utterance.index]
    if (aim?.item !== at) continue
    const told = stateNear(
      meeting,
      utterance,
      verb,
      index => about[index] !== null && about[index]!.item !== at,
    )
    if (told === null) continue
    // Later words win over earlier ones of about the same aim: people correct themselves.
    if (found !== null && aim.score + 0.15 < found.score) continue
    const evidence =
      told.utterance === utterance ? [quoteOf(utterance)] : [quoteOf(utterance), quoteOf(told.utterance)]
    const confidence =
      Math.round(Math.min(0.9, 0.5 + 0.35 * aim.score + (told.utterance === utterance ? 0.1 : 0)) * 100) / 100
    found = {
      score: Math.max(aim.score, found?.score ?? 0),
      update: { item: item.id, status: told.status, duePhrase: told.due, confidence, evidence },
    }
  }
  return found?.update ?? null
}

/** Stems with verbs brought to their base, so that "sent the deck" meets "send the deck". */
function stemsOf(text: string): Set<string> {
  const stems = contentStems(plainWords(text))
  for (const { text: word } of plainWords(text)) {
    const base = baseOfInflected(word)
    if (base !== null && base !== 'do' && base !== 'get' && base !== 'make') stems.add(stem(base))
  }
  return stems
}

const days = contentStems(
  plainWords(
    'today tonight tomorrow morning afternoon evening day week weekend month next end first ' +
      'monday tuesday wednesday thursday friday saturday sunday',
  ),
)

/** The stems that say what an item is about: who of the two and by when are said of every other item too. */
function matterOf(text: string, { manager, report }: Roster): Set<string> {
  const names = stemsOf([manager?.name, report?.name].join(' '))
  return new Set([...stemsOf(text)].filter(word => !names.has(word) && !days.has(word)))
}

const sum = (words: Iterable<string>, weight: (word: string) => number) => {
  let total = 0
  for (const word of words) total += weight(word)
  return total
}

interface Told {
  readonly status: Status
  readonly utterance: Utterance
  readonly due: string | null
}

/**
 * The state told in the utterance itself or, after a question or a bare mention, in the next turns, until
 * another open item is named. "I've called two" is taken back by what the same breath adds: "the third …".
 */
function stateNear(
  meeting: Meeting,
  utterance: Utterance,
  verb: string | null,
  elsewhere: (index: number) => boolean,
): Told | null {
  let told = null as Told | null
  for (let i = utterance.index; i < meeting.utterances.length; i++) {
    const next = meeting.utterances[i]!
    if (next.turn > utterance.turn + stateTurns || i > utterance.index + 7) break
    if (i > utterance.index && elsewhere(i)) break
    if (told !== null && next.turn > told.utterance.turn + (told.status === 'still-open' ? 2 : 0)) break
    if (next.question && !(told?.status === 'still-open' && next.words.length <= 4)) continue
    const status = stateOf(next, verb)
    const due = duePhrase(next)?.text ?? null
    if (told === null && status !== null)
      told = { status, utterance: next, due: status === 'changed' ? due : null }
    else if (
      told?.status === 'done' &&
      next.turn === told.utterance.turn &&
      !/\bthanks|thank you\b/.test(told.utterance.plain) &&
      (status === 'still-open' || status === 'dropped' || status === 'changed')
    )
      told = { status, utterance: next, due: status === 'changed' ? due : null }
    if (told?.status === 'still-open' && due !== null && putsOff(next))
      return { status: 'changed', utterance: next, due }
    if (told?.status === 'still-open' && status === 'dropped') return { status, utterance: next, due: null }
    const asked = meeting.utterances[i - 1]
    if (
      told === null &&
      asked?.question === true &&
      asked.speaker !== next.speaker &&
      /^(?:yes|i did|it did|we did|all done)\b/.test(next.plain) &&
      asksWhetherDone(asked)
    )
      return { status: 'done', utterance: next, due: null }
  }
  return told
}

const asksWhetherDone = (utterance: Utterance) =>
  /\b(?:did you|have you|were you able|did (?:that|it|the)|is (?:that|it|the)|has (?:that|it|the)|you (?:sent|finished|done|get|have))\b/.test(
    utterance.plain,
  )

/** New proposals without those that only say an open item again: they are the same promise. */
export function withoutKnown(
  items: readonly ProposedItem[],
  openItems: readonly OpenItem[],
  roster: Roster,
): { fresh: ProposedItem[]; restated: ProposedUpdate[] } {
  const fresh: ProposedItem[] = []
  const restated: ProposedUpdate[] = []
  for (const item of items) {
    const stems = matterOf(item.text, roster)
    const known = openItems.find(
      open =>
        (open.owner === null || item.owner === null || open.owner === item.owner) &&
        same(stems, matterOf(open.text, roster)),
    )
    if (known === undefined) fresh.push(item)
    else if (!restated.some(update => update.item === known.id)) {
      restated.push({
        item: known.id,
        status: item.duePhrase === null ? 'still-open' : 'changed',
        duePhrase: item.duePhrase,
        confidence: item.confidence,
        evidence: item.evidence,
      })
    }
  }
  return { fresh, restated }
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  let shared = 0
  for (const word of a) if (b.has(word)) shared += 1
  return shared >= 2 && shared / Math.min(a.size, b.size) >= 0.6 && shared / Math.max(a.size, b.size) >= 0.35
}
