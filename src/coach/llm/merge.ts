import type { Extraction, Quote } from '../../domain/ports.ts'

interface Claim {
  readonly evidence: readonly Quote[]
}

/** Whether two claims rest on the same words: one quote of each in the same line, one within the other. */
export const restOnTheSame = (one: Claim, other: Claim): boolean =>
  one.evidence.some(a =>
    other.evidence.some(
      b =>
        a.line === b.line &&
        (folded(a.quote).includes(folded(b.quote)) || folded(b.quote).includes(folded(a.quote))),
    ),
  )

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Parts of one meeting as one: what was said at the seam of two counts once, the first time. */
export const mergeParts = (
  parts: readonly (Extraction & { readonly malformed: number })[],
): Extraction & { readonly malformed: number } => {
  /** Within one part two claims may rest on one sentence: only what an earlier part had is left out. */
  const once = <One extends Claim>(kind: (part: Extraction) => readonly One[]): One[] => {
    const kept: One[] = []
    // Within one part two claims may rest on one sentence: only what an earlier part had is left out.
    for (const part of parts) {
      const before = kept.slice()
      kept.push(...kind(part).filter(claim => !before.some(known => restOnTheSame(known, claim))))
    }
    return kept
  }
  const lastWord = <One extends { readonly item: string }>(updates: readonly One[]): One[] => [
    ...new Map(updates.map(update => [update.item, update])).values(),
  ]
  return {
    actionItems: once(part => part.actionItems),
    decisions: once(part => part.decisions),
    roadblocks: once(part => part.roadblocks),
    // Of what is said about one item in several parts, the last counts.
    updates:
      parts.length === 1 ? [...(parts[0]?.updates ?? [])] : lastWord(parts.flatMap(part => part.updates)),
    feedback: once(part => part.feedback),
    growth: once(part => part.growth),
    talk: parts.flatMap(part => part.talk),
    malformed: parts.reduce((sum, part) => sum + part.malformed, 0),
  }
}

/** How much less is believed of what only one of the two readers found. Chosen, not measured. */
const alone = 0.75

/**
 * The offline engine as a second pair of eyes: what it found in the same words keeps its confidence;
 * what it did not find is less sure. It adds nothing and takes nothing away.
 */
export const withSecondReader = (found: Extraction, second: Extraction | null): Extraction => {
  if (!second || second.unreadable) return found
  const weighed = <One extends Claim & { readonly confidence: number }>(
    claims: readonly One[],
    others: readonly Claim[],
  ): One[] =>
    claims.map(claim =>
      others.some(other => restOnTheSame(claim, other))
        ? claim
        : { ...claim, confidence: Math.round(claim.confidence * alone * 100) / 100 },
    )
  return {
    ...found,
    actionItems: weighed(found.actionItems, second.actionItems),
    decisions: weighed(found.decisions, second.decisions),
    roadblocks: weighed(found.roadblocks, second.roadblocks),
    updates: weighed(found.updates, second.updates),
  }
}
