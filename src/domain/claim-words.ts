import type { Evidence } from './ports.ts'

/**
 * What in a claim's own sentence has to stand in its quotes: figures, days and addresses. They are
 * what a model invents or is talked into, and what costs most when it is wrong.
 */
export const wordsStand = (text: string, evidence: readonly Evidence[]): boolean => {
  const said = evidence.map(({ quote }) => quote.normalize('NFKC').toLowerCase()).join('\n')
  return numbersStand(text, said) && daysStand(text, said) && addressesStand(text, said)
}

/** Every run of digits in the text stands as such in a quote. */
const numbersStand = (text: string, said: string): boolean => {
  const numbers = new Set(said.match(/\d+/g) ?? [])
  return (text.match(/\d+/g) ?? []).every(number => numbers.has(number))
}

/** Names of days and months in the languages most spoken at work; "may" and "march" are words as well. */
const dayNames: ReadonlySet<string> = new Set(
  ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'].flatMap(language =>
    [
      ...Array.from({ length: 12 }, (_, month) =>
        named(language, { month: 'long' }, Date.UTC(2024, month, 15)),
      ),
      ...Array.from({ length: 7 }, (_, day) =>
        named(language, { weekday: 'long' }, Date.UTC(2024, 0, 1 + day)),
      ),
    ].filter(name => name.length > 4 && name !== 'march'),
  ),
)

function named(language: string, what: Intl.DateTimeFormatOptions, at: number): string {
  return new Intl.DateTimeFormat(language, { ...what, timeZone: 'UTC' }).format(at).toLowerCase()
}

const daysStand = (text: string, said: string): boolean => {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}-]+/gu) ?? []
  return words.every(word => !dayNames.has(word) || said.includes(word))
}

/** Web and mail addresses, and the marks by which a page would show a link or fetch a picture. */
const address =
  /(?:https?:|ftp:|data:|javascript:|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|!?\[[^\]]*\]\s*\([^)]*\)|<\/?[a-z!][^>]*>|\b(?:[a-z0-9-]+\.)+[a-z]{2,}\/\S*/gi

const addressesStand = (text: string, said: string): boolean =>
  (text.normalize('NFKC').match(address) ?? []).every(found => said.includes(found.toLowerCase()))
