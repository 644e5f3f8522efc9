import { dueDate } from '../../domain/due-date.ts'
import type { ProposedItem, Quote } from '../../domain/ports.ts'
import { acts, type Act } from './acts.ts'
import type { Candidate } from './candidates.ts'
import { dueBeside } from './due-beside.ts'
import { duePhrase } from './due-phrase.ts'
import { nameOf, type Meeting } from './meeting.ts'
import { ownerOf } from './owner.ts'
import { answerTo, isTakenBack } from './replies.ts'
import { confidence } from './model.ts'
import type { Scored } from './scored.ts'
import { proves, quoteOf, type Utterance } from './utterances.ts'
import { contentStems, overlap, plainWords } from './words.ts'
import { namesNothing, sentence, taskText } from './wording.ts'

/**
 * The promises and accepted requests of a meeting, in order, said twice counted once. The rules say
 * what could be one and read it; the trained model says how likely it is.
 */
export function actionItems(scored: Scored): ProposedItem[] {
  const { meeting, readings, scores, heads } = scored
  const items: Known[] = []
  readings.forEach((reading, i) => {
    const p = scores.action[i]!
    if (p < heads.action.threshold) return
    const candidate =
      reading.candidate ?? (scored.world === 'group' ? unspoken(meeting, reading.utterance) : null)
    if (candidate === null) return
    const sureness = confidence(heads.action, p)
    if (scored.world === 'pair' && vetoed(meeting, candidate)) return
    const item = itemOf(meeting, candidate, sureness)
    if (item === null) return
    add(items, { item, stems: contentStems(plainWords(item.text)), utterance: reading.utterance })
  })
  return items.map(({ item }) => item)
}

interface Known {
  item: ProposedItem
  readonly stems: Set<string>
  readonly utterance: Utterance
}

function add(items: Known[], next: Known): void {
  const twin = items.find(known => sameTask(known, next)) ?? items.findLast(known => goesWith(known, next))
  if (twin === undefined) items.push(next)
  else twin.item = merged(twin.item, next.item)
}

/** What no probability outweighs: refused, taken back, waved away, or too thin by the rules. */
const vetoed = (meeting: Meeting, candidate: Candidate) =>
  candidate.strength < 0.12 ||
  isTakenBack(meeting, candidate.utterance) ||
  (candidate.act.kind !== 'promise' && candidate.answer.verdict === 'refused')

/** In a meeting of many, work is handed out in half sentences: "Trends for marketing, then." */
function unspoken(meeting: Meeting, utterance: Utterance): Candidate {
  const act: Act = { kind: 'assignment', strength: 0, verb: 0, cue: 0, inflected: false }
  const answer = answerTo(meeting, utterance)
  return {
    utterance,
    act,
    answer,
    owner: ownerOf(meeting, utterance, act),
    due: duePhrase(utterance)?.text ?? null,
    strength: 0,
  }
}

function itemOf(meeting: Meeting, candidate: Candidate, sureness: number): ProposedItem | null {
  const { utterance, act, owner, answer } = candidate
  const evidence: Quote[] = [quoteOf(utterance)]
  let text = taskText(meeting, utterance, act, owner)
  let due = candidate.due
  if (text === '' || namesNothing(text)) {
    const meant = antecedent(meeting, utterance)
    if (meant === null) return null
    evidence.unshift(quoteOf(meant.utterance))
    text = meant.asked
      ? meant.text
      : `${text === '' ? 'See to this' : text.slice(0, -1)}: ${lowered(meant.text)}`
    due ??= meant.asked ? (duePhrase(meant.utterance)?.text ?? null) : null
  }
  if (text === '') return null
  const beside = due === null && meeting.pair ? dueBeside(meeting, candidate) : null
  due ??= beside?.text ?? null
  const asked = act.kind === 'request' || act.kind === 'assignment' || act.kind === 'offer'
  // In a meeting of many a "yes" nearby is often somebody else's, to something else.
  if (asked && meeting.pair && answer.utterance !== null) {
    evidence.push(quoteOf(answer.utterance))
    due ??= duePhrase(answer.utterance)?.text ?? null
  }
  // No day stands whose words are not among the evidence.
  if (beside !== null && !(asked && beside.by === answer.utterance)) evidence.push(quoteOf(beside.by))
  if (!proves(evidence)) return null
  return {
    text: withoutDay(text, due),
    owner: owner === null ? null : nameOf(meeting, owner),
    duePhrase: due,
    kind:
      act.kind === 'promise' || act.kind === 'offer' || act.kind === 'together'
        ? 'commitment'
        : 'accepted-request',
    confidence: sureness,
    evidence,
  }
}

