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

/**
 * Names of days and months in the languages most spoken at work, each with what the same day is called in
 * the others: a claim may be in another language than its words. "May" and "march" are words as well.
 */
const dayNames: ReadonlyMap<string, readonly string[]> = (() => {
  const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']
  const days = [
    ...Array.from({ length: 12 }, (_, month) => ({ month: 'long' as const, at: Date.UTC(2024, month, 15) })),
    ...Array.from({ length: 7 }, (_, day) => ({ weekday: 'long' as const, at: Date.UTC(2024, 0, 1 + day) })),
  ].map(({ at, ...what }) => languages.map(language => named(language, what, at)))
  const names = new Map<string, string[]>()
  for (const same of days)
    for (const name of same)
      if (name.length > 4 && name !== 'march') names.set(name, [...(names.get(name) ?? []), ...same])
  return names
})()

function named(language: string, what: Intl.DateTimeFormatOptions, at: number): string {
  return new Intl.DateTimeFormat(language, { ...what, timeZone: 'UTC' }).format(at).toLowerCase()
}

const daysStand = (text: string, said: string): boolean => {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}-]+/gu) ?? []
  return words.every(word => dayNames.get(word)?.some(name => said.includes(name)) ?? true)
}

/** Web and mail addresses, and the marks by which a page would show a link or fetch a picture. */
const address =
  /(?:https?:|ftp:|data:|javascript:|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|!?\[[^\]]*\]\s*\([^)]*\)|<\/?[a-z!][^>]*>|\b(?:[a-z0-9-]+\.)+[a-z]{2,}\/\S*/gi

const addressesStand = (text: string, said: string): boolean =>
  (text.normalize('NFKC').match(address) ?? []).every(found => said.includes(found.toLowerCase()))
