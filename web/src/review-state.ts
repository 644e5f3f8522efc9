import type { Finding } from '../../src/domain/api/findings.ts'
import type { LineView } from '../../src/domain/api/transcripts.ts'
import type { Kept, Wish } from './outbox.ts'

/** A stretch of a line's text: plain, or the words some finding rests on. */
export interface Stretch {
  readonly text: string
  /** Number of the finding that rests on it, in the order of the list; null for plain text. */
  readonly number: number | null
  readonly finding: string | null
  readonly end: boolean
}

interface Place {
  readonly from: number
  readonly to: number
  readonly number: number
  readonly finding: string
}

/** Where findings stand in each line. Of overlapping ones the longer is cut: nothing is marked twice. */
export const placesByLine = (
  lines: readonly LineView[],
  findings: readonly Finding[],
): Map<number, Place[]> => {
  const texts = new Map(lines.map(line => [line.no, line.text]))
  const found = new Map<number, Place[]>()
  for (const [index, finding] of findings.entries())
    for (const { line, quote } of finding.evidence) {
      const from = texts.get(line)?.indexOf(quote) ?? -1
      if (from < 0) continue
      const places = found.get(line) ?? []
      places.push({ from, to: from + quote.length, number: index + 1, finding: finding.id })
      found.set(line, places)
    }
  for (const places of found.values()) places.sort((one, other) => one.from - other.from || one.to - other.to)
  return found
}

export const stretchesOf = (text: string, places: readonly Place[]): Stretch[] => {
  const stretches: Stretch[] = []
  let at = 0
  for (const place of places) {
    const from = Math.max(place.from, at)
    if (from >= place.to) continue
    if (from > at) stretches.push({ text: text.slice(at, from), number: null, finding: null, end: false })
    stretches.push({
      text: text.slice(from, place.to),
      number: place.number,
      finding: place.finding,
      end: true,
    })
    at = place.to
  }
  if (at < text.length) stretches.push({ text: text.slice(at), number: null, finding: null, end: false })
  return stretches
}

/** Below this a finding says that it is less sure, and comes after the others. */
export const lessSure = (finding: Finding): boolean => finding.confidence !== null && finding.confidence < 0.5

export const kindWords = (finding: Finding): string => {
  switch (finding.kind) {
    case 'action-item':
      return lessSure(finding) ? 'Promise, less sure' : 'Promise'
    case 'decision':
      return lessSure(finding) ? 'Decision, less sure' : 'Decision'
    case 'roadblock':
      return finding.status === 'resolved' ? 'Roadblock, resolved' : 'Roadblock'
    default:
      return finding.status === 'done'
        ? 'Done, by the sound of it'
        : finding.status === 'dropped'
          ? 'Dropped, by the sound of it'
          : 'A new day, by the sound of it'
  }
}

export const isWaiting = (finding: Finding): boolean => finding.state === 'proposed'

export const findingPath = (pair: string, { kind, id }: Pick<Finding, 'kind' | 'id'>): string =>
  `/pairs/${pair}/findings/${kind}/${id}`

/** Findings as they will stand once what is kept in this browser has been sent. */
export const withKept = (
  findings: readonly Finding[],
  kept: readonly Kept[],
  pair: string,
  me: string,
): readonly Finding[] =>
  findings.map(finding => {
    const mine = kept.find(({ path, conflict }) => !conflict && path === findingPath(pair, finding))
    return mine ? { ...finding, ...mine.wish, ...(mine.wish.state ? { settledBy: me } : {}) } : finding
  })

const isSettledAs = (now: Finding['state'], wish: Finding['state']): boolean =>
  now === wish || (wish === 'confirmed' && (now === 'open' || now === 'done'))

/** Whether a finding already says what somebody wanted of it. */
export const isMet = (finding: Finding, { state, text, owner, due }: Wish): boolean =>
  (state === undefined || isSettledAs(finding.state, state)) &&
  (text === undefined || finding.text === text) &&
  (owner === undefined || finding.owner === owner) &&
  (due === undefined || finding.due === due)
