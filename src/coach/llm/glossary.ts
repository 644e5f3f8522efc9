import { harmless } from './spoken.ts'

/** What the two tell a model, as one line: nothing in it can look like a line or a mark of the prompt. */

const entriesOf = (glossary: string): string[] =>
  glossary
    .split(/[\n;]/)
    .map(entry => harmless(entry).trim())
    .filter(entry => entry !== '')

export const glossaryLine = (glossary: string): string => entriesOf(glossary).join('; ')

const stemsOf = (text: string): Set<string> =>
  new Set((text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).map(word => word.slice(0, 4)))

/** Of the names and terms those that what is told speaks of: a page of a few lines needs no more. */
export const glossaryFor = (glossary: string, told: string): string => {
  const said = stemsOf(told)
  return entriesOf(glossary)
    .filter(entry => [...stemsOf(entry)].some(stem => said.has(stem)))
    .join('; ')
}
