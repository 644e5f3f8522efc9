/** A time stamp found at a place in a string. */
export interface Stamp {
  /** Seconds, never below 0. */
  readonly seconds: number
  /** Index after its last character. */
  readonly end: number
  /** Written as WebVTT and SRT demand: two digits a part, three of a fraction. */
  readonly strict: boolean
  /** The fraction stands behind a comma, as SRT writes it. */
  readonly comma: boolean
}

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

const digits = (text: string, from: number): number => {
  let end = from
  // Ten digits are no part of any time: the scan stays short on hostile input.
  while (end - from < 10 && isDigit(text, end)) end++
  return end
}

/**
 * Reads a stamp at `from`: `hh:mm:ss.mmm`, `mm:ss.mmm`, `m:ss`, `0:0:5.320`, `0.860`, `-00:00:01.2`,
 * with comma or point; null when there is none. Constant time.
 */
export const stampAt = (text: string, from: number): Stamp | null => {
  const negative = text[from] === '-'
  const parts: number[] = []
  let strict = !negative
  let at = from + (negative ? 1 : 0)
  for (;;) {
    const end = digits(text, at)
    if (end === at) return null
    if (parts.length > 0 && end - at !== 2) strict = false
    parts.push(Number(text.slice(at, end)))
    at = end
    if (text[at] !== ':' || parts.length === 3 || !isDigit(text, at + 1)) break
    at++
  }
  const [first = 0] = parts
  if (parts.length === 2 && digits(text, from) - from !== 2) strict = false
  if (parts.length === 1) strict = false
  const fraction = fractionAt(text, at)
  if (parts.length === 1 && fraction === null) return null
  if (fraction?.digits !== 3) strict = false
  const [seconds = 0, minutes = 0, hours = 0] = parts.toReversed()
  if (parts.length > 1 && seconds > 59) return null
  if (parts.length > 2 && minutes > 59) return null
  if (!Number.isSafeInteger(first)) return null
  const total = hours * 3600 + minutes * 60 + seconds + (fraction?.value ?? 0)
  const comma = fraction !== null && text[at] === ','
  return { seconds: negative ? 0 : total, end: fraction?.end ?? at, strict, comma }
}

const fractionAt = (text: string, at: number): { value: number; digits: number; end: number } | null => {
  if ((text[at] !== '.' && text[at] !== ',') || !isDigit(text, at + 1)) return null
  const end = digits(text, at + 1)
  const written = text.slice(at + 1, end)
  return { value: Number(`0.${written}`), digits: written.length, end }
}

/** A stamp of whole seconds as people read them, `m:ss` or `h:mm:ss`, that is all of `text`. */
export const wholeStamp = (text: string): number | null => {
  const stamp = stampAt(text, 0)
  return stamp && stamp.end === text.length && text.includes(':') && !text.startsWith('-')
    ? stamp.seconds
    : null
}

/** The white space of WebVTT; a vertical tab is none. */
const isSpace = (text: string, at: number): boolean =>
  text[at] === ' ' || text[at] === '\t' || text[at] === '\f'
const skipSpace = (text: string, from: number): number => {
  let at = from
  while (isSpace(text, at)) at++
  return at
}

/** `start --> end settings` or, in SBV, `start,end`. */
export interface TimingLine {
  readonly start: number
  readonly end: number
  readonly strict: boolean
  readonly comma: boolean
}

/**
 * A timing line of WebVTT or SRT. Settings may follow a strict stamp at once, as the algorithm of the
 * W3C has it; a loose one must end at a space.
 */
export const timingLine = (line: string): TimingLine | null => {
  const start = stampAt(line, skipSpace(line, 0))
  if (!start) return null
  const arrow = skipSpace(line, start.end)
  if (!line.startsWith('-->', arrow)) return null
  const end = stampAt(line, skipSpace(line, arrow + 3))
  if (!end) return null
  if (!end.strict && end.end < line.length && !isSpace(line, end.end)) return null
  return {
    start: start.seconds,
    end: end.seconds,
    strict: start.strict && end.strict,
    comma: start.comma || end.comma,
  }
}

/** `0:00:01.000,0:00:03.000`, nothing behind it. */
export const sbvTimingLine = (line: string): TimingLine | null => {
  const comma = line.indexOf(',')
  if (comma < 0 || comma > 20 || line.length > 60) return null
  const start = stampAt(line, 0)
  const end = stampAt(line, comma + 1)
  if (!start || !end || start.end !== comma || end.end !== line.trimEnd().length) return null
  if (!line.slice(0, comma).includes(':')) return null
  return { start: start.seconds, end: end.seconds, strict: true, comma: false }
}
