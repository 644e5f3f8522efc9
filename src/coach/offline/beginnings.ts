/** Digits as `0`, whatever is neither letter nor digit as a space: what beginnings are compared by. */
export const folded = (text: string): string =>
  text.replaceAll(/[^a-z ]/g, sign => (/\d/.test(sign) ? '0' : ' '))

/** Beginnings that go on, and texts that are all there is. */
export interface Beginnings {
  readonly cut: ReadonlySet<string>
  readonly whole: ReadonlySet<string>
}
const none: ReadonlySet<string> = new Set()
const only = (text: string): Beginnings => ({ cut: none, whole: new Set([text]) })

/**
 * What texts that fit a pattern can begin with, `folded`, up to `length` characters. Reads literals, `\d`, flat
 * classes, `(?:a|b)`, `?`, `+` and `{m,n}`: what the due patterns are made of. `known` keeps what groups came to:
 * the names of days and months stand in many patterns.
 */
export function beginnings(
  pattern: string,
  length: number,
  known: Map<string, Beginnings>,
): ReadonlySet<string> {
  const { cut, whole } = alternatives(pattern, length, known)
  return cut.union(whole)
}

function alternatives(pattern: string, length: number, known: Map<string, Beginnings>): Beginnings {
  const before = known.get(pattern)
  if (before !== undefined) return before
  const all: Beginnings[] = []
  let soFar = only('')
  let depth = 0
  for (let at = 0; at <= pattern.length;) {
    if (at === pattern.length || pattern[at] === '|') {
      all.push(soFar)
      soFar = only('')
      at += 1
      continue
    }
    part.lastIndex = at
    let [source] = part.exec(pattern)!
    if (source === '(?:') {
      depth = 1
      for (let end = at + 3; depth > 0; end++) {
        if (pattern[end] === '(') depth += 1
        else if (pattern[end] === ')') depth -= 1
        source = pattern.slice(at, end + 1)
      }
    }
    at += source.length
    counting.lastIndex = at
    const count = counting.exec(pattern)?.[0] ?? ''
    at += count.length
    // What comes too far in does not matter.
    if (soFar.whole.size > 0)
      soFar = joined(soFar, times(partOf(source, length, known), count, length), length)
  }
  const found = together(all)
  known.set(pattern, found)
  return found
}

/** A group's opening, a class, an escape, or letters up to what may be counted: in "weeks?" the s stands apart. */
const part = /\(\?:|\[[^\]]*\]|\\.|[\w' /:,-]+(?![\w' /:,?+{-])|[^]/y
const counting = /(?:\?|\+|\{\d(?:,\d)?\})?/y

function partOf(source: string, length: number, known: Map<string, Beginnings>): Beginnings {
  if (source.startsWith('(?:')) return alternatives(source.slice(3, -1), length, known)
  if (source.startsWith('[')) return { cut: none, whole: new Set(folded(source.slice(1, -1))) }
  // Any letter may follow: what stands before it is all that can be told.
  if (source === '\\w') return { cut: new Set(['']), whole: none }
  if (source === '\\d') return only('0')
  return only(source.startsWith('\\') ? ' ' : folded(source))
}

function times(once: Beginnings, count: string, length: number): Beginnings {
  if (count === '') return once
  const [least = 1, most = count === '+' ? length : least] =
    count === '?' ? [0, 1] : (count.match(/\d/g) ?? []).map(Number)
  const all: Beginnings[] = []
  let soFar = only('')
  for (let time = 0; time <= most; time++) {
    if (time >= least) all.push(soFar)
    soFar = joined(soFar, once, length)
  }
  return together(all)
}

function together(all: readonly Beginnings[]): Beginnings {
  if (all.length === 1) return all[0]!
  const [cut, whole] = [new Set<string>(), new Set<string>()]
  for (const one of all) {
    for (const text of one.cut) cut.add(text)
    for (const text of one.whole) whole.add(text)
  }
  return { cut, whole }
}

/** The one and then the other, cut off where it is long enough. */
function joined(before: Beginnings, after: Beginnings, length: number): Beginnings {
  const [cut, whole] = [new Set(before.cut), new Set<string>()]
  for (const start of before.whole) {
    for (const end of after.cut) cut.add((start + end).slice(0, length))
    for (const end of after.whole) {
      const text = start + end
      if (text.length >= length) cut.add(text.slice(0, length))
      else whole.add(text)
    }
  }
  return { cut, whole }
}
