import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LintFeedbackJson } from '../src/domain/contract.ts'
import { lintJson } from '../src/domain/feedback/json.ts'
import { type CaseRow, evalOf } from './harness/eval.ts'
import { found, share } from './harness/measure.ts'
import { scoreParts, scoreSpans } from './scorers/feedback-gate.ts'

type Piece = Omit<LintFeedbackJson, 'questions' | 'id'> & {
  readonly id: string
  readonly text: string
  readonly direction: 'down' | 'up' | 'peer'
  readonly split: string
}

const piecesOf = (split: 'dev' | 'locked'): Piece[] =>
  readFileSync(join(import.meta.dirname, `cases/feedback/${split}.jsonl`), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => ({ ...(JSON.parse(line) as Omit<Piece, 'split'>), split }))

/** Own code, not the coach: the same whichever engine is asked. */
const evalOfSplit = (split: 'dev' | 'locked') =>
  evalOf<Piece, LintFeedbackJson>({
    name: `feedback-${split}`,
    about: `The feedback gate on labelled pieces, evals/cases/feedback/${split}.jsonl.`,
    measures: {
      'verdict right': share('verdict.right', 'pieces'),
      'situation, behaviour, impact right': share('parts.right', 'parts.all'),
      'more than two areas right': share('areas.right', 'pieces'),
      'comparison right': share('comparison.right', 'pieces'),
      'good pieces stopped': share('good.stopped', 'good.all', 'lower'),
      'bad pieces let through': share('bad.passed', 'bad.all', 'lower'),
      ...found('traits'),
      ...found('absolutes'),
      ...found('hearsay'),
    },
    data: () => piecesOf(split),
    task: ({ id, text, direction }) => lintJson({ id, text, direction }),
    scorers: [
      scoreParts,
      (piece, got) => scoreSpans('traits', piece.traitSpans, got.traitSpans),
      (piece, got) => scoreSpans('absolutes', piece.absoluteSpans, got.absoluteSpans),
      (piece, got) => scoreSpans('hearsay', piece.hearsaySpans, got.hearsaySpans),
    ],
    page: (piece, got) => ({
      lines: [{ no: 1, speaker: null, text: piece.text }],
      rows: (['traitSpans', 'absoluteSpans', 'hearsaySpans'] as const)
        .flatMap(kind => spanRows(kind, piece.text, piece[kind], got[kind]))
        .concat({
          kind: 'verdict',
          verdict: piece.verdict === got.verdict ? 'right' : 'wrong',
          expected: piece.verdict,
          got: got.verdict,
          evidence: [],
        }),
    }),
  })

type Spans = LintFeedbackJson['traitSpans']
const spanRows = (kind: string, text: string, expected: Spans, got: Spans): CaseRow[] => {
  const words = (spans: Spans) => spans.map(([from, to]) => text.slice(from, to))
  const [wanted, came] = [words(expected), words(got)]
  if (wanted.length + came.length === 0) return []
  return [
    {
      kind,
      verdict: wanted.join() === came.join() ? 'right' : 'wrong',
      expected: wanted.join(', '),
      got: came.join(', '),
      evidence: came.map(quote => ({ line: 1, quote })),
    },
  ]
}

export const feedbackDev = evalOfSplit('dev')
export const feedbackLocked = evalOfSplit('locked')
