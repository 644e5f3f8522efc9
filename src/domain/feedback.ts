import { absoluteSpans } from './feedback/absolutes.ts'
import { areasOf } from './feedback/areas.ts'
import { comparisonSpans } from './feedback/comparisons.ts'
import { hearsaySpans } from './feedback/hearsay.ts'
import type { Mark, MarkKind, Span } from './feedback/marks.ts'
import { mindSpans } from './feedback/mind-reading.ts'
import { partsOf, type Parts } from './feedback/parts.ts'
import { isName } from './feedback/people.ts'
import { plainOf, withoutQuotes } from './feedback/plain.ts'
import { questionsFor } from './feedback/questions.ts'
import { traitSpans, type TraitContext } from './feedback/traits.ts'
import { isSeenPast } from './feedback/verbs.ts'
import { sentencesOf, wordsOf, type Word } from './feedback/words.ts'

/** What the gate says of a piece. Offsets are UTF-16; marks are in order and do not overlap. */
export interface FeedbackLint {
  marks: Mark[]
  parts: Parts
  /** How many things it is about, at least 1. */
  areas: number
  questions: string[]
  verdict: 'good' | 'needs-work'
}

export interface LintOptions {
  /** First names of those it may be about, as written. */
  names?: readonly string[]
  /** Places a person has said are meant otherwise ("I mean the work"); they are not marked again. */
  meantOtherwise?: readonly Span[]
  /** Who the questions speak of; else "they". */
  person?: string
}

/** More than two are not heard. */
export const mostAreas = 2

/**
 * The gate of feedback: marks what says who somebody is, what goes on in them, what is always so, what others say,
 * and comparisons; finds whether situation, behaviour and effect are there. It asks and never rewrites.
 */
export function lintFeedback(text: string, options: LintOptions = {}): FeedbackLint {
  const words = wordsOf(text)
  const sentences = sentencesOf(text, words)
  const context = contextOf(words, options.names ?? [])
  const plain = withoutQuotes(plainOf(text))
  const marks = inOrder(
    [
      ...kindly('hearsay', hearsaySpans(plain)),
      ...kindly('absolute', absoluteSpans(words, plain, context)),
      ...kindly('mind-reading', mindSpans(plain)),
      ...kindly('trait', traitSpans(words, context)),
      ...kindly('comparison', comparisonSpans(text, plain)),
    ],
    options.meantOtherwise ?? [],
  )
  const judged = marks.filter(({ kind }) => kind === 'trait' || kind === 'mind-reading')
  const parts = partsOf(sentences, context, judged)
  const areas = areasOf(sentences, context)
  const good = marks.length === 0 && parts.situation && parts.behavior && parts.impact && areas <= mostAreas
  return {
    marks,
    parts,
    areas,
    questions: questionsFor(text, marks, parts, areas, options.person ?? null),
    verdict: good ? 'good' : 'needs-work',
  }
}

/** Who a piece speaks to or about. */
export function contextOf(words: readonly Word[], names: readonly string[]): TraitContext {
  const known = new Set(names.flatMap(name => name.toLowerCase().split(/\s+/)))
  const addressed = words.some(word => !word.quoted && /^(?:you|your|yours|yourself)$/.test(word.plain))
  return { known, addressed, topic: addressed ? new Set() : topicOf(words, known) }
}

/** The first name or pronoun a verb follows, and the pronoun that takes a name up. Notes begin without any. */
function topicOf(words: readonly Word[], known: ReadonlySet<string>): ReadonlySet<string> {
  const first = words.findIndex(
    (word, at) =>
      /^(?:he|she)$/.test(word.plain) ||
      (isName(words, at, known) && !prepositions.has(words[at - 1]?.plain ?? '')),
  )
  if (first === -1 || (words[0] !== undefined && isSeenPast(words[0].plain))) return new Set()
  const { plain } = words[first]!
  if (plain === 'he' || plain === 'she') return new Set([plain])
  const pronoun = words.slice(first).find(word => /^(?:he|she)$/.test(word.plain))?.plain
  return new Set(pronoun === undefined ? [plain] : [plain, pronoun])
}
const prepositions = new Set(['in', 'on', 'at', 'to', 'for', 'from', 'with', 'of', 'by', 'told', 'the'])

const kindly = (kind: MarkKind, spans: readonly Span[]): Mark[] => spans.map(span => ({ kind, ...span }))

/** The first kind that marks a place keeps it. */
function inOrder(marks: readonly Mark[], meantOtherwise: readonly Span[]): Mark[] {
  const kept: Mark[] = []
  const overlaps = (a: Span, b: Span) => a.start < b.end && b.start < a.end
  for (const mark of marks)
    if (!kept.some(other => overlaps(mark, other)) && !meantOtherwise.some(span => overlaps(mark, span)))
      kept.push(mark)
  return kept.toSorted((a, b) => a.start - b.start)
}
