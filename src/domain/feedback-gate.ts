import { draftFeedback } from './feedback-draft.ts'
import { lintFeedback, mostAreas } from './feedback.ts'
import type { MarkKind, Span } from './feedback/marks.ts'
import { areasQuestion, missingQuestions, questionFor } from './feedback/questions.ts'
import { toYou } from './feedback/second-person.ts'

/** The words of a draft, as its writer has put them. */
export interface DraftWords {
  readonly rough: string
  readonly situation: string
  readonly behavior: string
  readonly impact: string
  readonly ask: string
  /** Words the writer says are about the work. */
  readonly meantOtherwise: readonly string[]
}

export interface AskedMark extends Span {
  kind: MarkKind
  words: string
  question: string
}

const parts = ['situation', 'behavior', 'impact'] as const
const sent = [...parts, 'ask'] as const

/**
 * What the gate says of a draft. It may be sent when its three parts are written and nothing in them is marked;
 * the rough words may stay as they are, since nobody else reads them. A false alarm is answered by saying that
 * the words mean the work, and never blocks.
 */
export function gateOf(draft: DraftWords, person: string) {
  const names = [person]
  const marksOf = (text: string): AskedMark[] =>
    lintFeedback(text, { names })
      .marks.map(mark => ({
        ...mark,
        words: text.slice(mark.start, mark.end),
        question: questionFor(mark, text, person),
      }))
      .filter(({ words }) => !draft.meantOtherwise.includes(words))
  const partMarks = sent.flatMap(part => marksOf(draft[part]).map(mark => ({ ...mark, part })))
  const { areas } = lintFeedback(`${draft.behavior} ${draft.impact}`, { names })
  const { situation, behavior, impact, ask } = draftFeedback(draft.rough, names)
  const missing = parts
    .filter(part => draft[part].trim() === '')
    .map(part => ({ part, question: missingQuestions[part] }))
  return {
    marks: marksOf(draft.rough),
    partMarks,
    areas,
    areasQuestion: areas > mostAreas ? areasQuestion(areas) : null,
    suggested: { situation, behavior: behavior === null ? null : toYou(behavior, person), impact, ask },
    missing,
    mayBeSent: missing.length === 0 && partMarks.length === 0 && areas <= mostAreas,
  }
}
