import { RunnableLambda, RunnableSequence } from '@langchain/core/runnables'
import type { z } from 'zod'
import { Refusal } from '../../domain/errors.ts'
import type { CoachOptions } from '../../domain/ports.ts'
import { CallMeter, CompatChatModel, throughModel } from './chat-model.ts'
import type { Endpoint } from './endpoint.ts'
import type { Prompt } from './prompt-file.ts'
import { askStructured } from './structured.ts'

/** A question of one kind: which prompt, which form of answer, what is made of it. */
export interface Duty<Input, Wire, Value> {
  readonly name: string
  readonly prompt: Prompt
  readonly schema: z.ZodType<Wire>
  /** The form the model is shown, where it says more than the one that is taken. */
  readonly shown?: z.ZodType
  readonly listKey?: string
  /** Everything the prompt may ask for; it gets what it declares. */
  fill(input: Input): Readonly<Record<string, unknown>>
  /** From the wire to the domain; may refuse the answer as a whole. Counts go into the run's row. */
  read(wire: Wire, input: Input): { readonly value: Value; readonly counts: Readonly<Record<string, number>> }
}

/**
 * A duty for one model, as a sequence: fill the prompt, ask, read. Each time it is asked, answered or
 * not, one `CoachCall` is recorded.
 */
export const dutyOf = <Input, Wire, Value>(
  endpoint: Endpoint,
  duty: Duty<Input, Wire, Value>,
  options: CoachOptions & { readonly onText?: (characters: number) => void },
) => {
  const { name, prompt, schema, shown, listKey } = duty
  const model = new CompatChatModel(endpoint)
  return new RunnableLambda({
    func: async (input: Input): Promise<Value> => {
      const meter = new CallMeter({})
      const started = performance.now()
      let counts: Readonly<Record<string, number>> = {}
      const sequence = RunnableSequence.from<Input, Value>([
        new RunnableLambda({ func: (given: Input) => prompt.render(pick(duty.fill(given), prompt)) }),
        new RunnableLambda({
          func: (messages: ReturnType<Prompt['render']>) =>
            askStructured(
              throughModel(model, meter),
              {
                name,
                schema,
                shown,
                messages,
                settings: prompt.settings,
                ...(listKey === undefined ? {} : { listKey }),
              },
              { signal: options.signal, onText: options.onText },
            ),
        }),
        new RunnableLambda({
          func: ({ value }: { value: Wire }) => {
            const read = duty.read(value, input)
            counts = read.counts
            return read.value
          },
        }),
      ]).withConfig({ runName: name, tags: [endpoint.model] })
      const record = (outcome: string, retryAfter?: number) =>
        options.record?.({
          duty: name,
          engine: 'llm',
          prompt: `${prompt.name}@${prompt.version}`,
          promptHash: prompt.hash,
          model: endpoint.model,
          inputTokens: meter.input,
          outputTokens: meter.output,
          milliseconds: performance.now() - started,
          outcome,
          ...(retryAfter === undefined ? {} : { retryAfter }),
          counts: { requests: meter.requests, cached: meter.cached, ...counts },
        })
      try {
        const value = await sequence.invoke(input, options.signal ? { signal: options.signal } : {})
        record('done')
        return value
      } catch (error) {
        // LangChain wraps what a signal ended; whoever ended it hears their own reason.
        const told: unknown = options.signal?.aborted ? options.signal.reason : error
        const details = told instanceof Refusal ? told.details : undefined
        if (typeof details?.['dropped'] === 'number') counts = { dropped: details['dropped'] }
        const wait = details?.['retryAfter']
        record(told instanceof Refusal ? told.code : 'internal', typeof wait === 'number' ? wait : undefined)
        throw told
      }
    },
  })
}

const pick = (given: Readonly<Record<string, unknown>>, { variables }: Prompt) =>
  Object.fromEntries(Object.entries(given).filter(([key]) => Object.hasOwn(variables, key)))
