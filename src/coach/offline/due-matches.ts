import { type Beginnings, beginnings, folded } from './beginnings.ts'
import { duePatterns, leads } from './due-patterns.ts'

interface Pattern {
  readonly lead: boolean
  readonly the: boolean
  readonly core: string
  /** Made ready when it is first needed: each takes up to a millisecond, and most meetings need few. */
  readonly regExp: () => RegExp
}
const table: readonly Pattern[] = duePatterns.map(source => {
  const [front, lead, the] = /^(\[lead\])?(\[the\])?/.exec(source)!
  const core = source.slice(front.length)
  const regExp = lazily(() => new RegExp(`(?:${core})(?![a-z0-9\\u00b5-\\u1fff])`, 'y'))
  return { lead: lead !== undefined, the: the !== undefined, core, regExp }
})

/** Characters that tell most patterns apart: "tomorr", "end of". */
const told = 6
/** Which patterns can begin with these characters, by number; and how many characters the shorter ones have. */
const starts = lazily(() => {
  const byText = new Map<string, number[]>()
  const lengths = new Set([told])
  const known = new Map<string, Beginnings>()
  table.forEach(({ core }, number) => {
    for (const text of beginnings(core, told, known)) {
      lengths.add(text.length)
      const numbers = byText.get(text)
      if (numbers === undefined) byText.set(text, [number])
      else numbers.push(number)
    }
  })
  return { byText, lengths: [...lengths] }
})
const isLetter = /[\p{L}\p{N}']/u
const leadHere = new RegExp(`${leads} `, 'y')

/**
 * What the due patterns fit in a text in lower case, from left to right, none within another. At each word only
 * those that can begin there are tried: all of them as one pattern took 38 % of the time of a long talk.
 */
export function dueMatches(text: string): { from: number; length: number }[] {
  const plain = folded(text)
  const found: { from: number; length: number }[] = []
  for (let i = 0; i < text.length; i++) {
    if (plain[i] === ' ' || (i > 0 && (plain[i - 1] !== ' ' || isLetter.test(text[i - 1]!)))) continue
    const to = matchAt(text, plain, i)
    if (to === null) continue
    found.push({ from: i, length: to - i })
    i = to - 1
  }
  return found
}

/** Where the first pattern ends that fits at `from`, `[lead]` and `[the]` read first where they stand there. */
function matchAt(text: string, plain: string, from: number): number | null {
  const { byText, lengths } = starts()
  leadHere.lastIndex = from
  const core = leadHere.test(text) ? leadHere.lastIndex : from
  const tries: { number: number; at: number }[] = []
  for (const lead of core > from ? [true, false] : [false])
    for (const the of text.startsWith('the ', lead ? core : from) ? [true, false] : [false]) {
      const at = (lead ? core : from) + (the ? 4 : 0)
      for (const length of lengths)
        for (const number of byText.get(plain.slice(at, at + length)) ?? [])
          if ((!lead || table[number]!.lead) && (!the || table[number]!.the)) tries.push({ number, at })
    }
  // Stable: of one pattern the longer reading goes first.
  for (const { number, at } of tries.toSorted((a, b) => a.number - b.number)) {
    const pattern = table[number]!.regExp()
    pattern.lastIndex = at
    if (pattern.test(text)) return pattern.lastIndex
  }
  return null
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
