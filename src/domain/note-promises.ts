import { dueDate, type SaidWhen } from './due-date.ts'

/** The two who may have promised, by name. */
export interface Halves {
  readonly manager: string
  readonly report: string
}

/** What a line of a shared note says that begins with a box: `[ ] @Maren write the letter by Friday`. */
export interface NotedPromise {
  /** Units before the box in its line: where the line's promise is held fast. */
  readonly box: number
  readonly isTicked: boolean
  /** Without name and time. */
  readonly text: string
  readonly owner: 'manager' | 'report' | null
  readonly due: string | null
  readonly duePhrase: string | null
  readonly dueCertainty: 'exact' | 'approximate' | 'none'
  /** The line as it stands, the evidence for all of it. */
  readonly quote: string
}

const boxed = /^(\s*(?:[-*•]\s+)?)\[([ xX]?)\]\s*(.*)$/su
/** A line may be as long as its writer likes; a promise is a sentence. */
const longestText = 300

const plain = (name: string): string => name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const partsOf = (name: string): string[] =>
  [...new Set([...name.split(/\s+/u), ...name.split(/[\s-]+/u)])].filter(part => part.length > 1)

/** Whether what stands after an @ may mean this person: a name of theirs, or the beginning of one. */
const means = (written: string, name: string): boolean =>
  [name, ...partsOf(name)].some(part => plain(part).startsWith(plain(written)))

/** The names of a person as they may begin a line, the longest first. */
const namesOf = (name: string): string[] => [name, ...partsOf(name)].toSorted((a, b) => b.length - a.length)

interface Named {
  readonly owner: 'manager' | 'report' | null
  readonly rest: string
}

const sides = ['manager', 'report'] as const

/** `@Maren` anywhere, or the whole name at the beginning: `Maren: …`, `Maren writes …`. Of two who could be meant, neither is. */
const ownerIn = (line: string, halves: Halves): Named => {
  for (const side of sides)
    for (const name of namesOf(halves[side])) {
      const match = new RegExp(`@${escaped(plain(name))}(?![\\p{L}\\p{N}]|-\\p{L})`, 'u').exec(folded(line))
      if (match && meant(name, halves).length === 1)
        return { owner: side, rest: without(line, match.index, match[0].length) }
    }
  const mention = /@([\p{L}\p{N}'’.-]+)/u.exec(line)
  if (mention?.[1]) {
    const [only, other] = meant(mention[1], halves)
    const owner = only && !other ? only : null
    return { owner, rest: without(line, mention.index, mention[0].length) }
  }
  for (const side of sides)
    for (const name of namesOf(halves[side]))
      if (
        folded(line).startsWith(plain(name)) &&
        !/^[\p{L}\p{N}'’-]/u.test(line.slice(name.length)) &&
        meant(name, halves).length === 1
      )
        return { owner: side, rest: without(line, 0, name.length) }
  return { owner: null, rest: line.trim() }
}

/** Letter for letter as long as the original, so that places in it are places in the other. */
const folded = (text: string): string =>
  Array.from(text, letter => {
    const bare = plain(letter)
    return bare.length === letter.length ? bare : letter
  }).join('')

const meant = (written: string, halves: Halves) => sides.filter(side => means(written, halves[side]))

const without = (line: string, from: number, length: number): string =>
  `${line.slice(0, from)}${line.slice(from + length).replace(/^\s*[:,]?\s*/u, from === 0 ? '' : ' ')}`
    .replaceAll(/\s+/gu, ' ')
    .trim()

/** Takes the time off the end of a sentence, where the date stands beside it anyway. */
const withoutPhrase = (text: string, phrase: string | null): string => {
  if (phrase === null) return text
  const bare = text.replace(/[\s.,;!]+$/u, '')
  return bare.toLowerCase().endsWith(phrase.toLowerCase())
    ? bare.slice(0, bare.length - phrase.length).replace(/[\s,;:]+$/u, '')
    : text
}

/**
 * What a line of a shared note promises; null when it begins with no box, or says nothing yet. Who and when
 * are null where they are not clear: the page then asks for them in their place.
 */
export const promiseInLine = (line: string, halves: Halves, when: SaidWhen): NotedPromise | null => {
  const [, before = '', tick = '', words = ''] = boxed.exec(line) ?? []
  const { owner, rest } = ownerIn(words, halves)
  const { due, phrase, certainty } = dueDate(rest, when)
  const text = withoutPhrase(rest, phrase) || rest
  if (text === '' || !/\p{L}/u.test(text)) return null
  return {
    box: before.length,
    isTicked: tick.toLowerCase() === 'x',
    text: text.slice(0, longestText),
    owner,
    due,
    duePhrase: phrase,
    dueCertainty: certainty,
    quote: line.trim(),
  }
}
