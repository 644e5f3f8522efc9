import type OpenAI from 'openai'
import { APIError } from 'openai'
import { Stream } from 'openai/core/streaming'
import { failure } from './failures.ts'

export interface Usage {
  readonly input: number
  readonly output: number
  /** Of the input, what the server had read before. */
  readonly cached: number
}

/** What a model said, to its end. */
export interface Answer {
  readonly text: string
  /** Null when the server does not count. */
  readonly usage: Usage | null
}

type Completion = Partial<OpenAI.ChatCompletion>
type Chunk = Partial<OpenAI.ChatCompletionChunk>
/** Where reasoning models hide what they say: vLLM and llama.cpp use the first, Ollama the second name. */
interface Said {
  readonly content?: string | null
  readonly reasoning_content?: string | null
  readonly reasoning?: string | null
  readonly refusal?: string | null
}

/** A small model under a grammar may go on with white space for ever (seen with vLLM). */
const longestBlank = 2_000
/** Letters of an answer and its thinking; a stream's own signs around each word are many times that. */
const longestAnswer = 2 * 1024 * 1024

/** Reads an answer to its end, streamed or not. Only `stop` is an end: what was cut is never taken. */
export const readAnswer = async (
  response: Response,
  client: OpenAI,
  onText: (characters: number) => void = () => undefined,
): Promise<Answer> => {
  if (response.headers.get('content-type')?.includes('event-stream'))
    return streamed(response, client, onText)
  let body: Completion
  try {
    body = JSON.parse(await response.text()) as Completion
  } catch (error) {
    if (error instanceof SyntaxError) throw failure('model-not-an-api')
    throw error
  }
  if (typeof body !== 'object' || body === null) throw failure('model-not-an-api')
  const choice = body.choices?.[0]
  if (!choice) throw 'error' in body ? failure('model-failed') : failure('model-answer-empty')
  return finished(choice.message ?? {}, choice.finish_reason, body.usage)
}

const streamed = async (
  response: Response,
  client: OpenAI,
  onText: (characters: number) => void,
): Promise<Answer> => {
  const said = { content: '', reasoning_content: '', refusal: '' }
  let finish: string | null | undefined
  let usage: Chunk['usage']
  let choices = 0
  let characters = 0
  let blank = 0
  const stream = Stream.fromSSEResponse<Chunk>(response, new AbortController(), client)
  try {
    for await (const chunk of stream) {
      usage = chunk.usage ?? usage
      const choice = chunk.choices?.[0]
      if (!choice) continue
      choices++
      const delta = (choice.delta ?? {}) as Said
      said.content += delta.content ?? ''
      said.reasoning_content += delta.reasoning_content ?? delta.reasoning ?? ''
      said.refusal += delta.refusal ?? ''
      finish = choice.finish_reason ?? finish
      // Counted as it comes: looking at the whole each time took three seconds for a megabyte.
      const piece = delta.content ?? ''
      blank = piece.trim() === '' ? blank + piece.length : 0
      characters += piece.length + (delta.reasoning_content ?? delta.reasoning ?? '').length
      if (blank > longestBlank) throw failure('model-answer-cut')
      if (characters > longestAnswer) throw failure('model-answer-too-large')
      onText(said.content.length)
    }
  } catch (error) {
    if (error instanceof SyntaxError) throw failure('model-answer-cut')
    if (error instanceof APIError && error.status === undefined && error.error) throw failure('model-failed')
    throw error
  }
  if (choices === 0) throw failure('model-answer-empty')
  return finished(said, finish, usage ?? undefined)
}

const finished = (
  { content, reasoning_content, reasoning, refusal }: Said,
  finish: string | null | undefined,
  usage: OpenAI.CompletionUsage | undefined,
): Answer => {
  if (refusal || finish === 'content_filter') throw failure('model-declined')
  if (finish !== 'stop')
    throw failure('model-answer-cut', finish === 'length' ? { why: 'length' } : undefined)
  // A thinking model's whole answer may stand in its reasoning, beside an empty or absent content.
  const text = content?.trim() ? content : (reasoning_content ?? reasoning ?? '')
  if (text.trim() === '') throw failure('model-answer-empty')
  return {
    text,
    usage: usage
      ? {
          input: usage.prompt_tokens ?? 0,
          output: usage.completion_tokens ?? 0,
          cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
        }
      : null,
  }
}
