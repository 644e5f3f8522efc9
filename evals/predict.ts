import type { Coach, Quote } from '../src/domain/ports.ts'
import type { Line } from '../src/domain/transcript/transcript.ts'
import { cuesOf, labelsOf, linesOf, type DevMeeting } from './dev-data.ts'

/** One meeting through the coach, in the shape the scorers of the data folder read. Throws on a quote that does not stand. */
export async function predict(coach: Coach, meeting: DevMeeting) {
  const lines = linesOf(meeting)
  const roster = { manager: null, report: null, labels: labelsOf(lines) }
  const found = await coach.extract({ lines, roster, openItems: [] })
  const claim = (item: { text: string; evidence: readonly Quote[] }) => ({
    text: item.text,
    evidence: cues(lines, item.evidence),
    quote: item.evidence.map(({ quote }) => quote).join(' '),
  })
  return {
    actions: found.actionItems.map(item => ({
      ...claim(item),
      owner: item.owner,
      confidence: item.confidence,
    })),
    decisions: found.decisions.map(item => ({ ...claim(item), confidence: item.confidence })),
    problems: found.roadblocks.map(item => ({ ...claim(item), confidence: item.confidence })),
  }
}

function cues(lines: readonly Line[], evidence: readonly Quote[]): number[] {
  return evidence.flatMap(quote => {
    const touched = cuesOf(lines, quote)
    if (touched === null) throw new Error(`A quote does not stand in line ${quote.line}.`)
    return Array.from({ length: touched[1] - touched[0] + 1 }, (_, i) => touched[0] + i)
  })
}
