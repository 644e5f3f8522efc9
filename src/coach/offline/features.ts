import { readCandidate, type Candidate } from './candidates.ts'
import { readDecision } from './settling.ts'
import { isFeedback } from './feedback-words.ts'
import { isGrowth } from './growth-words.ts'
import { duePhrase } from './due-phrase.ts'
import { namedIn, type Meeting } from './meeting.ts'
import { buckets } from './model.ts'
import { agrees, refuses, thanksOrApproves } from './replies.ts'
import { readRoadblock } from './obstacles.ts'
import type { Utterance } from './utterances.ts'
import { shapes } from './shapes.ts'
import { themesOf } from './themes.ts'

/** Everything the rules see in one utterance: read once, used by the model and by the finders. */
export interface Reading {
  readonly utterance: Utterance
  readonly candidate: Candidate | null
  readonly decision: ReturnType<typeof readDecision>
  readonly roadblock: ReturnType<typeof readRoadblock>
  /** Short names of what was seen, e.g. `act:promise:3`; neighbours lend them to each other. */
  readonly signs: readonly string[]
}

/** Every utterance as the rules see it, in order. */
export function readAll(meeting: Meeting): Reading[] {
  return meeting.utterances.map(utterance => {
    const candidate = readCandidate(meeting, utterance)
    const decision = readDecision(meeting, utterance)
    const roadblock = readRoadblock(utterance)
    return {
      utterance,
      candidate,
      decision,
      roadblock,
      signs: signsOf(meeting, utterance, candidate, decision, roadblock),
    }
  })
}

function signsOf(
  meeting: Meeting,
  utterance: Utterance,
  candidate: Candidate | null,
  decision: Reading['decision'],
  roadblock: Reading['roadblock'],
): string[] {
  const signs: string[] = []
  if (candidate !== null) {
    signs.push(
      `act:${candidate.act.kind}`,
      `act:${candidate.act.kind}:${Math.round(candidate.act.strength * 4)}`,
    )
    signs.push(
      `rule:${Math.round(candidate.strength * 5)}`,
      `answer:${candidate.act.kind}:${candidate.answer.verdict}`,
    )
    if (candidate.due !== null) signs.push(`due:${candidate.act.kind}`)
    if (candidate.owner !== null) signs.push('owned')
  }
  if (duePhrase(utterance) !== null) signs.push('due')
  if (decision !== null) signs.push(`decides:${Math.round(decision.strength * 4)}`)
  if (roadblock !== null) signs.push(`stuck:${roadblock.status}:${Math.round(roadblock.strength * 4)}`)
  const named = namedIn(meeting, utterance)
  if (named.length > 0) signs.push('names', named[0]!.at <= 2 ? 'names-first' : 'names-late')
  if (meeting.pair && isFeedback(utterance)) signs.push('feeds')
  if (meeting.pair && isGrowth(utterance)) signs.push('grows')
  if (utterance.question) signs.push('asks')
  if (agrees(utterance)) signs.push('agrees')
  if (refuses(utterance)) signs.push('refuses')
  if (thanksOrApproves(utterance)) signs.push('thanks')
  return signs
}

/**
 * Hashed features of every utterance, as bucket numbers. Two worlds: in a meeting of many, where it
 * is said and what goes on around it tell as much as the words; in a pair a promise can come at any
 * minute, so there only the words, the cues and the next neighbours count.
 */
export function featuresOf(meeting: Meeting, readings: readonly Reading[]): Int32Array[] {
  const called = readings.map(({ utterance }) => wordsWithoutNames(meeting, utterance))
  const place = meeting.pair ? null : placing(meeting, readings)
  return readings.map((reading, i) => {
    const names: string[] = []
    own(names, reading, called[i]!)
    for (const [offset, tag] of neighbours) around(names, readings, i, offset, tag)
    place?.(names, i)
    if (meeting.pair) shapes(names, reading, called[i]!)
    return hashed(names)
  })
}

