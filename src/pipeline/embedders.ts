import { createHash } from 'node:crypto'
import type { ModelEnvironment } from '../domain/coach-desk.ts'
import { Refusal } from '../domain/errors.ts'
import type { Embedder, Embedders } from '../domain/ports.ts'
import { remoteEmbedder } from '../embed/remote.ts'
import type { Database } from '../store/database.ts'
import { vectorHabit, writeVectorHabit } from '../store/vector-use.ts'
import { accountFor, admission, type CurrentModel, currentModel, refuseNow, vectorsOf } from './model-desk.ts'

export interface EmbeddersOptions {
  readonly database: Database
  readonly environment: ModelEnvironment | null
  readonly bundled: Embedder
}

/**
 * The embedder that the settings name at this moment: they are read anew each time, as for the coach. The
 * bundled one, unless a model for vectors is named; nothing of a model's client is loaded before.
 */
export const switchingEmbedders = ({ database, environment, bundled }: EmbeddersOptions): Embedders => ({
  async current() {
    const model = await currentModel(database, environment)
    const name = model?.embeddingModel ?? null
    return model && name !== null ? remoteOf(database, model, name) : bundled
  },
})

const remoteOf = async (database: Database, model: CurrentModel, name: string): Promise<Embedder> => {
  const { baseUrl, apiKey } = model
  const asked = vectorsOf(model)
  const [[known], { openEndpoint }, { failure, isFailure }] = await Promise.all([
    database.asSystem('jobs', tx => tx.all(vectorHabit(baseUrl, name))),
    import('../coach/llm/endpoint.ts'),
    import('../coach/llm/failures.ts'),
  ])
  const endpoint = openEndpoint({ baseUrl, apiKey, model: name })
  const { dimension = null, nearEnough = null, edition = 1 } = known ?? {}

  /** What it came to is written down, for whether it is asked again and for what may be spent. */
  const ask = async (texts: readonly string[], signal: AbortSignal | undefined) => {
    // Somebody waits for the vector of a question: it stands in no line.
    await using place = await (texts.length > 1
      ? admission(database, asked, null)()
      : refuseNow(database, asked, null).then(() => ({ [Symbol.asyncDispose]: async () => undefined })))
    void place
    const account = (outcome: string, inputTokens: number | null, retryAfter: unknown = null) =>
      // What vectors cost is no price of the settings: they count as tokens alone.
      accountFor(
        database,
        asked,
        null,
        { inputTokens, outputTokens: null, outcome, cost: 0 },
        typeof retryAfter === 'number' ? retryAfter : null,
      )
    try {
      const { vectors, tokens } = await endpoint.embed(texts, signal ? { signal } : {})
      await account('done', tokens)
      return vectors
    } catch (error) {
      if (error instanceof Refusal) await account(error.code, null, error.details?.['retryAfter'])
      // Whoever waited for it waits no longer: that it is slow is kept in mind for the next one.
      else if (error instanceof DOMException && error.name === 'TimeoutError')
        await account('model-too-slow', null)
      throw error
    }
  }
  return remoteEmbedder({
    name: `${name} ${createHash('sha256').update(baseUrl).digest('hex').slice(0, 8)}-${edition}`,
    known: dimension === null || nearEnough === null ? null : { dimension, nearEnough },
    ask,
    learned: measured =>
      database.asSystem('jobs', async tx => void (await tx.run(writeVectorHabit(baseUrl, name, measured)))),
    unusable: () => failure('model-answer-unusable'),
    isTooMuch: error => isFailure(error, 'model-too-long', 'model-request-refused', 'model-answer-too-large'),
  })
}
