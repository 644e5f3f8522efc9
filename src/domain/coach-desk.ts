import type { Brief, BriefFacts, Topic } from './brief-facts.ts'
import type { FeedbackDraft } from './feedback-draft.ts'
import type { CoachSettings, PromptView, Verdict } from './api/coach.ts'

/** What the environment says about the model, without the key; what it leaves out the settings page may say. */
export interface ModelOutside {
  readonly baseUrl: string
  readonly model: string
  readonly fallbackModel: string | null
  readonly embeddingModel: string | null
  /** Tokens it reads at once; null when nobody has said. */
  readonly context: number | null
}

/** The same with its key, for whoever asks the model. */
export interface ModelEnvironment extends ModelOutside {
  /** Never shown, never logged. */
  readonly apiKey: string | null
}

type Settled = Omit<
  CoachSettings,
  | 'hasKey'
  | 'fromEnvironment'
  | 'spentThisMonth'
  | 'tokensToday'
  | 'vectorsWaiting'
  | 'paused'
  | 'pausedSeconds'
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

/** What the coach wrote for one reader, and whether a model is still writing the same. */
export interface Prepared<Value> {
  readonly value: Value
  readonly engine: 'offline' | 'llm'
  readonly coming: boolean
}

/** For whom it is written, and in which language (of the pair, e.g. `en`). */
export interface Reader {
  readonly pair: string
  readonly person: string
  readonly language: string
}

/** Briefs and topics at once, as they can be had: a model's where it has written them, else the offline coach's. */
export interface Writer {
  brief(facts: BriefFacts, reader: Reader): Promise<Prepared<Brief>>
  topics(facts: BriefFacts, reader: Reader): Promise<Prepared<readonly Topic[]>>
  upward(facts: BriefFacts, reader: Reader): Promise<Prepared<readonly Topic[]>>
  /**
   * Rough words of feedback as a model sorts them, because their writer asked for it; null where none
   * answers. `names` are the first names of those they are about.
   */
  sorted(
    rough: string,
    names: readonly string[],
    reader: Reader,
    signal: AbortSignal,
  ): Promise<FeedbackDraft | null>
}
