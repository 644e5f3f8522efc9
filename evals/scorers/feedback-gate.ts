import type { LintFeedbackJson } from '../../src/domain/contract.ts'
import type { Counts } from '../harness/measure.ts'

type Judged = Pick<
  LintFeedbackJson,
  'hasSituation' | 'hasBehavior' | 'hasImpact' | 'areas' | 'comparison' | 'verdict'
>
type Spans = LintFeedbackJson['traitSpans']

const right = (isRight: boolean) => (isRight ? 1 : 0)

/** What the gate says of a whole piece. */
export const scoreParts = (wanted: Judged, got: Judged): Counts => ({
  pieces: 1,
  'verdict.right': right(wanted.verdict === got.verdict),
  'parts.right':
    right(wanted.hasSituation === got.hasSituation) +
    right(wanted.hasBehavior === got.hasBehavior) +
    right(wanted.hasImpact === got.hasImpact),
  'parts.all': 3,
  'areas.right': right(wanted.areas > 2 === got.areas > 2),
  'comparison.right': right(wanted.comparison === got.comparison),
  'good.all': right(wanted.verdict === 'good'),
  'good.stopped': right(wanted.verdict === 'good' && got.verdict !== 'good'),
  'bad.all': right(wanted.verdict !== 'good'),
  'bad.passed': right(wanted.verdict !== 'good' && got.verdict === 'good'),
})

/** Spans one to one: they are the same when they share half of what both cover. */
export const scoreSpans = (name: string, wanted: Spans, got: Spans): Counts => {
  const left = [...got]
  let hit = 0
  for (const [from, to] of wanted) {
    const at = left.findIndex(([start, end]) => {
      const shared = Math.min(end, to) - Math.max(start, from)
      return shared > 0 && shared / (Math.max(end, to) - Math.min(start, from)) >= 0.5
    })
    if (at === -1) continue
    left.splice(at, 1)
    hit++
  }
  return { [`${name}.hit`]: hit, [`${name}.claimed`]: got.length, [`${name}.marked`]: wanted.length }
}
