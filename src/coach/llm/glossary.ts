import { harmless } from './spoken.ts'

/** What the two tell a model, as one line: nothing in it can look like a line or a mark of the prompt. */

const entriesOf = (glossary: string): string[] =>
  glossary
    .split(/[\n;]/)
    .map(entry => harmless(entry).trim())
    .filter(entry => entry !== '')

export const glossaryLine = (glossary: string): string => entriesOf(glossary).join('; ')

/** Words of four letters by those, shorter ones in capitals as they are: "QA", and no "and" and no day of a month. */
const stemsOf = (text: string): string[] =>
  (text.match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter(word => word.length >= 4 || (/^\p{L}./u.test(word) && word === word.toUpperCase()))
    .map(word => word.slice(0, 4).toLowerCase())

/** Of the names and terms those that what is told speaks of: a page of a few lines needs no more. */
export const glossaryFor = (glossary: string, told: string): string => {
  const said = new Set(stemsOf(told))
  return entriesOf(glossary)
    .filter(entry => stemsOf(entry.split(/[:=]/)[0] ?? '').some(stem => said.has(stem)))
    .join('; ')
}
