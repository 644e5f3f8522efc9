import type { Coach, CoachOptions, Wishes } from '../../domain/ports.ts'
import { llmCoach } from './coach.ts'
import { type Endpoint, openEndpoint } from './endpoint.ts'
import type { Limits } from './guard.ts'
import { type HabitBook, habitsInMemory } from './habits.ts'
import { loadPrompts } from './prompts.ts'

/** Which model, where, and what somebody has settled about it. */
export interface ModelSettings {
  readonly baseUrl: string
  readonly apiKey: string | null
  readonly model: string
  readonly fallbackModel: string | null
  /** Tokens read at once; null when nobody has said. */
  readonly context: number | null
}

export interface OpenLlmCoach {
  readonly model: ModelSettings
  readonly offline: Coach
  readonly book?: HabitBook
  /** Texts of a workspace's own prompts, by name. */
  readonly ownPrompts?: Readonly<Partial<Record<string, string>>>
  readonly wishes?: Wishes
  readonly limits?: Limits
  readonly admit?: (endpoint: Endpoint, options: CoachOptions) => Promise<AsyncDisposable>
}

/** What most servers read that do not say how much; those that read less show it and are remembered. */
export const usualContext = 32_000

/** A coach from settings. Reads the prompts and refuses broken ones; asks nobody anything yet. */
export const openLlmCoach = (options: OpenLlmCoach): Coach => {
  const { model, offline, book = habitsInMemory(), ownPrompts = {}, wishes, limits, admit } = options
  const at = (name: string) =>
    openEndpoint({
      baseUrl: model.baseUrl,
      apiKey: model.apiKey,
      model: name,
      book,
      ...(limits ? { limits } : {}),
    })
  return llmCoach({
    endpoints: [model.model, model.fallbackModel].filter(name => name !== null).map(at),
    prompts: loadPrompts(ownPrompts),
    offline,
    context: model.context ?? usualContext,
    ...(wishes ? { wishes } : {}),
    ...(admit ? { admit } : {}),
  })
}