/** "… by tomorrow" is wrong the day after: a day that a calendar can tell stands beside the text, not in it. */
function withoutDay(text: string, due: string | null): string {
  const bare = text.replace(/\.$/, '')
  if (due === null || !bare.toLowerCase().endsWith(due.toLowerCase()) || !isDay(due)) return text
  const left = sentence(bare.slice(0, -due.length))
  return plainWords(left).length >= 2 && !namesNothing(left) ? left : text
}
const isDay = (due: string) =>
  dueDate(due, { meetingLocal: '2026-01-05T10:00', timezone: 'UTC', nextMeetingLocal: null }).due !== null

/** What "that" points to in "I'll do that": the last request or the last full sentence before it. */
function antecedent(
  meeting: Meeting,
  utterance: Utterance,
): { utterance: Utterance; text: string; asked: boolean } | null {
  let fallback: Utterance | null = null
  for (let i = utterance.index - 1; i >= Math.max(0, utterance.index - 6); i--) {
    const before = meeting.utterances[i]!
    if (before.turn < utterance.turn - 3) break
    const act = acts(before)[0]
    if (
      act !== undefined &&
      bindsOther.has(act.kind) &&
      before.speaker !== utterance.speaker &&
      act.strength >= 0.3
    ) {
      const text = taskText(meeting, before, act, utterance.speaker)
      if (!namesNothing(text)) return { utterance: before, text, asked: true }
    }
    if (fallback === null && contentStems(before.words).size >= 3) fallback = before
  }
  return fallback === null ? null : { utterance: fallback, text: sentence(fallback.text), asked: false }
}

const bindsOther = new Set<Act['kind']>(['request', 'assignment', 'together'])

const lowered = (text: string) => (/^I\b/.test(text) ? text : text.slice(0, 1).toLowerCase() + text.slice(1))

function sameTask(known: Known, next: Known): boolean {
  const [a, b] = [known.item, next.item]
  if (a.owner !== b.owner && a.owner !== null && b.owner !== null) return false
  if (b.evidence.some(({ line, quote }) => a.evidence.some(old => old.line === line && old.quote === quote)))
    return true
  const shared = overlap(known.stems, next.stems)
  const near = next.utterance.turn - known.utterance.turn <= 4
  return shared >= (near ? 0.5 : 0.67) && Math.min(known.stems.size, next.stems.size) >= 2
}

/**
 * A promise that only carries on: "Could you send me the list?" "Sure, I'll put it on your desk", or
 * "… and I'll let you know" right after a task of one's own.
 */
function goesWith(known: Known, next: Known): boolean {
  if (known.item.owner !== next.item.owner) return false
  const turns = next.utterance.turn - known.utterance.turn
  if (known.item.kind === 'accepted-request' && next.item.kind === 'commitment' && turns <= 2) {
    return /\b(?:it|that|them|those|one|this)\b/.test(next.utterance.plain) || next.stems.size <= 1
  }
  if (turns <= 1 && reportsBack.test(next.utterance.plain)) return true
  return turns <= 6 && /\bi'll do (?:it|that)\b/.test(next.utterance.plain)
}
const reportsBack =
  /\b(?:let you know|come back to you|get back to you|tell you|report back|keep you posted|text you when|i'll say|update you)\b/

/** The clearer wording, the first day named, the words of both. */
function merged(a: ProposedItem, b: ProposedItem): ProposedItem {
  const better = b.confidence > a.confidence + 0.15 ? b : a
  const evidence = [...a.evidence]
  for (const quote of b.evidence) {
    if (!evidence.some(known => known.line === quote.line && known.quote === quote.quote))
      evidence.push(quote)
  }
  return {
    ...better,
    owner: a.owner ?? b.owner,
    duePhrase: a.duePhrase ?? b.duePhrase,
    confidence: Math.max(a.confidence, b.confidence),
    evidence,
  }
}
