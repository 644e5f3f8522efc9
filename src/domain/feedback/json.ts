import {
  DraftFeedbackJson,
  type DraftFeedbackRequest,
  LintFeedbackJson,
  type LintFeedbackRequest,
} from '../contract.ts'
import { draftFeedback } from '../feedback-draft.ts'
import { lintFeedback } from '../feedback.ts'
import type { MarkKind } from './marks.ts'

/** What `lint-feedback --json` answers. Mind-reading stands with the traits: both say what is inside somebody. */
export function lintJson({ id, text }: LintFeedbackRequest): LintFeedbackJson {
  const { marks, parts, areas, questions, verdict } = lintFeedback(text)
  const spans = (...kinds: MarkKind[]) =>
    marks.filter(({ kind }) => kinds.includes(kind)).map(({ start, end }): [number, number] => [start, end])
  return LintFeedbackJson.parse({
    id,
    traitSpans: spans('trait', 'mind-reading'),
    absoluteSpans: spans('absolute'),
    hearsaySpans: spans('hearsay'),
    hasSituation: parts.situation,
    hasBehavior: parts.behavior,
    hasImpact: parts.impact,
    areas,
    comparison: marks.some(({ kind }) => kind === 'comparison'),
    questions,
    verdict,
  })
}

/** What `draft-feedback --json` answers. */
export const draftJson = ({ id, rough }: DraftFeedbackRequest): DraftFeedbackJson =>
  DraftFeedbackJson.parse({ id, ...draftFeedback(rough) })
