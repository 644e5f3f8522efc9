import { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import { BaseChatModel, type BaseChatModelCallOptions } from '@langchain/core/language_models/chat_models'
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages'
import type { ChatResult, LLMResult } from '@langchain/core/outputs'
import type { Usage } from './answer.ts'
import type { AskOptions, Endpoint, Message, Question } from './endpoint.ts'

interface CallOptions extends BaseChatModelCallOptions {
  readonly format?: Question['format']
  readonly settings?: Question['settings']
  readonly onText?: AskOptions['onText']
}

/**
 * A LangChain chat model over our own client. LangChain's own for such servers sends a request again
 * when the answer is fenced, chooses another route by the model's name, and downloads a tokenizer
 * when it streams; as a model of LangChain's the client takes part in its sequences, fallbacks and
 * callbacks all the same.
 */
export class CompatChatModel extends BaseChatModel<CallOptions> {
  readonly endpoint: Endpoint

  constructor(endpoint: Endpoint) {
    // Neither retries nor caches of its own: both are the queue's and the server's.
    super({ maxRetries: 0, cache: false, verbose: false })
    this.endpoint = endpoint
  }

  override _llmType(): string {
    return 'compatible'
  }

  override async _generate(
    messages: BaseMessage[],
    { format, settings, onText, signal }: this['ParsedCallOptions'],
    _run?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    const { text, usage } = await this.endpoint.ask(
      {
        messages: messages.map(plain),
        ...(format ? { format } : {}),
        ...(settings ? { settings } : {}),
      },
      { signal, onText },
    )
    return { generations: [{ text, message: new AIMessage(text) }], llmOutput: { usage } }
  }
}

const plain = (message: BaseMessage): Message => ({
  role: message.type === 'system' ? 'system' : message.type === 'ai' ? 'assistant' : 'user',
  content: message.text,
})

const chained = ({ role, content }: Message): BaseMessage =>
  role === 'system'
    ? new SystemMessage(content)
    : role === 'assistant'
      ? new AIMessage(content)
      : new HumanMessage(content)

/** The same endpoint, asked by way of LangChain, so that whoever listens hears each request. */
export const throughModel = (model: CompatChatModel, meter: CallMeter): Endpoint => ({
  ...model.endpoint,
  async ask({ messages, format, settings }, { signal, onText } = {}) {
    const answer = await model.invoke(messages.map(chained), {
      callbacks: [meter],
      ...(format ? { format } : {}),
      ...(settings ? { settings } : {}),
      ...(signal ? { signal } : {}),
      ...(onText ? { onText } : {}),
    })
    return { text: answer.text, usage: meter.lastUsage }
  },
})

/** Counts what a duty's requests cost. Hears numbers from LangChain's callbacks and keeps no words. */
export class CallMeter extends BaseCallbackHandler {
  override readonly name = 'call-meter'
  override readonly awaitHandlers = true
  requests = 0
  input: number | null = null
  output: number | null = null
  cached = 0
  lastUsage: Usage | null = null

  override handleChatModelStart(): void {
    this.requests++
    this.lastUsage = null
  }

  override handleLLMEnd(result: LLMResult): void {
    const usage = (result.llmOutput as { usage?: Usage | null } | undefined)?.usage ?? null
    this.lastUsage = usage
    if (!usage) return
    this.input = (this.input ?? 0) + usage.input
    this.output = (this.output ?? 0) + usage.output
    this.cached += usage.cached
  }
}
