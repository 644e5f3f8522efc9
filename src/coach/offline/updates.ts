import type { OpenItem, ProposedItem, ProposedUpdate, Roster } from '../../domain/ports.ts'
import { matterOf } from './matters.ts'
import type { Meeting } from './meeting.ts'
import { confidence, probability, type HeadWeights, type TrainedHead } from './model.ts'
import { isPerfect, mentionsOf, outcomeFeatures, type Mention } from './update-signs.ts'
import { duePhrase } from './due-phrase.ts'
import { proves, quoteOf, type Utterance } from './utterances.ts'
import { putsOff, stateOf, type Status } from './update-states.ts'
import { plainWords } from './words.ts'

/** How far from the words that name the item its state may be told. */
const stateTurns = 3
const stateUtterances = 7
/** What is not needed further on is mostly something else. */
const droppedWithin = 3

/**
 * What was said about items still open: each at most once, where the model is surest that it is spoken of. An
 * item nobody spoke of gets nothing.
 */
export function updates(
  meeting: Meeting,
  openItems: readonly OpenItem[],
  head: TrainedHead,
  kept: HeadWeights,
  restated: readonly ProposedUpdate[],
): ProposedUpdate[] {
  return spokenOf(meeting, openItems, head).flatMap(spoken => {
    const { p, mention, told } = spoken
    // Who promises it once more, and says nothing else of it, has not done it.
    const again = restated.find(update => update.item === openItems[mention.item]!.id)
    if (again && told.utterance === null) return [again]
    const done = probability(kept, outcomeFeatures(meeting, openItems, mention, ruleOf(told)))
    const { status, utterance, due } = settled(told, done, mention.at)
    const evidence = [quoteOf(meeting.utterances[mention.at]!)]
    if (utterance !== null && utterance.index !== mention.at) evidence.push(quoteOf(utterance))
    if (!proves(evidence)) return []
    const item = openItems[mention.item]!.id
    return [{ item, status, duePhrase: due, confidence: confidence(head, p), evidence }]
  })
}

/** An open item where it is most surely spoken of, and what the rules read there. */
export interface Spoken {
  readonly mention: Mention
  readonly p: number
  readonly told: Told
}

/** Each open item that is spoken of at all, in their order. */
export function spokenOf(meeting: Meeting, openItems: readonly OpenItem[], head: TrainedHead): Spoken[] {
  if (openItems.length === 0) return []
  /** Of what is said at one place the item that it is most likely about. */
  const meant = new Map<number, { mention: Mention; p: number }>()
  for (const mention of mentionsOf(meeting, openItems)) {
    const p = probability(head, mention.features)
    if (p > (meant.get(mention.at)?.p ?? 0)) meant.set(mention.at, { mention, p })
  }
  const surest = new Map<number, { mention: Mention; p: number; missed: number }>()
  for (const { mention, p } of meant.values()) {
    const known = surest.get(mention.item)
    const missed = (known?.missed ?? 1) * (1 - p)
    surest.set(mention.item, p > (known?.p ?? 0) ? { mention, p, missed } : { ...known!, missed })
  }
  return [...surest.values()]
    .filter(({ missed }) => 1 - missed >= head.threshold)
    .toSorted((a, b) => a.mention.item - b.mention.item)
    .map(({ mention, missed }) => {
      const elsewhere = (index: number) => {
        const other = meant.get(index)
        return other !== undefined && other.mention.item !== mention.item && other.p >= head.threshold
      }
      return {
        mention,
        p: 1 - missed,
        told: stateFrom(meeting, openItems[mention.item]!, mention.at, elsewhere),
      }
    })
}

/** What the rules say, in a word. */
export const ruleOf = ({ status, utterance }: Told): string => (utterance === null ? 'silent' : status)

/**
 * How sure the model must be that it is done to outweigh rules that read otherwise, in so many words where the item
 * is named, or further on; and how unsure, to doubt them.
 */
const sureDone = { plainly: 0.75, nearby: 0.6 }
const doubted = 0.5
function settled(told: Told, done: number, at: number): Told {
  if (told.status === 'done')
    return done >= doubted ? told : { status: 'still-open', utterance: told.utterance, due: null }
  const isPlain = told.utterance?.index === at || told.due !== null
  return done >= (isPlain ? sureDone.plainly : sureDone.nearby)
    ? { status: 'done', utterance: null, due: null }
    : told
}

export interface Told {
  readonly status: Status
  readonly utterance: Utterance | null
  readonly due: string | null
}

/**
 * The state told where the item is named or in the next turns. "I've called two" is taken back by what the same
 * breath adds: "the third …"; "I didn't get it done by the tenth" by "it's signed since this morning". Who comes
 * back to a promise and says nothing of the kind has kept it: of those in Rapport-12's dev pairs four in five.
 */
function stateFrom(
  meeting: Meeting,
  item: OpenItem,
  at: number,
  elsewhere: (index: number) => boolean,
): Told {
  const verb = plainWords(item.text)[0]?.text ?? null
  const named = meeting.utterances[at]!
  let told: (Told & { utterance: Utterance }) | null = null
  for (const next of meeting.utterances.slice(at, at + 1 + stateUtterances)) {
    if (next.turn > named.turn + stateTurns || (next.index > at && elsewhere(next.index))) break
    if (told !== null && next.turn > told.utterance.turn + (told.status === 'still-open' ? 2 : 0)) break
    const due = duePhrase(next)?.text ?? null
    if (told?.status === 'still-open' && due !== null && putsOff(next))
      return { status: 'changed', utterance: next, due }
    const status = next.question ? null : stateOf(next, verb)
    if (status === 'dropped' && next.index <= at + droppedWithin)
      return { status, utterance: next, due: null }
    if (status === null || status === 'dropped' || (told !== null && !outdoes(told, status, next))) continue
    told = { status, utterance: next, due: status === 'changed' ? due : null }
  }
  return told ?? { status: 'done', utterance: null, due: null }
}

/** What is said later in the same turn: "done" gives way to anything, "not done" only to what has been done since. */
const outdoes = (told: Told & { utterance: Utterance }, status: Status, next: Utterance): boolean =>
  next.turn === told.utterance.turn &&
  (told.status === 'done'
    ? status !== 'done'
    : told.status === 'still-open' && status === 'done' && isPerfect(next.plain))

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
