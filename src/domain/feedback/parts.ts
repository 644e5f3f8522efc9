import { behaviorsOf } from './behavior.ts'
import { impactIn } from './impact.ts'
import type { Span } from './marks.ts'
import { plainOf } from './plain.ts'
import { hasAnchor } from './situation.ts'
import type { TraitContext } from './traits.ts'
import type { Sentence, Word } from './words.ts'

/** Which of the three parts a text has. */
export interface Parts {
  situation: boolean
  behavior: boolean
  impact: boolean
}

/** What is marked as a trait or as mind-reading is nothing that was seen: "you act so entitled". */
export function partsOf(
  sentences: readonly Sentence[],
  context: TraitContext,
  judged: readonly Span[] = [],
): Parts {
  const behavior = sentences.some(({ words }) =>
    behaviorsOf(words, context).some(
      at =>
        !judged.some(
          span =>
            span.start < words[Math.min(words.length, at + 3) - 1]!.end &&
            words[at]!.start < span.end &&
            !carried(words, at, span),
        ),
    ),
  )
  return {
    situation: sentences.some(sentence => hasAnchor(plainOf(sentence.text))),
    behavior,
    impact: impactIn(sentences, context),
  }
}

/** "You cut Lin off, which was arrogant": the judgement stands in a clause of its own. */
const carried = (words: readonly Word[], at: number, span: Span) =>
  words[at]!.end <= span.start &&
  !/^(?:acts?|acted|looks?|looked|sounds?|sounded|behaves?|seems?)$/.test(words[at]!.plain)
