import type { Quote } from '../../domain/ports.ts'
import type { CueSpan, Line } from '../../domain/transcript/transcript.ts'
import { plain, plainWords, type Word } from './words.ts'

/** One sentence, or what stands for one where speech has no full stops: the unit of all finding. */
export interface Utterance {
  /** Position among all utterances of the meeting, from 0. */
  readonly index: number
  /** Position of the line among the lines, from 0; runs of one speaker count once. */
  readonly turn: number
  readonly line: Line
  readonly speaker: string | null
  /** Stretch of `line.text`. */
  readonly from: number
  readonly to: number
  readonly text: string
  readonly words: readonly Word[]
  readonly plain: string
  readonly question: boolean
}

/** A piece with more plain words than this is cut at any seam between clauses, a shorter one only before a promise. */
const longPiece = 14
/** Above this share of cue seams in mid-sentence a file's cues are caption rows, not sentences. */
const captionShare = 0.25

const conjunctions = new Set('and but so then because or plus also'.split(' '))
const openers = new Set(
  "i i'll i'm i've i'd you you'll you're we we'll we're let let's could can would will please he she they that's it's there's the if make".split(
    ' ',
  ),
)
const cannotEnd = new Set(
  (
    "the a an to of my your our their his her its for with in on at by from and or but if i i'll i'm you'll we'll will would can could " +
    "should is are was were be that's it's the this these those some any very really as than who which into about let"
  ).split(' '),
)

/** Splits the lines into utterances, in order. */
export function utterances(lines: readonly Line[]): Utterance[] {
  const captions = captionLike(lines)
  const found: Utterance[] = []
  lines.forEach((line, turn) => {
    for (const [from, to] of pieces(line, captions)) {
      const words = plainWords(line.text, from, to)
      if (words.length === 0) continue
      const text = line.text.slice(from, to)
      found.push({
        index: found.length,
        turn,
        line,
        speaker: line.speaker,
        from,
        to,
        text,
        words,
        plain: plain(words),
        question: text.endsWith('?'),
      })
    }
  })
  return found
}

/** True when cues end in mid-sentence so often that a cue's end means nothing. */
function captionLike(lines: readonly Line[]): boolean {
  let seams = 0
  let open = 0
  for (const line of lines) {
    for (let i = 1; i < line.spans.length; i++) {
      seams += 1
      if (openSeam(line, line.spans[i - 1]!, line.spans[i]!)) open += 1
    }
  }
  return seams >= 8 && open / seams > captionShare
}

function openSeam(line: Line, before: CueSpan, after: CueSpan): boolean {
  const end = line.text.slice(before.from, before.to).trimEnd().at(-1) ?? '.'
  if ('.?!,;:…'.includes(end)) return false
  const next = line.text.slice(after.from, after.to).trimStart()
  const first = next.slice(0, 12).toLowerCase().split(/\s/)[0] ?? ''
  return next.slice(0, 1) === next.slice(0, 1).toLowerCase() && !conjunctions.has(first)
}

function pieces(line: Line, captions: boolean): [number, number][] {
  const stretches: [number, number][] = []
  let previous: CueSpan | undefined
  for (const span of line.spans) {
    const last = stretches.at(-1)
    const joins = last !== undefined && previous !== undefined && goesOn(line, previous, span, captions)
    if (joins) last[1] = span.to
    else stretches.push([span.from, span.to])
    previous = span
  }
  return stretches.flatMap(([from, to]) => sentences(line.text, from, to)).flatMap(p => clauses(line.text, p))
}

function goesOn(line: Line, before: CueSpan, after: CueSpan, captions: boolean): boolean {
  const text = line.text.slice(before.from, before.to).trimEnd()
  const end = text.at(-1) ?? '.'
  if ('.?!…'.includes(end)) return false
  if (captions) return true
  const last = plainWords(text.slice(-24)).at(-1)?.text ?? ''
  return openSeam(line, before, after) && cannotEnd.has(last)
}

const abbreviation = /(?:\b(?:mr|mrs|ms|dr|vs|etc|e\.g|i\.e|no|approx)|\b[a-z])\.$/i

/** Sentences of `text[from, to)`: cut after `.`, `?`, `!` and `…` when a space follows. */
function sentences(text: string, from: number, to: number): [number, number][] {
  const found: [number, number][] = []
  let start = from
  for (let i = from; i < to; i++) {
    const character = text[i]!
    if (!'.?!…'.includes(character) || i + 1 >= to || !/\s/.test(text[i + 1]!)) continue
    if (character === '.' && abbreviation.test(text.slice(Math.max(start, i - 7), i + 1))) continue
    found.push(trimmed(text, start, i + 1))
    start = i + 1
  }
  found.push(trimmed(text, start, to))
  return found.filter(([a, b]) => b > a)
}

function trimmed(text: string, from: number, to: number): [number, number] {
  let [a, b] = [from, to]
  while (a < b && /\s/.test(text[a]!)) a += 1
  while (b > a && /\s/.test(text[b - 1]!)) b -= 1
  return [a, b]
}

/** Cuts a long piece before "and I'll", "so you could", …, so that one promise is one utterance. */
function clauses(text: string, [from, to]: [number, number]): [number, number][] {
  const words = plainWords(text, from, to)
  const cuts = [from]
  let since = 0
  for (let i = 1; i < words.length - 3; i++) {
    since += 1
    const word = words[i]!
    const next = words[i + 1]!.text
    const promise = next === "i'll" || next === "you'll" || next === "i'm"
    const seam = conjunctions.has(word.text) && (promise || (words.length > longPiece && openers.has(next)))
    const sudden =
      words.length > 30 && (word.text === "i'll" || word.text === 'ok') && !openers.has(words[i - 1]!.text)
    if (
      since < (promise ? 2 : 5) ||
      !(seam || sudden) ||
      words[i - 1]!.text === 'if' ||
      conjunctions.has(words[i - 1]!.text)
    )
      continue
    cuts.push(word.from)
    since = 0
  }
  return cuts.map((cut, i) => trimmed(text, cut, cuts[i + 1] ?? to))
}

/** The whole of what was said, as evidence. */
export const quoteOf = (utterance: Utterance): Quote => ({ line: utterance.line.no, quote: utterance.text })

/** The gate takes no shorter quote as proof (src/domain/evidence.ts); "Fine." alone says nothing anyway. */
const shortestProof = 8

/** True when at least one quote is long enough to prove a claim by itself. */
export const proves = (evidence: readonly Quote[]): boolean =>
  evidence.some(({ quote }) => quote.length >= shortestProof)
