import type { ModelEnvironment } from '../domain/coach-desk.ts'
import { Refusal } from '../domain/errors.ts'
import type { Coach, CoachCall, CoachOptions } from '../domain/ports.ts'
import { type HabitBook, modes, noHabits } from '../coach/llm/habits.ts'
import type { Database } from '../store/database.ts'
import { accountFor, admission, costOf, type CurrentModel, currentModel, habitsInRows } from './model-desk.ts'

export interface SwitchingOptions {
  readonly database: Database
  readonly environment: ModelEnvironment | null
  readonly offline: Coach
}

/** What a model takes, in rows that every process reads. */
export const habitBook = (database: Database): HabitBook => {
  const rows = habitsInRows(database)
  return {
    note: rows.note,
    recall: async (endpoint, name) => {
      const known = await rows.recall(endpoint, name)
      return known ? { ...known, mode: modes.find(mode => mode === known.mode) ?? null } : noHabits
    },
  }
}

/**
 * The coach that the settings name at this moment: they are read anew for each question, so that
 * changing them is one action in one place, whichever process works. Nothing of the model's client is
 * loaded before there is a model.
 */
export const switchingCoach = ({ database, environment, offline }: SwitchingOptions): Coach => {
  const book = habitBook(database)
  /** Asks the model's coach and waits until what it cost is written down. */
  const asking = async <Value>(
    model: CurrentModel,
    options: CoachOptions,
    ask: (coach: Coach, options: CoachOptions) => Promise<Value>,
  ): Promise<Value> => {
    const { openLlmCoach } = await import('../coach/llm/open.ts')
    const { person = null } = options
    const coach = openLlmCoach({
      model,
      offline,
      book,
      ownPrompts: model.prompts,
      admit: () => admission(database, model, person)(),
    })
    const written: Promise<void>[] = []
    const record = (call: CoachCall) => {
      written.push(accountFor(database, model, person, call, call.retryAfter ?? null))
      options.record?.({ ...call, cost: costOf(model.row, call) })
    }
    try {
      return await ask(coach, { ...options, record })
    } finally {
      await Promise.all(written)
    }
  }
  /** The model's coach where there is one at this moment; else the offline engine. */
  const switched = async <Value>(
    options: CoachOptions,
    ask: (coach: Coach, options: CoachOptions) => Promise<Value>,
  ): Promise<Value> => {
    const model = await currentModel(database, environment)
    if (model) return asking(model, options, ask)
    // Switched off while a transcript waited to be read again: what was found offline stands.
    if (options.insist) throw new Refusal('model-off', 422, 'No model is asked.')
    return ask(offline, options)
  }
  return {
    engine: offline.engine,
    extract: (input, options = {}) => switched(options, (coach, told) => coach.extract(input, told)),
    compareRoadblocks: (input, options = {}) =>
      switched(options, (coach, told) => coach.compareRoadblocks(input, told)),
    suggestTopics: (facts, options = {}) =>
      switched(options, (coach, told) => coach.suggestTopics(facts, told)),
    writeBrief: (facts, options = {}) => switched(options, (coach, told) => coach.writeBrief(facts, told)),
    suggestUpwardFeedback: (facts, options = {}) =>
      switched(options, (coach, told) => coach.suggestUpwardFeedback(facts, told)),
    draftFeedback: (rough, names, options = {}) =>
      switched(options, (coach, told) => coach.draftFeedback(rough, names, told)),
  }
}