/** One sign for each step that a value reaches, so that weights can grow with it. */
export const steps = (name: string, value: number, from: readonly number[]): string[] =>
  from.filter(step => value >= step).map(step => `${name}:${step}`)

/** Both rows, each bucket once. */
export const joined = (row: Int32Array, more: Int32Array): Int32Array =>
  more.length === 0 ? row : Int32Array.from(new Set([...row, ...more]))

/** How far around an utterance its subject is looked for, in utterances. */
const subjectReach = 5
/** The same for what the rules saw there: near it, and in the stretch it may be part of. */
const signReaches = [3, 8] as const
const stretchSigns = new Set('stuck grows feeds act decides asks thanks due names'.split(' '))
const places = [0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95]
/** Utterances with which a talk opens, and those with which it closes. */
const edge = 4

/** Where in the talk it is said and what the rules saw around: a stretch is about what is done in it. */
function stretchOf(kinds: readonly ReadonlySet<string>[], at: number): string[] {
  const names = steps('place', at / kinds.length, places)
  if (at < edge) names.push('opening')
  if (kinds.length - at <= edge) names.push('closing')
  for (const reach of signReaches) {
    const counts = new Map<string, number>()
    for (const kind of kinds.slice(Math.max(0, at - reach), at + reach + 1).flatMap(seen => [...seen]))
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    for (const [kind, count] of counts) names.push(...steps(`around${reach}:${kind}`, count, [1, 2, 3, 5]))
  }
  return names
}

/**
 * What the talk is about here: the same features and the themes of the words around. For kinds of talk
 * and for growth, where the subject tells more than the turn of phrase.
 */
export function subjectsOf(readings: readonly Reading[], features: readonly Int32Array[]): Int32Array[] {
  const themes = readings.map(({ utterance }) => themesOf(utterance.words))
  const kinds = readings.map(
    ({ signs }) => new Set(signs.map(sign => sign.split(':')[0]!).filter(kind => stretchSigns.has(kind))),
  )
  return features.map((row, i) => {
    const names = stretchOf(kinds, i)
    for (const [theme, count] of themes[i]!) names.push(`h:${theme}`, `h:${theme}:${Math.min(3, count)}`)
    const round = new Map<string, number>()
    for (let k = Math.max(0, i - subjectReach); k <= Math.min(readings.length - 1, i + subjectReach); k++)
      for (const [theme, count] of themes[k]!) round.set(theme, (round.get(theme) ?? 0) + count)
    let top: string | null = null
    for (const [theme, count] of round) {
      names.push(`hr:${theme}:${Math.min(4, Math.ceil(count / 2))}`)
      if (top === null || count > round.get(top)!) top = theme
    }
    if (top !== null) names.push(`ht:${top}`)
    return Int32Array.from(new Set([...row, ...hashed(names)]))
  })
}

/** Where in the meeting, by whom, and amid what: features of a meeting of many. */
function placing(meeting: Meeting, readings: readonly Reading[]) {
  const first = meeting.utterances[0]?.speaker ?? null
  const dense = densities(readings)
  const chair = chairOf(readings)
  return (names: string[], i: number) => {
    const { utterance, signs } = readings[i]!
    const place = (i + 0.5) / readings.length
    const late = place > 0.85
    const rank = utterance.speaker === null ? 9 : Math.min(4, meeting.speakers.indexOf(utterance.speaker))
    const chairs = utterance.speaker === chair
    names.push(
      `pos:${Math.floor(place * 20)}`,
      `left:${Math.floor(Math.log2(readings.length - i))}`,
      `tail:${place > 0.9}`,
    )
    names.push(`rank:${rank}`, `first:${utterance.speaker === first}`, `chair:${chairs}`)
    names.push(`dense:${Math.min(5, dense[i]!)}`, `dense-tail:${Math.min(5, dense[i]!)}:${late}`)
    for (const sign of signs) names.push(`tail:${late}:${sign}`, `chair:${chairs}:${sign}`)
    wide(names, readings, i)
  }
}

