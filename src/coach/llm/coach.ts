import { RunnableLambda, RunnableWithFallbacks } from '@langchain/core/runnables'
import { Refusal } from '../../domain/errors.ts'
import type { Coach, CoachOptions, ExtractInput, Extraction, Wishes } from '../../domain/ports.ts'
import { compareWith } from './compare.ts'
import type { Endpoint } from './endpoint.ts'
import { extractWith, ownLanguage } from './extract.ts'
import { withSecondReader } from './merge.ts'
import { type Asking, briefWith, suggestedWith, upwardWith } from './preparation.ts'
import type { PromptName, Prompts } from './prompts.ts'
import { sortedWith } from './sort-feedback.ts'

export interface LlmCoachSettings {
  /** Asked in this order; then the offline engine serves. */
  readonly endpoints: readonly Endpoint[]
  readonly prompts: Prompts
  readonly offline: Coach
  /** Tokens a model reads at once. */
  readonly context: number
  /** Where a question brings none of its own. */
  readonly wishes?: Wishes
  /** Throws a Refusal of ours where this model is not to be asked now: a budget, a breaker, a full house. */
  readonly admit?: (endpoint: Endpoint, options: CoachOptions) => Promise<AsyncDisposable>
}

const noWishes: Wishes = { language: ownLanguage, glossary: '', wishes: '' }
const open = async (): Promise<AsyncDisposable> => ({ [Symbol.asyncDispose]: async () => undefined })

/**
 * A coach that asks a language model, a second one when the first fails, and the offline engine when
 * both do: `engine` of what comes back says who served, `instead` why it was not the model.
 */
export const llmCoach = (settings: LlmCoachSettings): Coach => {
  const { endpoints, prompts, offline, context, admit = open } = settings
  const wishesOf = ({ wishes = settings.wishes ?? noWishes }: CoachOptions) => wishes

  /** Each endpoint in turn, then `last`, unless a model is insisted on. */
  const inTurn = async <Value>(
    options: CoachOptions,
    ask: (endpoint: Endpoint) => Promise<Value>,
    last: (why: string) => Promise<Value>,
  ): Promise<Value> => {
    options.signal?.throwIfAborted()
    let why = 'internal'
    const asked = endpoints.map(endpoint =>
      RunnableLambda.from<null, { answer: Value }>(async () => {
        try {
          await using place = await admit(endpoint, options)
          const answer = await ask(endpoint)
          void place
          return { answer }
        } catch (error) {
          if (error instanceof Refusal) why = error.code
          throw error
        }
      }),
    )
    const standIn = RunnableLambda.from<null, { answer: Value }>(async () => {
      options.signal?.throwIfAborted()
      return { answer: await last(why) }
    })
    const [first, ...others] = options.insist ? asked : [...asked, standIn]
    const chain = new RunnableWithFallbacks<null, { answer: Value }>({
      runnable: first ?? standIn,
      fallbacks: [...others],
    })
    try {
      return (await chain.invoke(null, options.signal ? { signal: options.signal } : {})).answer
    } catch (error) {
      throw options.signal?.aborted ? options.signal.reason : error
    }
  }

  /** A duty whose answer is short: one question, the offline engine's answer where it fails. */
  const duty =
    <Input, Value>(
      name: PromptName,
      ask: (asking: Asking, input: Input, options: CoachOptions) => Promise<Value>,
      stand: (input: Input) => Promise<Value>,
    ) =>
    (input: Input, options: CoachOptions = {}): Promise<Value> =>
      inTurn(
        options,
        endpoint => ask({ endpoint, prompt: prompts[name], wishes: wishesOf(options) }, input, options),
        () => stand(input),
      )

  const extract = async (input: ExtractInput, options: CoachOptions = {}): Promise<Extraction> => {
    options.signal?.throwIfAborted()
    // Begun beside the model's long wait; the same result is its second reader and its stand-in.
    const second = offline.extract(input, options.signal ? { signal: options.signal } : {})
    const secondOrNull = second.catch(() => null)
    return inTurn(
      options,
      async endpoint => {
        const given = { endpoint, prompt: prompts.extract, context, wishes: wishesOf(options) }
        return withSecondReader(await extractWith(given, input, options), await secondOrNull)
      },
      async why => ({ ...(await second), engine: offline.engine, instead: why }),
    )
  }

  const sorted = duty(
    'draft-feedback',
    (asking, { rough, names }: { rough: string; names: readonly string[] }, options) =>
      sortedWith(asking, rough, names, options),
    ({ rough, names }) => offline.draftFeedback(rough, names),
  )
  return {
    engine: 'llm',
    extract,
    compareRoadblocks: duty('compare-roadblocks', compareWith, input => offline.compareRoadblocks(input)),
    suggestTopics: duty('suggest-topics', suggestedWith, facts => offline.suggestTopics(facts)),
    writeBrief: duty('write-brief', briefWith, facts => offline.writeBrief(facts)),
    suggestUpwardFeedback: duty('suggest-upward-feedback', upwardWith, facts =>
      offline.suggestUpwardFeedback(facts),
    ),
    draftFeedback: (rough, names, options) => sorted({ rough, names }, options),
  }
}
