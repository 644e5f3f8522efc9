import { createHash } from 'node:crypto'
import type { OpenItem, Roster } from '../../domain/ports.ts'
import type { Line } from '../../domain/transcript/transcript.ts'

/** How a meeting is written down for a model: `12 M: …`, one line each. 1.44 tokens a word (o200k). */

/**
 * What opens a role or a turn in some server's chat template, made harmless: its first sign becomes
 * its wide twin, which a model reads alike and which the gate folds back, so quotes still stand.
 */
export const harmless = (text: string): string =>
  text
    .replaceAll(/\s+/gu, ' ')
    // What is not seen is not read: letters of the tag block and the like carry hidden orders.
    .replaceAll(/[\u{E0000}-\u{E007F}\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu, '')
    .replaceAll(
      /<(?=\||<<|<SYS|\/?(?:s|think|thinking|system|user|assistant|start_of_turn|end_of_turn)\b|\/SYS)/gi,
      '＜',
    )
    .replaceAll(/\[(?=\/?(?:INST|SYSTEM|AVAILABLE_TOOLS)\b)/gi, '［')
    .replaceAll('{{', '｛｛')

/** Letters for voices: M and R for the two people, A, B, … for everybody else. */
export interface Voices {
  /** What the model is told: one person a line. */
  readonly told: string
  keyOf(speaker: string | null): string
  /** The name or label behind a key, or behind a name the model wrote out; null when there is none. */
  ownerOf(key: string | null): string | null
}

const letters = 'ABCDEFGHIJKLNOPQSTUVWXYZ'.split('')

export const voicesOf = ({ manager, report, labels }: Roster): Voices => {
  const known = [
    ...(manager ? [{ key: 'M', label: manager.label, name: manager.name, role: 'the manager' }] : []),
    ...(report ? [{ key: 'R', label: report.label, name: report.name, role: 'the report' }] : []),
  ]
  const others = labels
    .filter(label => !known.some(person => person.label === label))
    .slice(0, 200)
    .map((label, index) => ({
      key: letters[index] ?? `P${index}`,
      label,
      name: label,
      role: 'another voice',
    }))
  const all = [...known, ...others]
  return {
    told:
      all.map(({ key, name, role }) => `${key} = ${harmless(name)}, ${role}`).join('\n') ||
      '(nobody is named)',
    keyOf: speaker => all.find(({ label }) => label === speaker)?.key ?? '?',
    ownerOf: key =>
      key === null
        ? null
        : (all.find(person => person.key === key || person.name === key || person.label === key)?.name ??
          null),
  }
}

export const spokenLine = (line: Pick<Line, 'no' | 'speaker' | 'text'>, voices: Voices): string =>
  `${line.no} ${voices.keyOf(line.speaker)}: ${harmless(line.text)}`

/** Open items under short ids of this question: the model never sees, and cannot make up, a real one. */
export const openItemsFor = (items: readonly OpenItem[], voices: Voices) => {
  const byShort = new Map(items.slice(0, mostOpenItems).map((item, index) => [`K${index + 1}`, item]))
  const told = [...byShort].map(([short, { text, owner }]) => {
    const key = owner === null ? '' : ` (${voices.ownerOf(owner) ? harmless(owner) : 'somebody else'})`
    return `${short}${key}: ${harmless(text).slice(0, 200)}`
  })
  return { told: told.join('\n'), idOf: (short: string) => byShort.get(short)?.id ?? null }
}
const mostOpenItems = 60

/** Stands around the lines. From the lines themselves, so that the same meeting is cached; nobody in it can know it. */
export const markOf = (lines: readonly Pick<Line, 'text'>[]): string =>
  createHash('sha256')
    .update(lines.map(({ text }) => text).join('\n'))
    .digest('hex')
    .slice(0, 8)

/**
 * Tokens of a text, at the upper end: English has 3.9 characters a token in this form with o200k and
 * fewer with smaller vocabularies; scripts of more than two bytes come to a token a sign.
 */
export const estimateTokens = (text: string): number => {
  const wide = text.match(/[\u0250-\u{10FFFF}]/gu)?.length ?? 0
  return Math.ceil((text.length - wide) / 3.4 + wide)
}

/** Lines said again at the seam of two parts, so that a request and its answer stand together in one. */
const overlap = 8

/** The lines in parts of at most `tokens`, cut between lines; one part when they fit. */
export const partsOf = (lines: readonly Line[], voices: Voices, tokens: number): Line[][] => {
  const costs = lines.map(line => estimateTokens(spokenLine(line, voices)) + 1)
  const parts: Line[][] = []
  let from = 0
  while (from < lines.length) {
    let to = from
    for (let sum = 0; to < lines.length; to++) {
      sum += costs[to] ?? 0
      if (sum > tokens && to > from) break
    }
    parts.push(lines.slice(from, to))
    if (to >= lines.length) break
    from = Math.max(to - overlap, from + 1)
  }
  return parts
}
