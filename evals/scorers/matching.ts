/** Claims held against marks: which of the one is which of the other. Pure. */

export interface Quoted {
  readonly text?: string
  readonly evidence: readonly { readonly line: number; readonly quote: string }[]
}

export interface Matched<Mark, Claim> {
  readonly pairs: readonly { readonly mark: Mark; readonly claim: Claim }[]
  readonly missed: readonly Mark[]
  readonly extra: readonly Claim[]
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .match(/[\p{L}\p{N}']+/gu)
    ?.filter(word => word.length > 2) ?? []

/** F1 of two bags of words, 0–1. */
export const likeness = (one: string, other: string): number => {
  const [mine, theirs] = [new Set(wordsOf(one)), new Set(wordsOf(other))]
  const both = [...mine].filter(word => theirs.has(word)).length
  return both === 0 ? 0 : (2 * both) / (mine.size + theirs.size)
}

const said = ({ text = '', evidence }: Quoted) => `${text} ${evidence.map(({ quote }) => quote).join(' ')}`
const onOneLine = (one: Quoted, other: Quoted): boolean =>
  one.evidence.some(({ line }) => other.evidence.some(theirs => theirs.line === line))

/** Do the two rest on words of the same line of which one holds much of the other? */
export const sameWords = (one: Quoted, other: Quoted): boolean =>
  one.evidence.some(mine =>
    other.evidence.some(
      ({ line, quote }) =>
        line === mine.line &&
        (quote.includes(mine.quote) || mine.quote.includes(quote) || likeness(quote, mine.quote) >= 0.5),
    ),
  )

/**
 * One to one, the most alike first. A claim can be a mark only when a line is evidence of both; that alone
 * is not enough, since one long turn may hold two promises: 0.2 of the words must be shared.
 */
const least = 0.2
export const match = <Mark extends Quoted, Claim extends Quoted>(
  marks: readonly Mark[],
  claims: readonly Claim[],
): Matched<Mark, Claim> => {
  const candidates = marks.flatMap(mark =>
    claims.flatMap(claim => {
      const alike = likeness(said(mark), said(claim))
      return onOneLine(mark, claim) && (alike >= least || sameWords(mark, claim))
        ? [{ mark, claim, alike }]
        : []
    }),
  )
  const [usedMarks, usedClaims] = [new Set<Mark>(), new Set<Claim>()]
  const pairs: { mark: Mark; claim: Claim }[] = []
  for (const { mark, claim } of candidates.toSorted((one, other) => other.alike - one.alike)) {
    if (usedMarks.has(mark) || usedClaims.has(claim)) continue
    usedMarks.add(mark)
    usedClaims.add(claim)
    pairs.push({ mark, claim })
  }
  return {
    pairs,
    missed: marks.filter(mark => !usedMarks.has(mark)),
    extra: claims.filter(claim => !usedClaims.has(claim)),
  }
}
