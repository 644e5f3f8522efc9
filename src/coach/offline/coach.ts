import { suggestTopics } from '../../domain/agenda.ts'
import { writeBrief } from '../../domain/brief.ts'
import { draftFeedback } from '../../domain/feedback-draft.ts'
import { suggestUpwardFeedback } from '../../domain/upward-feedback.ts'
import type { Coach, CoachOptions, ExtractInput, Extraction } from '../../domain/ports.ts'
import { actionItems } from './action-items.ts'
import { compareRoadblocks } from './compare-roadblocks.ts'
import { decisions } from './decisions.ts'
import { feedback } from './feedback.ts'
import { growth } from './growth.ts'
import { isEnglish, readsAsEnglish } from './language.ts'
import { meetingOf } from './meeting.ts'
import { shippedModel, type Model } from './model.ts'
import { roadblocks } from './roadblocks.ts'
import { score } from './scored.ts'
import { talk } from './talk.ts'
import { updates, withoutKnown } from './updates.ts'

/**
 * The coach that needs nothing: rules and a small trained model, no network, no key. English only;
 * in another language it says so and claims nothing. Rejects with the signal's reason when aborted.
 * `model` stands in for the weights that ship with the program, for training and measuring.
 */
export function offlineCoach(model?: Model): Coach {
  // Read on the first meeting, not at start: a program that never extracts pays nothing.
  const trained = model === undefined ? lazy(shippedModel) : () => model
  return {
    engine: 'offline',
    async extract(input: ExtractInput, options: CoachOptions = {}): Promise<Extraction> {
      options.signal?.throwIfAborted()
      if (!isEnglish(input.lines)) return notEnglish(input)
      const readable = input.lines.filter(line => readsAsEnglish(line.text))
      const meeting = meetingOf({ lines: readable, roster: input.roster })
      const scored = score(trained(), meeting, input.roadblocks)
      options.progress?.(0.5)
      const { fresh, restated } = withoutKnown(actionItems(scored), input.openItems, input.roster)
      options.progress?.(0.8)
      const told = updates(meeting, input.openItems, scored.model.update, scored.model.kept, restated)
      const extraction: Extraction = {
        actionItems: fresh,
        decisions: decisions(scored),
        roadblocks: roadblocks(scored),
        updates: [...told, ...restated.filter(update => !told.some(known => known.item === update.item))],
        feedback: feedback(scored),
        growth: growth(scored),
        talk: talk(scored, input.lines),
      }
      options.signal?.throwIfAborted()
      options.progress?.(1)
      return extraction
    },
    ...readingCoach,
  }
}

/** The duties that need no transcript: fast enough for the thread that answers people. */
export const readingCoach: Omit<Coach, 'engine' | 'extract'> = {
  compareRoadblocks: async input => compareRoadblocks(input),
  suggestTopics: async facts => suggestTopics(facts),
  writeBrief: async facts => writeBrief(facts),
  suggestUpwardFeedback: async facts => suggestUpwardFeedback(facts),
  draftFeedback: async (rough, names) => draftFeedback(rough, names),
}

/** For whoever prepares somebody and reads no transcript. */
export const writingCoach: Coach = offlineCoach()

function lazy<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function notEnglish(input: ExtractInput): Extraction {
  const first = input.lines[0]
  const last = input.lines.at(-1)
  return {
    actionItems: [],
    decisions: [],
    roadblocks: [],
    updates: [],
    feedback: [],
    growth: [],
    talk:
      first === undefined || last === undefined
        ? []
        : [{ fromLine: first.no, toLine: last.no, label: 'status' }],
    unreadable: {
      code: 'language-not-read',
      message:
        'This transcript is not in English. The offline coach reads English only, so it looked for nothing in it.',
    },
  }
}
