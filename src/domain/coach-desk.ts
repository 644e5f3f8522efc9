import type { CoachSettings, PromptView, Verdict } from './api/coach.ts'

/** What the environment says about the model, without the key. */
export interface ModelOutside {
  readonly baseUrl: string
  readonly model: string
  readonly fallbackModel: string | null
  readonly embeddingModel: string | null
  readonly context: number | null
}

type Settled = Omit<
  CoachSettings,
  'hasKey' | 'fromEnvironment' | 'spentThisMonth' | 'tokensToday' | 'paused' | 'pausedSeconds'
>

/** What the settings page asks of the coach; the server itself knows no model. */
export interface CoachDesk {
  /** Everything but the key. */
  readonly environment: ModelOutside | null
  /** Whether the environment names a key. */
  readonly hasKey: boolean
  /** Tries the model of these settings with invented lines; null when they name none. */
  test(settled: Settled, signal: AbortSignal): Promise<readonly Verdict[] | null>
  shippedPrompts(): Promise<readonly Omit<PromptView, 'own'>[]>
  /** @throws Refusal `prompt-invalid` */
  readPrompt(name: string, text: string): Promise<Omit<PromptView, 'own'>>
}
