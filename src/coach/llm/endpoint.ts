import OpenAI from 'openai'
import { z } from 'zod'
import { type Answer, readAnswer } from './answer.ts'
import { failure, isFailure, refusalOf, refusedParameter } from './failures.ts'
import { guardedFetch, type Limits, usualLimits } from './guard.ts'
import { type HabitBook, type Habits, habitsInMemory } from './habits.ts'

/** Where a model is, in the way all of them understand: OpenAI's chat completions. */
export interface EndpointSettings {
  /** e.g. http://localhost:11434/v1 */
  readonly baseUrl: string
  /** Null for a server that asks for none. */
  readonly apiKey: string | null
  readonly model: string
  readonly limits?: Limits
  readonly book?: HabitBook
}

export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

export interface Question {
  readonly messages: readonly Message[]
  readonly format?: OpenAI.ChatCompletionCreateParams['response_format']
  /** Settings of a prompt, e.g. `temperature`; left out where the server refuses them. */
  readonly settings?: Readonly<Record<string, unknown>>
}

export interface AskOptions {
  readonly signal?: AbortSignal | undefined
  /** Characters said so far. */
  readonly onText?: ((characters: number) => void) | undefined
}

/** A model at an address. */
export interface Endpoint {
  readonly baseUrl: string
  readonly model: string
  /** One question, one answer, no second try. Rejects with a Refusal of ours. */
  ask(question: Question, options?: AskOptions): Promise<Answer>
  habits(): Promise<Habits>
  note(change: Partial<Habits>): Promise<void>
  /** One vector a text, in order, and the tokens read; null where the server does not count. */
  embed(
    texts: readonly string[],
    options?: AskOptions,
  ): Promise<{ readonly vectors: Float32Array[]; readonly tokens: number | null }>
  /** The names of the models it offers; null when it does not say. */
  models(options?: AskOptions): Promise<string[] | null>
}

/** What may be left out of a request without changing its meaning. */
const optional = [
  'stream_options',
  'stream',
  'temperature',
  'top_p',
  'seed',
  'reasoning_effort',
  'max_tokens',
  'max_completion_tokens',
]

/**
 * Characters of one token at the very most, over languages and tokenizers (English prose has about
 * 4.4): a server that counted fewer tokens than this has cut the text without saying so.
 */
const charactersPerToken = 7
/** Below this many characters a cut cannot be told from a generous tokenizer. */
const shortText = 8_000

/** Nothing is sent before the first question. */
export const openEndpoint = (settings: EndpointSettings): Endpoint => {
  const { baseUrl, apiKey, model, limits = usualLimits, book = habitsInMemory() } = settings
  const client = new OpenAI({
    baseURL: baseUrl,
    // The client refuses to be without one, and local servers do not look at it.
    apiKey: apiKey ?? 'none',
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: limits.total + 1_000,
    logLevel: 'off',
    fetch: guardedFetch(limits),
  })

  const attempt = async (body: Record<string, unknown>, { signal, onText }: AskOptions) => {
    const request = body as unknown as OpenAI.ChatCompletionCreateParams
    const response = await client.chat.completions.create(request, signal ? { signal } : {}).asResponse()
    return readAnswer(response, client, onText)
  }

  const endpoint: Endpoint = {
    baseUrl,
    model,
    habits: () => book.recall(baseUrl, model),
    note: async change => book.note(baseUrl, model, { ...(await book.recall(baseUrl, model)), ...change }),

    async ask({ messages, format, settings: wished = {} }, options = {}) {
      options.signal?.throwIfAborted()
      const { dropped } = await endpoint.habits()
      const body: Record<string, unknown> = {
        model,
        messages,
        stream: true,
        stream_options: { include_usage: true },
        ...wished,
        ...(format ? { response_format: format } : {}),
      }
      for (const name of dropped) leaveOut(body, name)
      for (;;)
        try {
          const answer = await attempt(body, options)
          refuseCutInput(messages, answer)
          return answer
        } catch (error) {
          const refused = refusedParameter(
            error,
            optional.filter(name => name in body),
          )
          if (refused === null) throw refusalOf(error, options.signal)
          leaveOut(body, refused)
          const known = await endpoint.habits()
          await endpoint.note({ dropped: [...new Set([...known.dropped, refused])] })
        }
    },

    async embed(texts, { signal } = {}) {
      try {
        // Asked for as base64, some servers answer with numbers all the same and are then misread.
        const answer = await client.embeddings.create(
          { model, input: [...texts], encoding_format: 'float' },
          signal ? { signal } : {},
        )
        return { vectors: vectorsIn(answer, texts.length), tokens: answer.usage?.prompt_tokens ?? null }
      } catch (error) {
        if (error instanceof SyntaxError) throw failure('model-not-an-api')
        throw refusalOf(error, signal)
      }
    },

    async models({ signal } = {}) {
      try {
        const { data } = await client.models.list(signal ? { signal } : {})
        return Array.isArray(data) ? data.map(({ id }) => id).slice(0, 200) : null
      } catch (error) {
        const refusal = refusalOf(error, signal)
        if (isFailure(refusal, 'model-unknown', 'model-not-an-api', 'model-request-refused')) return null
        throw refusal
      }
    },
  }
  return endpoint
}

/** Without the stream there is nothing to say about it. */
const leaveOut = (body: Record<string, unknown>, name: string): void => {
  delete body[name]
  if (name === 'stream') delete body['stream_options']
}

const Vectors = z.array(z.object({ index: z.int(), embedding: z.array(z.number()).min(1) }))
const EmbeddingAnswer = z.object({ data: z.unknown().optional(), error: z.unknown().optional() })

/** A vector a text, all of one length; whatever else an answer is, it is of no use. */
const vectorsIn = (answer: unknown, texts: number): Float32Array[] => {
  const { data, error } = EmbeddingAnswer.safeParse(answer).data ?? {}
  if (data === undefined) throw failure(error === undefined ? 'model-not-an-api' : 'model-failed')
  const read = Vectors.safeParse(data)
  const ordered = read.success ? read.data.toSorted((a, b) => a.index - b.index) : []
  if (ordered.length !== texts || ordered.some(({ index }, at) => index !== at))
    throw failure('model-answer-unusable')
  if (ordered.some(({ embedding }) => embedding.length !== ordered[0]?.embedding.length))
    throw failure('model-answer-unusable')
  return ordered.map(({ embedding }) => Float32Array.from(embedding))
}

/** Some servers drop the beginning of what does not fit and answer as if they had read it all. */
const refuseCutInput = (messages: readonly Message[], { usage }: Answer): void => {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0)
  if (usage && usage.input > 0 && characters > shortText && usage.input < characters / charactersPerToken)
    throw failure('model-input-cut', { tokens: usage.input })
}
