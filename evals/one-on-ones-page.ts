import type { SeriesMeetingJson } from '../src/domain/contract.ts'
import type { CasePage, CaseRow } from './harness/eval.ts'
import type { Meeting } from './rapport-12.ts'
import type { Matched, Quoted } from './scorers/matching.ts'

type Texted = Quoted & { readonly text: string }
interface Shown extends Meeting {
  readonly found: SeriesMeetingJson
  readonly items: Matched<
    Texted & { readonly owner: string | null; readonly due: string | null },
    SeriesMeetingJson['actionItems'][number]
  >
  readonly roadblocks: Matched<Texted, Texted>
  readonly decisions: Matched<Texted, Texted>
  readonly feedback: Matched<Texted, Texted>
  readonly growth: Matched<Texted, Texted>
  /** With the ids of the marked items. */
  readonly updates: readonly (Quoted & { readonly item: string; readonly status: string })[]
}

/** A meeting of a pair as a page of the report: its lines, what was expected and what came. */
export const pageOf = (shown: Shown): CasePage => ({
  lines: shown.transcript.lines.map(({ no, speaker, text }) => ({ no, speaker, text })),
  rows: [
    ...rowsOf('action item', shown.items, withOwner),
    ...rowsOf('roadblock', shown.roadblocks),
    ...rowsOf('decision', shown.decisions),
    ...rowsOf('feedback', shown.feedback),
    ...rowsOf('growth', shown.growth),
    ...updateRows(shown),
    ...noteRows(shown),
  ],
})

const withOwner = (claim: Texted): string => {
  const { owner, due } = claim as Texted & { owner?: string | null; due?: string | null }
  return `${owner ?? 'nobody'}: ${claim.text}${due ? ` (${due})` : ''}`
}

const rowsOf = <Mark extends Texted, Claim extends Texted>(
  kind: string,
  { pairs, missed, extra }: Matched<Mark, Claim>,
  tell: (claim: Texted) => string = ({ text }) => text,
): CaseRow[] => [
  ...pairs.map(({ mark, claim }) => ({
    kind,
    verdict: 'right' as const,
    expected: tell(mark),
    got: tell(claim),
    evidence: claim.evidence,
  })),
  ...missed.map(mark => ({
    kind,
    verdict: 'missed' as const,
    expected: tell(mark),
    got: null,
    evidence: mark.evidence,
  })),
  ...extra.map(claim => ({
    kind,
    verdict: 'wrong' as const,
    expected: null,
    got: tell(claim),
    evidence: claim.evidence,
  })),
]

const updateRows = ({ gold, updates }: Shown): CaseRow[] => {
  const told = (update: { item: string; status: string }) => `${update.item} is ${update.status}`
  const expected = new Set(gold.updates.map(told))
  const got = new Set(updates.map(told))
  return [
    ...updates.map(update => {
      const isRight = expected.has(told(update))
      return {
        kind: 'update',
        verdict: isRight ? ('right' as const) : ('wrong' as const),
        expected: isRight ? told(update) : null,
        got: told(update),
        evidence: update.evidence,
      }
    }),
    ...gold.updates
      .filter(update => !got.has(told(update)))
      .map(update => ({
        kind: 'update',
        verdict: 'missed' as const,
        expected: told(update),
        got: null,
        evidence: update.evidence,
      })),
  ]
}

const noteRows = ({ gold, found }: Shown): CaseRow[] => {
  const note = (
    kind: string,
    expected: string | null,
    got: string | null,
    evidence: CaseRow['evidence'] = [],
  ) => ({
    kind,
    verdict: 'note' as const,
    expected,
    got,
    evidence,
  })
  const sides = ['manager', 'report'] as const
  return [
    ...gold.hardNegatives.map(({ why, evidence }) => note('no promise', why, null, evidence)),
    ...gold.injections.map(({ asks, evidence }) => note('order to a machine', asks, null, evidence)),
    ...gold.talk.map(({ fromLine, toLine, label }) =>
      note('talk, marked', `${fromLine}–${toLine} ${label}`, null),
    ),
    ...found.talk.map(({ fromLine, toLine, label }) =>
      note('talk, got', null, `${fromLine}–${toLine} ${label}`),
    ),
    ...sides.flatMap(side =>
      gold.briefMust[side].map(({ anyOf }) =>
        note(`brief of the ${side} must tell`, anyOf.join(' or '), null),
      ),
    ),
    ...sides.flatMap(side =>
      found.briefs[side].sections.flatMap(({ kind, lines }) =>
        lines.map(({ text }) => note(`brief of the ${side}, ${kind}`, null, text)),
      ),
    ),
  ]
}
