import type { Span } from './marks.ts'

/** The text for patterns: lower case, straight apostrophes, every unit in its place. */
export type Plain = string

/** Lower-cased unit by unit, so that every place stays its own. */
export const plainOf = (text: string): Plain =>
  text.replaceAll(/[’‘‛]/g, "'").replaceAll(/[\p{Lu}]/gu, letter => {
    const lower = letter.toLowerCase()
    return lower.length === letter.length ? lower : letter
  })

/** The same with what stands in double quotation marks taken out: somebody's words are not the writer's. */
export const withoutQuotes = (plain: Plain): Plain =>
  plain.replaceAll(/["“„][^"“”„]*["”“]/g, quote => '"'.padEnd(quote.length - 1, ' ') + '"')

export function* spansOf(plain: Plain, pattern: RegExp): Generator<Span> {
  for (const match of plain.matchAll(pattern))
    yield { start: match.index, end: match.index + match[0].length }
}