/** The words, with every name of somebody present as one word: who it is must not matter. */
function wordsWithoutNames(meeting: Meeting, utterance: Utterance): string[] {
  const words = utterance.words.map(word => word.text)
  for (const { at, length } of namedIn(meeting, utterance).toReversed()) words.splice(at, length, '@')
  return words
}

/** Whoever hands out most work: in a meeting of many, its chair. */
function chairOf(readings: readonly Reading[]): string | null {
  const handed = new Map<string, number>()
  for (const { utterance, candidate } of readings) {
    const kind = candidate?.act.kind
    if (utterance.speaker === null || (kind !== 'request' && kind !== 'assignment')) continue
    handed.set(utterance.speaker, (handed.get(utterance.speaker) ?? 0) + candidate!.strength)
  }
  let chair: string | null = null
  for (const [speaker, much] of handed) if (chair === null || much > handed.get(chair)!) chair = speaker
  return chair
}

const neighbours = [
  [-3, 'p3'],
  [-2, 'p2'],
  [-1, 'p1'],
  [1, 'n1'],
  [2, 'n2'],
  [3, 'n3'],
] as const

function own(names: string[], { utterance, signs }: Reading, words: readonly string[]): void {
  for (let i = 0; i < words.length && i < 60; i++) {
    names.push(`w:${words[i]!}`)
    if (i > 0) names.push(`b:${words[i - 1]!} ${words[i]!}`)
  }
  const length = Math.min(6, Math.floor(Math.log2(utterance.words.length + 1)))
  names.push(`f:${words[0]!}`, `l:${words.at(-1)!}`, `len:${length}`)
  if (words.length > 1) names.push(`ff:${words[0]!} ${words[1]!}`)
  for (const sign of signs) names.push(`s:${sign}`)
}

function around(names: string[], readings: readonly Reading[], i: number, offset: number, tag: string): void {
  const near = readings[i + offset]
  if (near === undefined) return
  const side = near.utterance.speaker === readings[i]!.utterance.speaker ? 's' : 'o'
  for (const sign of near.signs) names.push(`${tag}${side}:${sign}`)
  if (Math.abs(offset) === 1) names.push(`${tag}:${side}`)
  const beside = offset < 0 ? 'pw' : 'nw'
  if (Math.abs(offset) <= 2) {
    for (const { text } of near.utterance.words.slice(0, 30)) names.push(`${beside}:${text}`)
  }
}

/** How far around an utterance its talk is looked at, in utterances. */
const wideReach = 8

/**
 * Words of the talk around, further than the next neighbours: what is going on before and what after. On AMI's
 * action items (U@0, by team, thresholds of the others) the two sides apart give 44.3, as one 39.2, both ways 40.3.
 */
function wide(names: string[], readings: readonly Reading[], i: number): void {
  const found = new Set<string>()
  const first = Math.max(0, i - wideReach)
  const last = Math.min(readings.length - 1, i + wideReach)
  for (let k = first; k <= last; k++) {
    if (Math.abs(k - i) <= 2) continue
    for (const { text } of readings[k]!.utterance.words)
      if (text.length > 3) found.add(`${k < i ? 'cb' : 'ca'}:${text}`)
  }
  for (const name of found) names.push(name)
}

/** How much handing out of work goes on within ten utterances, in steps. */
function densities(readings: readonly Reading[]): number[] {
  const weight = readings.map(({ candidate, signs }) => {
    const act =
      candidate === null ? 0 : candidate.act.kind === 'promise' || candidate.act.kind === 'offer' ? 0.3 : 0.7
    return act * (candidate?.strength ?? 0) + (signs.includes('names') ? 0.5 : 0)
  })
  return weight.map((_, i) => {
    let total = 0
    for (let k = Math.max(0, i - 10); k <= Math.min(weight.length - 1, i + 10); k++)
      total += k === i ? 0 : weight[k]!
    return Math.round(total * 1.5)
  })
}

export const hashed = (names: readonly string[]) => Int32Array.from(new Set(names.map(bucketOf)))

/** FNV-1a, 32 bit, folded to the number of buckets. */
function bucketOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 16)) & (buckets - 1)
}
