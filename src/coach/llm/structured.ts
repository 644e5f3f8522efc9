import type OpenAI from 'openai'
import type { z } from 'zod'
import type { Answer, Usage } from './answer.ts'
import type { AskOptions, Endpoint, Message, Question } from './endpoint.ts'
import { failure, isFailure } from './failures.ts'
import { type Mode, modes } from './habits.ts'
import { jsonIn } from './json-text.ts'
import { wireSchema } from './wire-schema.ts'

export interface StructuredQuestion<Value> extends Omit<Question, 'format'> {
  /** Letters, digits and dashes; some servers show it to the model. */
  readonly name: string
  /** What the answer must be; the server is shown a looser form of it, or of `shown`. */
  readonly schema: z.ZodType<Value>
  readonly shown?: z.ZodType | undefined
  /** The only key of an answer that is one list: for models that leave the object around it out. */
  readonly listKey?: string
}

export interface StructuredAnswer<Value> {
  readonly value: Value
  readonly mode: Mode
  readonly requests: number
  /** Of all requests together; null when the server does not count. */
  readonly usage: Usage | null
}

/**
 * An answer of a form, from the strictest way the server takes: json_schema, json_object, text. The
 * way that worked is remembered for this model at this address. An answer of another form gets one
 * turn to mend it; an empty one is asked for once more. What was cut is never taken.
 */
export const askStructured = async <Value>(
  endpoint: Endpoint,
  question: StructuredQuestion<Value>,
  options: AskOptions = {},
): Promise<StructuredAnswer<Value>> => {
  const known = (await endpoint.habits()).mode
  const ladder = modes.slice(known === null ? 0 : modes.indexOf(known))
  const usage = tally()
  for (const mode of ladder)
    try {
      const value = await askIn(endpoint, mode, question, usage, options)
      if (mode !== known) await endpoint.note({ mode })
      return { value, mode, requests: usage.requests, usage: usage.sum() }
    } catch (error) {
      if (mode === ladder.at(-1) || !isFailure(error, 'model-request-refused')) throw error
    }
  throw failure('model-request-refused')
}

const askIn = async <Value>(
  endpoint: Endpoint,
  mode: Mode,
  { name, schema, shown = schema, listKey, messages, settings }: StructuredQuestion<Value>,
  usage: Tally,
  options: AskOptions,
): Promise<Value> => {
  const wire = wireSchema(shown)
  const format = formatOf(mode, name, wire)
  const asked = mode === 'json_schema' ? messages : withForm(messages, wire)
  const ask = async (turns: readonly Message[]) =>
    usage.count(
      await endpoint.ask(
        { messages: turns, ...(format ? { format } : {}), ...(settings ? { settings } : {}) },
        options,
      ),
    )
  const first = await ask(asked).catch((error: unknown) => {
    if (isFailure(error, 'model-answer-empty')) return ask(asked)
    throw error
  })
  const read = readAs(schema, first.text, listKey)
  if ('value' in read) return read.value
  const mended = await ask([
    ...asked,
    { role: 'assistant', content: first.text.slice(0, 8_000) },
    {
      role: 'user',
      content: `That answer does not have the form asked for (${read.wrong}). Give the whole answer again as one JSON object of that form, and nothing else.`,
    },
  ])
  const again = readAs(schema, mended.text, listKey)
  if ('value' in again) return again.value
  throw failure('model-answer-unusable')
}

const readAs = <Value>(
  schema: z.ZodType<Value>,
  text: string,
  listKey: string | undefined,
): { readonly value: Value } | { readonly wrong: string } => {
  const json = jsonIn(text)
  if (json === undefined) return { wrong: 'it holds no complete JSON' }
  const parsed = schema.safeParse(Array.isArray(json) && listKey !== undefined ? { [listKey]: json } : json)
  if (parsed.success) return { value: parsed.data }
  const [issue] = parsed.error.issues
  return { wrong: `at ${issue?.path.join('.') || 'its top'}: ${issue?.code ?? 'not understood'}` }
}

const formatOf = (
  mode: Mode,
  name: string,
  schema: Record<string, unknown>,
): OpenAI.ChatCompletionCreateParams['response_format'] =>
  mode === 'json_schema'
    ? { type: 'json_schema', json_schema: { name, strict: true, schema } }
    : mode === 'json_object'
      ? { type: 'json_object' }
      : undefined

/** Where the server is not told the form, the model is: in the part that stays the same, for its cache. */
const withForm = (messages: readonly Message[], schema: Record<string, unknown>): Message[] => {
  const form = `\n\nAnswer with one JSON object that fits this JSON schema, and nothing else:\n${JSON.stringify(schema)}`
  const [first, ...rest] = messages
  return first?.role === 'system'
    ? [{ ...first, content: first.content + form }, ...rest]
    : [{ role: 'system', content: form.trim() }, ...messages]
}

interface Tally {
  requests: number
  count(answer: Answer): Answer
  sum(): Usage | null
}

const tally = (): Tally => {
  let sum: Usage | null = null
  const self: Tally = {
    requests: 0,
    count(answer) {
      self.requests++
      const { usage } = answer
      if (usage)
        sum = {
          input: (sum?.input ?? 0) + usage.input,
          output: (sum?.output ?? 0) + usage.output,
          cached: (sum?.cached ?? 0) + usage.cached,
        }
      return answer
    },
    sum: () => sum,
  }
  return self
}
