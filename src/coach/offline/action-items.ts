import type { ProposedItem, Quote } from '../../domain/ports.ts'
import { acts, type Act } from './acts.ts'
import { duePhrase } from './due-phrase.ts'
import { nameOf, type Meeting } from './meeting.ts'
import { namedWorker, ownerOf } from './owner.ts'
import { answerTo, isTakenBack, type Answer } from './replies.ts'
import { confidence } from './model.ts'
import type { Scored } from './scored.ts'
import type { Utterance } from './utterances.ts'
import { contentStems, overlap, plainWords } from './words.ts'
import { namesNothing, sentence, taskText } from './wording.ts'

/** One task on its way to becoming an item. */
export interface Candidate {
  readonly utterance: Utterance
  readonly act: Act
  readonly answer: Answer
  readonly owner: string | null
  readonly due: string | null
  /** What the rules alone make of it, 0–1. */
  readonly strength: number
}

/** Words that make a sentence a thought, a memory or a game instead of a promise. */
const unreal =
  /\b(?:if i (?:were|was|had|could)|if you (?:were|had)|i would have|i'd have|could have|would have|should have|i was going to|i was gonna|were going to|imagine|hypothetically|in theory|in an ideal world|let's say|for example|for instance|suppose|used to|i might|i may|one day|someday|at some point|eventually|wish i)\b/
const reported =
  /\b(?:he|she|they|who|somebody|someone|everyone) (?:just )?(?:said|says|told|asked|promised|was like|goes|went|keeps|kept)\b|\bi (?:said|told|asked|was like|thought|wrote|figured)\b/
/** A resolution about how to behave; worth having, but nothing one can tick off. */
const habit =
  /\b(?:from now on|every time|each time|always|hold (?:you|him|her|them) to|do better|be better|be more|keep (?:doing|that|it) (?:up|in mind|that)|try harder|in future|never again|any ?more)\b/
const ofTheMoment =
  /\b(?:i'll (?:tell you|say|be honest|admit|give you that|let you (?:go|start|finish|think)|share my screen|start with|go first|come back to (?:it|that|this)|get to that|keep (?:it|this) (?:short|brief|quick)|stop there|leave it there|be (?:there|fine|ok|out|back|around|away|late|quick|brief|right back|blunt|straight|frank)|see you|talk to you|speak to you|catch you|take (?:a look at this )?your word)|let me (?:think|see|know|finish|ask you|tell you|be|say|just say|start|stop you|rephrase|repeat|share my|give you (?:an example|some context|a bit|the background|context)|explain|understand|make sure i (?:understand|understood|got|get|have)|push back|play|pull (?:it|that|this) up|check my|grab my|get my|read (?:it|this|that) (?:back|out)|open|show you|jump|go back|close|mute|put it|guess|look at (?:my|the) (?:notes|calendar|list))|can you (?:tell me|say|hear|see|imagine|believe|give me (?:an example|a sense|some)|walk me|talk me|explain|help me understand|remind me|describe|elaborate|expand|repeat|hold on|hang on|share your screen|mute|speak up|think of)|could you (?:tell me|say|hear|see|give me (?:an example|a sense)|walk me|talk me|explain|help me understand|remind me|describe|elaborate|expand|repeat)|would you (?:say|like|rather|agree|prefer|want|be|have|feel|call|rate|describe)|will you (?:be|have)|please (?:go|do|feel|continue|don't|sit|tell)|don't worry|let's (?:see|say|be|start|talk about|jump|move on|get into|dive|begin|do that|go through|look at|leave it there|call it|wrap))\b/

/** Rules alone: how plainly an utterance promises or hands out work that lasts, 0–1. */
export function readCandidate(meeting: Meeting, utterance: Utterance): Candidate | null {
  const found = acts(utterance)
  const worker = namedWorker(meeting, utterance)
  let act = found[0] ?? null
  if (worker !== null && (act === null || act.strength < 0.8)) {
    act = {
      kind: 'assignment',
      strength: meeting.pair ? 0.45 : 0.8,
      verb: worker.verb,
      cue: 0,
      inflected: false,
    }
  }
  if (act === null) return null
  const answer = answerTo(meeting, utterance, act.kind === 'offer')
  const owner = ownerOf(meeting, utterance, act)
  const due = duePhrase(utterance)?.text ?? null
  return { utterance, act, answer, owner, due, strength: ruleStrength(meeting, utterance, act, answer, due) }
}

function ruleStrength(
  meeting: Meeting,
  utterance: Utterance,
  act: Act,
  answer: Answer,
  due: string | null,
): number {
  const { plain } = utterance
  let score = act.strength
  if (act.kind === 'request' || act.kind === 'assignment' || act.kind === 'offer') {
    if (answer.verdict === 'accepted') score += act.kind === 'offer' ? 0.2 : 0.15
    else if (answer.verdict === 'refused') return 0.05
    else score *= act.kind === 'offer' ? 0.6 : 0.5
  }
  if (due !== null) score += act.kind === 'together' ? 0.25 : 0.15
  if (unreal.test(plain)) score *= 0.25
  if (reported.test(plain) || /^["“”'‘]/.test(utterance.text)) score *= 0.3
  if (habit.test(plain)) score *= 0.4
  if (ofTheMoment.test(plain)) score *= due === null ? 0.15 : 0.4
  if (utterance.question && (act.kind === 'promise' || act.kind === 'together')) score *= 0.4
  if (isTakenBack(meeting, utterance)) score *= 0.15
  const told = utterance.words.length - act.verb
  if (told < 2 && act.strength < 0.7) score *= 0.5
  return Math.max(0, Math.min(1, score))
}

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
    if (scored.world === 'pair' && (sureness < shownFrom || vetoed(meeting, candidate))) return
    const item = itemOf(meeting, candidate, sureness)
    if (item === null) return
    add(items, { item, stems: contentStems(plainWords(item.text)), utterance: reading.utterance })
  })
  return items.map(({ item }) => item)
}

/** Less sure ones are not shown by default and are left out. */
const shownFrom = 0.4

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
  const asked = act.kind === 'request' || act.kind === 'assignment' || act.kind === 'offer'
  // In a meeting of many a "yes" nearby is often somebody else's, to something else.
  if (asked && meeting.pair && answer.utterance !== null) {
    evidence.push(quoteOf(answer.utterance))
    due ??= duePhrase(answer.utterance)?.text ?? null
  }
  return {
    text,
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

export const quoteOf = (utterance: Utterance): Quote => ({ line: utterance.line.no, quote: utterance.text })
