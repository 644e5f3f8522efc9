/**
 * Scores the feedback gate on labelled pieces.
 * usage: node evals/score-feedback.ts [--locked] [--show]
 * `--locked` scores the pieces that were written before the rules and are not looked at while rules change.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { lintJson } from '../src/domain/feedback/json.ts'
import type { LintFeedbackJson } from '../src/domain/contract.ts'

const { values } = parseArgs({ options: { locked: { type: 'boolean' }, show: { type: 'boolean' } } })
type Piece = Omit<LintFeedbackJson, 'questions'> & { text: string; direction: 'down' | 'up' | 'peer' }
const file = join(
  import.meta.dirname,
  'cases/feedback',
  values.locked === true ? 'locked.jsonl' : 'dev.jsonl',
)
const pieces = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Piece)

type SpanPair = [number, number]
const kinds = ['traitSpans', 'absoluteSpans', 'hearsaySpans'] as const
const overlap = (a: SpanPair, b: SpanPair) => Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]))
const counts = Object.fromEntries(kinds.map(kind => [kind, { hit: 0, half: 0, claimed: 0, gold: 0 }]))
const right = { verdict: 0, hasSituation: 0, hasBehavior: 0, hasImpact: 0, areas: 0, comparison: 0 }
let [good, refused, passed] = [0, 0, 0]

for (const piece of pieces) {
  const got = lintJson({ id: piece.id, text: piece.text, direction: piece.direction })
  const wrong: string[] = []
  for (const kind of kinds) {
    const count = counts[kind]!
    count.claimed += got[kind].length
    count.gold += piece[kind].length
    for (const span of piece[kind]) {
      const best = got[kind].toSorted((a, b) => overlap(b, span) - overlap(a, span))[0]
      const shared = best === undefined ? 0 : overlap(best, span)
      if (shared > 0) count.hit++
      else wrong.push(`missed ${kind} "${piece.text.slice(...span)}"`)
      if (best !== undefined && shared / (best[1] - best[0] + span[1] - span[0] - shared) >= 0.5) count.half++
    }
    for (const span of got[kind])
      if (!piece[kind].some(other => overlap(other, span) > 0))
        wrong.push(`false ${kind} "${piece.text.slice(...span)}"`)
  }
  for (const key of ['hasSituation', 'hasBehavior', 'hasImpact', 'comparison'] as const)
    if (got[key] === piece[key]) right[key]++
    else wrong.push(`${key} ${got[key]}`)
  if (got.areas > 2 === piece.areas > 2) right.areas++
  else wrong.push(`areas ${got.areas}`)
  if (got.verdict === piece.verdict) right.verdict++
  else wrong.push(`VERDICT ${got.verdict}`)
  if (piece.verdict === 'good') {
    good++
    if (got.verdict !== 'good') refused++
  } else if (got.verdict === 'good') passed++
  if (values.show === true && wrong.length > 0)
    console.log(`${piece.id} ${piece.text}\n     ${wrong.join('; ')}`)
}
const f1 = (hit: number, claimed: number, gold: number) =>
  ((2 * hit) / Math.max(1, claimed + gold)).toFixed(3)
for (const kind of kinds) {
  const { hit, half, claimed, gold } = counts[kind]!
  console.log(
    `${kind.padEnd(14)} F1 ${f1(hit, claimed, gold)}  half covered ${f1(half, claimed, gold)}  (${hit} of ${gold}, ${claimed} claimed)`,
  )
}
for (const [key, count] of Object.entries(right))
  console.log(`${key.padEnd(14)} ${((100 * count) / pieces.length).toFixed(1)} %`)
console.log(`good refused   ${refused} of ${good}; others passed ${passed} of ${pieces.length - good}`)
