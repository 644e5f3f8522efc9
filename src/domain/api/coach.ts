import { z } from 'zod'
import { isLinkLocal } from '../model-address.ts'

/** Which engine reads, and what is known of the model. For whoever is signed in: no address, no model's name. */
export const CoachState = z.object({
  engine: z.enum(['offline', 'llm']),
  /** Why the model is left alone at this moment, a stable code; null when it is not. */
  paused: z.string().nullable(),
  /** Whole seconds until it is asked again. */
  pausedSeconds: z.int().nullable(),
})
export type CoachState = z.infer<typeof CoachState>

const address = z
  .url({ protocol: /^https?$/, error: 'It looks like http://localhost:11434/v1.' })
  .max(500)
  .refine(url => !URL.canParse(url) || !isLinkLocal(url), 'No model is at this address.')
  .refine(url => !URL.canParse(url) || new URL(url).username === '', 'A key goes into its own field.')
const modelName = z.string().trim().min(1).max(200)
const tokens = z.int().nonnegative().max(1_000_000_000)
const amount = z.number().nonnegative().max(1_000_000_000)

/** What may be settled on the page. `null` is "not settled". */
const fields = {
  engine: z.enum(['offline', 'llm']),
  baseUrl: address.nullable(),
  model: modelName.nullable(),
  fallbackModel: modelName.nullable(),
  embeddingModel: modelName.nullable(),
  /** Tokens it reads at once. */
  context: z.int().min(2_000).max(10_000_000).nullable(),
  /** Per million tokens. */
  priceRead: amount.nullable(),
  priceWritten: amount.nullable(),
  mostAMonth: amount.nullable(),
  /** Tokens a day. */
  mostAPerson: tokens.nullable(),
  mostADay: tokens.nullable(),
  atOnce: z.int().min(1).max(64),
}

export const CoachSettings = z.object({
  ...fields,
  /** Whether a key is kept. It is never read out again. */
  hasKey: z.boolean(),
  /** Fields that the environment settles, with the variable's name: they are read-only here. */
  fromEnvironment: z.record(z.string(), z.string()),
  spentThisMonth: z.number(),
  /** Transcripts whose vectors are still to be made; search finds them by words. */
  vectorsWaiting: z.int().nonnegative(),
  tokensToday: z.number(),
  version: z.int().nonnegative(),
  paused: CoachState.shape.paused,
  pausedSeconds: CoachState.shape.pausedSeconds,
})
export type CoachSettings = z.infer<typeof CoachSettings>

/** What is left out stays as it is. */
export const CoachSettingsChange = z
  .object(fields)
  .partial()
  .extend({
    /** A new key; null forgets the one that is kept. */
    key: z.string().trim().min(1).max(1_000).nullable().optional(),
    version: z.int().nonnegative().max(2_147_483_647),
  })
  .strict()
export type CoachSettingsChange = z.infer<typeof CoachSettingsChange>

/** What a test of the endpoint saw, in plain words. */
export const Verdict = z.object({
  code: z.string(),
  /** `note`: it is so and nothing has to be done; `bad`: it will not work like this. */
  weight: z.enum(['good', 'note', 'bad']),
  says: z.string(),
  more: z.string(),
})
export type Verdict = z.infer<typeof Verdict>
export const Verdicts = z.object({ verdicts: z.array(Verdict) })
export type Verdicts = z.infer<typeof Verdicts>

export const PromptView = z.object({
  name: z.string(),
  version: z.int(),
  hash: z.string(),
  own: z.boolean(),
  text: z.string(),
})
export type PromptView = z.infer<typeof PromptView>
export const PromptList = z.object({ prompts: z.array(PromptView) })
export type PromptList = z.infer<typeof PromptList>
export const PromptChange = z.strictObject({ text: z.string().min(1).max(40_000) })

/** What each question to a model about a transcript came to; for the two people of the pair. */
export const RunView = z.object({
  step: z.string(),
  engine: z.string(),
  outcome: z.string(),
  prompt: z.string().nullable(),
  promptHash: z.string().nullable(),
  model: z.string().nullable(),
  inputTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  cost: z.number().nullable(),
  milliseconds: z.number(),
  counts: z.record(z.string(), z.number()),
  at: z.string(),
})
export type RunView = z.infer<typeof RunView>
export const RunList = z.object({ runs: z.array(RunView) })
export type RunList = z.infer<typeof RunList>
