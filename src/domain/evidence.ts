import { wordsStand } from './claim-words.ts'
import type {
  Evidence,
  Extraction,
  OpenItem,
  ProposedDecision,
  ProposedFeedback,
  ProposedGrowth,
  ProposedItem,
  ProposedRoadblock,
  ProposedUpdate,
  Quote,
  Roster,
  TalkStretch,
} from './ports.ts'
import type { Line } from './transcript/transcript.ts'

/** What a line must offer to have quotes placed in it. */
export type QuotableLine = Pick<Line, 'no' | 'text' | 'spans'>

/** A quote shorter than this proves nothing by itself, unless it is all the line says. */
const shortestQuote = 8
/** Of one kind, in one meeting: more than anybody goes through. */
const mostItems = 200
const longestText = 300
const longestQuote = 2_000

/** One character as both sides may write it: width, case, dashes, quotation marks. */
const folded = (character: string): string =>
  character
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[‘’‚‛`´]/g, "'")
    .replaceAll(/[“”„‟«»]/g, '"')
    .replaceAll(/[‐‑‒–—―−]/g, '-')

interface Folded {
  readonly text: string
  /** For each unit of `text` the index in the original where it began, and one more for the end. */
  readonly from: readonly number[]
}

/** Text for comparison; white space runs are one space. Remembers where each unit came from. */
const fold = (text: string): Folded => {
  let result = ''
  const from: number[] = []
  let index = 0
  for (const character of text) {
    const piece = /\s/u.test(character) ? ' ' : folded(character)
    if (piece !== ' ' || (result !== '' && !result.endsWith(' ')))
      for (const unit of piece.split('')) {
        result += unit
        from.push(index)
      }
    index += character.length
  }
  return { text: result, from: [...from, text.length] }
}

/**
 * The quote as it stands in the line, letter by letter, with the cues it touches; null when those
 * words do not stand there. Only width, case, dashes, quotation marks and white space may differ.
 */
export const placeQuote = (
  { line, quote }: Quote,
  source: QuotableLine | undefined,
  shortest = shortestQuote,
): Evidence | null => {
  if (!source || quote.length > longestQuote) return null
  let start = source.text.indexOf(quote)
  let end = start + quote.length
  if (start < 0) {
    const haystack = fold(source.text)
    const needle = fold(quote.trim()).text.trim()
    const at = needle === '' ? -1 : haystack.text.indexOf(needle)
    if (at < 0) return null
    start = haystack.from[at] ?? 0
    end = haystack.from[at + needle.length] ?? source.text.length
  }
  const exact = source.text.slice(start, end).trim()
  if (exact.length < Math.min(shortest, source.text.trim().length)) return null
  start = source.text.indexOf(exact, start)
  const touched = source.spans.filter(span => span.to > start && span.from < start + exact.length)
  const first = touched[0]?.cue
  const last = touched.at(-1)?.cue
  if (exact === '' || first === undefined || last === undefined) return null
  return { line, quote: exact, cues: [first, last] }
}

/** All quotes that stand in their lines; what does not is left out. */
export const placeQuotes = (quotes: readonly Quote[], lines: readonly QuotableLine[]): Evidence[] => {
  const byNumber = new Map(lines.map(line => [line.no, line]))
  return quotes.flatMap(quote => placeQuote(quote, byNumber.get(quote.line)) ?? [])
}

/** A claim whose every quote has been found. */
export type Proven<Claim extends { readonly evidence: readonly Quote[] }> = Omit<Claim, 'evidence'> & {
  readonly evidence: readonly Evidence[]
}

export interface ProvenExtraction {
  readonly actionItems: readonly Proven<ProposedItem>[]
  readonly decisions: readonly Proven<ProposedDecision>[]
  readonly roadblocks: readonly Proven<ProposedRoadblock>[]
  readonly updates: readonly Proven<ProposedUpdate>[]
  readonly feedback: readonly Proven<ProposedFeedback>[]
  readonly growth: readonly Proven<ProposedGrowth>[]
  readonly talk: readonly TalkStretch[]
}

export interface Ground {
  readonly lines: readonly QuotableLine[]
  readonly roster: Roster
  readonly openItems: readonly OpenItem[]
}

/**
 * The gate every coach's answer passes: nothing that cannot be shown in the lines gets through.
 * A claim needs at least one quote and all of its quotes; a number, a day or an address in its text must stand in them; a
 * due phrase must be theirs; an owner must be on the roster; an update must be about an item that
 * was handed in. What fails is dropped and counted.
 */
export const proveClaims = (
  extraction: Extraction,
  ground: Ground,
): { proven: ProvenExtraction; dropped: number } => {
  const byNumber = new Map(ground.lines.map(line => [line.no, line]))
  const owners = new Set([
    ...ground.roster.labels,
    ...[ground.roster.manager?.name, ground.roster.report?.name].filter(name => name !== undefined),
  ])
  const known = new Set(ground.openItems.map(({ id }) => id))
  let dropped = extraction.malformed ?? 0

  const prove = <Claim extends { readonly evidence: readonly Quote[] }>(
    claims: readonly Claim[],
    holds: (claim: Claim, evidence: readonly Evidence[]) => boolean = () => true,
  ): Proven<Claim>[] => {
    const kept = claims.slice(0, mostItems).flatMap(claim => {
      const proves = claim.evidence.some(quote => placeQuote(quote, byNumber.get(quote.line)) !== null)
      // Beside a quote that proves it, "Agreed." may stand as the answer it was.
      const evidence = claim.evidence.flatMap(quote => placeQuote(quote, byNumber.get(quote.line), 1) ?? [])
      const stands = proves && evidence.length === claim.evidence.length && holds(claim, evidence)
      return stands ? [{ ...claim, evidence }] : []
    })
    dropped += claims.length - kept.length
    return kept
  }
  const textHolds = ({ text }: { readonly text: string }, evidence: readonly Evidence[]) =>
    text.trim() !== '' && text.length <= longestText && wordsStand(text, evidence)

  const withQuotedDue = <Claim extends { duePhrase: string | null; evidence: readonly Evidence[] }>(
    claim: Claim,
  ): Claim => ({
    ...claim,
    duePhrase: claim.duePhrase !== null && quoted(claim.duePhrase, claim.evidence) ? claim.duePhrase : null,
  })
  const actionItems = prove(extraction.actionItems, textHolds).map(item => ({
    ...withQuotedDue(item),
    owner: item.owner !== null && owners.has(item.owner) ? item.owner : null,
  }))
  const proven: ProvenExtraction = {
    actionItems,
    decisions: prove(extraction.decisions, textHolds),
    roadblocks: prove(extraction.roadblocks, textHolds),
    updates: prove(extraction.updates, ({ item }) => known.has(item)).map(withQuotedDue),
    feedback: prove(extraction.feedback, textHolds),
    growth: prove(extraction.growth, textHolds),
    talk: coverOnce(extraction.talk, ground.lines),
  }
  return { proven, dropped }
}

const quoted = (phrase: string, evidence: readonly Evidence[]): boolean => {
  const needle = fold(phrase.trim()).text
  return needle !== '' && evidence.some(({ quote }) => fold(quote).text.includes(needle))
}

/** Stretches in order, each line once; a gap belongs to the stretch before it, an overlap to the first. */
const coverOnce = (talk: readonly TalkStretch[], lines: readonly QuotableLine[]): TalkStretch[] => {
  const first = lines[0]?.no
  const last = lines.at(-1)?.no
  if (first === undefined || last === undefined || talk.length === 0) return []
  const ordered = talk
    .filter(({ fromLine, toLine }) => fromLine <= toLine && fromLine <= last && toLine >= first)
    .toSorted((a, b) => a.fromLine - b.fromLine)
  const covered: TalkStretch[] = []
  let next = first
  for (const [index, stretch] of ordered.entries()) {
    const until = index + 1 < ordered.length ? (ordered[index + 1]?.fromLine ?? last) - 1 : last
    const toLine = Math.min(Math.max(until, stretch.fromLine), last)
    if (toLine < next) continue
    covered.push({ fromLine: next, toLine, label: stretch.label })
    next = toLine + 1
  }
  return covered
}
