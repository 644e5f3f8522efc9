import type { Coach, CoachOptions, ExtractInput, Extraction } from '../../domain/ports.ts'
import { actionItems } from './action-items.ts'
import { decisions } from './decisions.ts'
import { feedback } from './feedback.ts'
import { growth } from './growth.ts'
import { isEnglish, readsAsEnglish } from './language.ts'
import { meetingOf } from './meeting.ts'
import { roadblocks } from './roadblocks.ts'
import { talk } from './talk.ts'
import { updates, withoutKnown } from './updates.ts'

/**
 * The coach that needs nothing: rules and a small trained model, no network, no key. English only;
 * in another language it says so and claims nothing. Rejects with the signal's reason when aborted.
 */
export function offlineCoach(): Coach {
  return {
    engine: 'offline',
    async extract(input: ExtractInput, options: CoachOptions = {}): Promise<Extraction> {
      options.signal?.throwIfAborted()
      if (!isEnglish(input.lines)) return notEnglish(input)
      const readable = input.lines.filter((line) => readsAsEnglish(line.text))
      const meeting = meetingOf({ lines: readable, roster: input.roster })
      options.progress?.(0.2)
      const { fresh, restated } = withoutKnown(actionItems(meeting), input.openItems)
      options.progress?.(0.6)
      const told = updates(meeting, input.openItems)
      const extraction: Extraction = {
        actionItems: fresh,
        decisions: decisions(meeting),
        roadblocks: roadblocks(meeting),
        updates: [...told, ...restated.filter((update) => !told.some((known) => known.item === update.item))],
        feedback: feedback(meeting),
        growth: growth(meeting),
        talk: talk(meeting, input.lines),
      }
      options.signal?.throwIfAborted()
      options.progress?.(1)
      return extraction
    },
  }
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
    talk: first === undefined || last === undefined ? [] : [{ fromLine: first.no, toLine: last.no, label: 'status' }],
    unreadable: {
      code: 'language-not-read',
      message: 'This transcript is not in English. The offline coach reads English only, so it looked for nothing in it.',
    },
  }
}
