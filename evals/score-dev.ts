/**
 * Runs the offline coach over the development meetings and writes predictions for their scorers.
 * usage: node evals/score-dev.ts OUT.json [--data DIR] [--kind meetings|akash]
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Quote } from '../src/domain/ports.ts'
import type { Line } from '../src/domain/transcript/transcript.ts'
import { offlineCoach } from '../src/coach/offline/coach.ts'
import { cuesOf, dataFolder, labelsOf, linesOf, readMeetings } from './dev-data.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, kind: { type: 'string', default: 'meetings' } },
})
const out = positionals[0]
if (out === undefined) throw new Error('Say where the predictions go: node evals/score-dev.ts OUT.json')
const kind = values.kind === 'akash' ? 'akash' : 'meetings'

const coach = offlineCoach()
const predictions: Record<string, unknown> = {}
let milliseconds = 0
let broken = 0
for (const meeting of readMeetings(dataFolder(values.data), kind)) {
  const lines = linesOf(meeting)
  const roster = { manager: null, report: null, labels: labelsOf(lines) }
  const start = performance.now()
  const found = await coach.extract({ lines, roster, openItems: [] })
  milliseconds += performance.now() - start
  const claim = (item: { text: string; evidence: readonly Quote[] }) => ({
    text: item.text,
    evidence: cues(lines, item.evidence),
    quote: item.evidence.map(({ quote }) => quote).join(' '),
  })
  predictions[meeting.id] = {
    actions: found.actionItems.map((item) => ({ ...claim(item), owner: item.owner, confidence: item.confidence })),
    decisions: found.decisions.map(claim),
    problems: found.roadblocks.map(claim),
  }
}
writeFileSync(out, JSON.stringify(predictions))
console.error(`${Object.keys(predictions).length} meetings, ${Math.round(milliseconds)} ms, ${broken} quotes not found`)

function cues(lines: readonly Line[], evidence: readonly Quote[]): number[] {
  return evidence.flatMap((quote) => {
    const touched = cuesOf(lines, quote)
    if (touched === null) {
      broken += 1
      return []
    }
    return Array.from({ length: touched[1] - touched[0] + 1 }, (_, i) => touched[0] + i)
  })
}
