import type { OpenItem, ProposedItem, ProposedUpdate, Roster } from '../../domain/ports.ts'
import { duePhrase } from './due-phrase.ts'
import type { Meeting } from './meeting.ts'
import { quoteOf, type Utterance } from './utterances.ts'
import { baseOfInflected } from './verbs.ts'
import { contentStems, plainWords, stem } from './words.ts'

type Status = ProposedUpdate['status']

const stillOpen =
  /\b(?:haven't|have not|hasn't|not yet|didn't (?:get|manage|have|do|finish|send)|still (?:need|have|has|on my|working|waiting|in progress|open|to do|owe|not|on it|pending)|not (?:done|finished|there|quite)|working on it|in progress|halfway|half way|nearly|almost|ran out of time|slipped my mind|forgot|it's on my list|no not|hasn't happened|didn't happen|couldn't|keep(?:s)? (?:forgetting|slipping)|on my to[- ]?do)\b/
const dropped =
  /\b(?:no longer (?:needed|need|relevant|necessary|a priority)|don't (?:need|need to do) (?:it|that|this)(?: any ?more)?|let's (?:drop|scrap|skip|forget|cancel|kill|close)|(?:we|they|i|you)(?:'ve| have)? (?:dropped|scrapped|cancelled|canceled|killed|shelved)|decided (?:not to|against)|not going to (?:do|happen)|(?:was|got|is|been) (?:cancelled|canceled|scrapped|dropped|shelved|called off)|take (?:it|that) off (?:the|your|my) list|moot|overtaken by events|(?:drop|scrap|cancel) (?:it|that)|not worth (?:it|doing)|fell away|forget about (?:it|that))\b/
const changed =
  /\b(?:push(?:ed)? (?:it|that|this|the \w+)?\s?(?:out |back )?(?:to|until|by)|(?:moved|move|shift|shifted|slip|slipped|postponed?|delayed?|bump|bumped) (?:it |that |this |the \w+ )?(?:out |back )?(?:to|until|by)|instead of|instead|new (?:date|deadline)|change (?:it|that|of plan)|changed|hand(?:ed)? (?:it|that) (?:over )?to|took (?:it|that) over|take (?:it|that) over|need(?:s)? (?:another|more|an extra|a bit more)|another (?:week|day|few days|couple)|extend|pick (?:it|that) up)\b/
const done =
  /\b(?:(?:it's|that's|that is|that one's|they're|all|is|are|got (?:it|that|them)|been|now|already|i'm|we're|was) (?:all |already |now |finally |been )?(?:done|finished|sent|complete|completed|sorted|submitted|booked|signed|live|merged|shipped|published|fixed|closed|in place|out|delivered|set up|scheduled|ordered|approved|filed|handled|ticked off|taken care of|written|paid|posted|shared|updated|installed)|i (?:did|sent|finished|wrote|spoke|talked|booked|submitted|shared|emailed|called|asked|set up|sorted|checked|completed|met|ordered|put|closed|fixed|reviewed|drafted|updated|filed|handed|got)|i've (?:done|sent|finished|written|spoken|talked|booked|submitted|shared|emailed|called|asked|set|sorted|checked|completed|already|just|now|ordered|put|closed|fixed|reviewed|drafted|updated|filed|got|had)|(?:did|sent|finished|wrote|booked|shared|submitted|called|ordered|fixed) (?:it|that|those|them|the)|done|went out|she's got it|he's got it|(?:happened|took place)|you did|thanks for (?:sending|doing|sharing|getting|booking|sorting|writing)|got your)\b/

/** How far from the words that name the item its state may be told, in turns. */
const stateTurns = 2

/**
 * What was said about items still open: each at most once, by the last thing said about it. An item
 * nobody spoke of gets nothing.
 */
export function updates(meeting: Meeting, openItems: readonly OpenItem[]): ProposedUpdate[] {
  if (openItems.length === 0) return []
  const rarity = rarityIn(meeting)
  const found: ProposedUpdate[] = []
  for (const item of openItems) {
    const update = updateOf(meeting, item, rarity)
    if (update !== null) found.push(update)
  }
  return found
}

/** Words said all the time tell little about which item is meant. */
function rarityIn(meeting: Meeting): (word: string) => number {
  const counts = new Map<string, number>()
  for (const utterance of meeting.utterances) {
    for (const word of contentStems(utterance.words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return word => 1 / Math.sqrt(1 + (counts.get(word) ?? 0))
}

function updateOf(meeting: Meeting, item: OpenItem, rarity: (word: string) => number): ProposedUpdate | null {
  const wanted = matterOf(item.text, meeting.roster)
  const total = sum(wanted, rarity)
  if (total === 0) return null
  let best = null as { score: number; update: ProposedUpdate } | null
  for (const utterance of meeting.utterances) {
    const here = stemsOf(utterance.text)
    const shared = [...wanted].filter(word => here.has(word))
    const score = sum(shared, rarity) / total
    if (shared.length === 0 || score < (shared.length === 1 ? 0.6 : 0.38)) continue
    const told = stateNear(meeting, utterance)
    if (told === null) continue
    // Later words win over earlier ones of about the same aim: people correct themselves.
    if (best !== null && score + 0.15 < best.score) continue
    const evidence =
      told.utterance === utterance ? [quoteOf(utterance)] : [quoteOf(utterance), quoteOf(told.utterance)]
    const confidence =
      Math.round(Math.min(0.9, 0.45 + 0.4 * score + (told.utterance === utterance ? 0.1 : 0)) * 100) / 100
    best = {
      score: Math.max(score, best?.score ?? 0),
      update: {
        item: item.id,
        status: told.status,
        duePhrase: told.status === 'changed' ? (duePhrase(told.utterance)?.text ?? null) : null,
        confidence,
        evidence,
      },
    }
  }
  return best?.update ?? null
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

/** The state told in the utterance itself or, after a question or a bare mention, in the next turns. */
function stateNear(meeting: Meeting, utterance: Utterance): { status: Status; utterance: Utterance } | null {
  if (!utterance.question) {
    const own = stateOf(utterance)
    if (own !== null) return { status: own, utterance }
  }
  for (let i = utterance.index + 1; i < meeting.utterances.length; i++) {
    const next = meeting.utterances[i]!
    if (next.turn > utterance.turn + stateTurns || i > utterance.index + 4) return null
    if (next.question) continue
    const told = stateOf(next)
    if (told !== null) return { status: told, utterance: next }
    if (
      utterance.question &&
      next.turn === utterance.turn + 1 &&
      /^yes\b/.test(next.plain) &&
      asksWhetherDone(utterance)
    ) {
      return { status: 'done', utterance: next }
    }
  }
  return null
}

const asksWhetherDone = (utterance: Utterance) =>
  /\b(?:did you|have you|were you able|did (?:that|it|the)|is (?:that|it|the)|has (?:that|it|the)|you (?:sent|finished|done|get))\b/.test(
    utterance.plain,
  )

function stateOf(utterance: Utterance): Status | null {
  const { plain } = utterance
  if (dropped.test(plain)) return 'dropped'
  if (changed.test(plain) && (duePhrase(utterance) !== null || /\b(?:instead|hand|took|take)\b/.test(plain)))
    return 'changed'
  if (stillOpen.test(plain)) return 'still-open'
  if (/\b(?:if|when|once|until|after|before) (?:i|you|it|that|they|we)\b/.test(plain)) return null
  return done.test(plain) ? 'done' : null
}

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
