import { RunnableLambda, RunnableWithFallbacks } from '@langchain/core/runnables'
import { Refusal } from '../../domain/errors.ts'
import type { Coach, CoachOptions, ExtractInput, Extraction } from '../../domain/ports.ts'
import type { Endpoint } from './endpoint.ts'
import { extractWith, type Wishes } from './extract.ts'
import { withSecondReader } from './merge.ts'
import type { Prompts } from './prompts.ts'

export interface LlmCoachSettings {
  /** Asked in this order; then the offline engine serves. */
  readonly endpoints: readonly Endpoint[]
  readonly prompts: Prompts
  readonly offline: Coach
  /** Tokens a model reads at once. */
  readonly context: number
  readonly wishes?: Wishes
  /** Throws a Refusal of ours where this model is not to be asked now: a budget, a breaker, a full house. */
  readonly admit?: (endpoint: Endpoint, options: CoachOptions) => Promise<AsyncDisposable>
}

const noWishes: Wishes = { language: 'the language of the transcript', glossary: '', wishes: '' }
const open = async (): Promise<AsyncDisposable> => ({ [Symbol.asyncDispose]: async () => undefined })

/**
 * A coach that asks a language model, a second one when the first fails, and the offline engine when
 * both do: `engine` of what comes back says who served, `instead` why it was not the model.
 */
export const llmCoach = (settings: LlmCoachSettings): Coach => {
  const { endpoints, prompts, offline, context, wishes = noWishes, admit = open } = settings

  const extract = async (input: ExtractInput, options: CoachOptions = {}): Promise<Extraction> => {
    options.signal?.throwIfAborted()
    // Begun beside the model's long wait; the same result is its second reader and its stand-in.
    const second = offline.extract(input, options.signal ? { signal: options.signal } : {})
    const secondOrNull = second.catch(() => null)
    let why = 'internal'
    const asked = endpoints.map(endpoint =>
      RunnableLambda.from(async (given: ExtractInput) => {
        try {
          await using place = await admit(endpoint, options)
          const found = await extractWith(
            { endpoint, prompt: prompts.extract, context, wishes },
            given,
            options,
          )
          void place
          return withSecondReader(found, await secondOrNull)
        } catch (error) {
          if (error instanceof Refusal) why = error.code
          throw error
        }
      }),
    )
    const last = RunnableLambda.from(async () => {
      options.signal?.throwIfAborted()
      return { ...(await second), engine: offline.engine, instead: why }
    })
    const [first, ...others] = options.insist ? asked : [...asked, last]
    const chain = new RunnableWithFallbacks<ExtractInput, Extraction>({
      runnable: first ?? last,
      fallbacks: [...others],
    })
    try {
      return await chain.invoke(input, options.signal ? { signal: options.signal } : {})
    } catch (error) {
      throw options.signal?.aborted ? options.signal.reason : error
    }
  }
  return { ...offline, engine: 'llm', extract }
}
