import { z } from 'zod'
import { draftFeedback, draftFrom, type FeedbackDraft } from '../../domain/feedback-draft.ts'
import { lintFeedback } from '../../domain/feedback.ts'
import type { CoachOptions } from '../../domain/ports.ts'
import { dutyOf } from './duty.ts'
import { failure } from './failures.ts'
import type { Asking } from './preparation.ts'
import { harmless } from './spoken.ts'

const part = z
  .string()
  .max(4_000)
  .nullish()
  .transform(text => text?.trim() || null)
const SortedFeedback = z.object({ situation: part, behavior: part, impact: part, ask: part })
const parts = ['situation', 'behavior', 'impact', 'ask'] as const

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[’‘]/g, "'")
    .match(/[\p{L}\p{N}']+/gu) ?? []

/** Whether a part is the writer's own words, in their order, with words left out and none put in. */
const isOwn = (text: string, rough: string): boolean => {
  const own = wordsOf(rough)
  let at = 0
  for (const word of wordsOf(text)) {
    const next = own.indexOf(word, at)
    if (next < 0) return false
    at = next + 1
  }
  return true
}

/**
 * Rough words sorted by the model, held to the same gate as the offline coach's: a part of other words
 * than the writer's, or one that the gate marks, is not taken; the offline coach's stands in its place.
 */
export const sortedWith = async (
  { endpoint, prompt }: Asking,
  rough: string,
  names: readonly string[],
  options: CoachOptions,
): Promise<FeedbackDraft> => {
  const offline = draftFeedback(rough, names)
  return dutyOf(
    endpoint,
    {
      name: 'draft-feedback',
      prompt,
      schema: SortedFeedback,
      fill: () => ({ rough: harmless(rough) }),
      read(sorted: z.infer<typeof SortedFeedback>) {
        const stands = (text: string | null) =>
          text !== null && isOwn(text, rough) && lintFeedback(text, { names }).marks.length === 0
        const said = parts.filter(name => sorted[name] !== null)
        const dropped = said.filter(name => !stands(sorted[name])).length
        if (said.length === 0 || dropped === said.length)
          throw failure('model-answer-unproven', { claims: said.length, dropped })
        const kept = (name: (typeof parts)[number]) => (stands(sorted[name]) ? sorted[name] : offline[name])
        const value = draftFrom(
          {
            situation: kept('situation'),
            behavior: kept('behavior'),
            impact: kept('impact'),
            ask: kept('ask'),
          },
          offline.removed,
        )
        return { value, counts: { claims: said.length, dropped } }
      },
    },
    options,
  ).invoke(rough, options.signal ? { signal: options.signal } : {})
}
