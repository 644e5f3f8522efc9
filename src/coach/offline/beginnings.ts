/** Digits as `0`, whatever is neither letter nor digit as a space: what beginnings are compared by. */
export const folded = (text: string): string => text.replaceAll(/\d/g, '0').replaceAll(/[^a-z0-9]/g, ' ')

const foldedLetter = (letter: string): string =>
  letter >= 'a' && letter <= 'z' ? letter : letter >= '0' && letter <= '9' ? '0' : ' '

/** Beginnings of what a pattern fits: `cut` ones go on, `whole` ones are all there is. Both `folded`. */
interface Beginnings {
  readonly cut: Set<string>
  readonly whole: Set<string>
}

/**
 * What texts that fit a pattern can begin with, up to `length` characters. Reads literals, `\d`, flat classes,
 * `(?:a|b)`, `?`, `+` and `{m,n}`: what the due patterns are made of.
 * So a text is held against the few patterns that can begin at a word, not against all of them.
 */
export function beginnings(pattern: string, length: number): Beginnings {
  let at = 0
  const alternatives = (): Beginnings => {
    const all = sequence()
    while (pattern[at] === '|') {
      at += 1
      const more = sequence()
      for (const kind of ['cut', 'whole'] as const) for (const text of more[kind]) all[kind].add(text)
    }
    return all
  }
  const sequence = (): Beginnings => {
    let soFar: Beginnings = { cut: new Set(), whole: new Set(['']) }
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      if (soFar.whole.size === 0) skip()
      else soFar = joined(soFar, counted(atom()), length)
    }
    return soFar
  }
  /** Past what comes too far in to matter, up to the end of the alternative. */
  const skip = () => {
    for (let depth = 0; at < pattern.length; at++) {
      if (pattern[at] === '(') depth += 1
      else if (depth === 0 && (pattern[at] === '|' || pattern[at] === ')')) return
      else if (pattern[at] === ')') depth -= 1
    }
  }
  const atom = (): Beginnings => {
    if (pattern.startsWith('(?:', at)) {
      at += 3
      const inside = alternatives()
      at += 1
      return inside
    }
    if (pattern[at] === '[') {
      const end = pattern.indexOf(']', at)
      const inside = pattern.slice(at + 1, end).replaceAll(/(.)-(.)/g, '$1')
      at = end + 1
      return { cut: new Set(), whole: new Set([...inside].map(foldedLetter)) }
    }
    if (pattern[at] === '\\') {
      const said = pattern[at + 1]!
      at += 2
      // Any letter may follow: what stands before it is all that can be told.
      if (said === 'w') return { cut: new Set(['']), whole: new Set() }
      return {
        cut: new Set(),
        whole: new Set([said === 'd' ? '0' : foldedLetter(said)]),
      }
    }
    at += 1
    return { cut: new Set(), whole: new Set([foldedLetter(pattern[at - 1]!)]) }
  }
  const counted = (once: Beginnings): Beginnings => {
    const count = /^(?:\?|\+|\{(\d)(?:,(\d))?\})\??/.exec(pattern.slice(at, at + 8))
    if (count === null) return once
    at += count[0].length
    const [least, most] =
      count[0] === '?'
        ? [0, 1]
        : count[1] === undefined
          ? [1, length]
          : [Number(count[1]), Number(count[2] ?? count[1])]
    let [soFar, all]: Beginnings[] = [
      { cut: new Set(), whole: new Set(['']) },
      { cut: new Set(), whole: new Set() },
    ]
    for (let times = 0; times <= most; times++) {
      if (times >= least)
        for (const kind of ['cut', 'whole'] as const) for (const text of soFar[kind]) all[kind].add(text)
      soFar = joined(soFar, once, length)
    }
    return all
  }
  return alternatives()
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
