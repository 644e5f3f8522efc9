import { monthPattern, ordinalPattern, weekdayPattern } from './words.ts'

/**
 * Whether a text can hold what a pattern asks for at all, by one word of each of its alternatives that it cannot
 * do without. A new pattern takes a millisecond to make ready; few of them ever meet a text that has its words.
 */
export function needs(source: string): (text: string) => boolean {
  const named = source
    .replaceAll(monthPattern, ' {month} ')
    .replaceAll(weekdayPattern, ' {weekday} ')
    .replaceAll(ordinalPattern, ' {ordinal} ')
  const wanted = outside(named)
    .split('|')
    .map(part => {
      const kind = /\{(\w+)\}/.exec(part)?.[1]
      if (kind !== undefined) return kinds[kind as keyof typeof kinds]
      const word = part
        .replaceAll(/.\?/g, ' ')
        .split(/[^a-z']+/)
        .toSorted((a, b) => b.length - a.length)[0]!
      return word === '' ? null : (text: string) => text.includes(word)
    })
  return text => wanted.some(test => test === null || test(text))
}

const kinds = {
  month: (text: string) => /jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec/.test(text),
  weekday: (text: string) => /mon|tue|wed|thu|fri|satur|sun/.test(text),
  ordinal: (text: string) => /\d|st|second|third|th|eth/.test(text),
}

/** A pattern's letters outside of all groups and classes, which may be left out or be one of several. */
function outside(source: string): string {
  let [out, depth] = ['', 0]
  for (let i = 0; i < source.length; i++) {
    const character = source[i]!
    if (character === '\\') i += 1
    else if (character === '[') i = source.indexOf(']', i)
    else if (character === '(') depth += 1
    else if (character === ')') depth -= 1
    else if (depth === 0) {
      out += character
      continue
    }
    if (depth === 0) out += ' '
  }
  return out
}
