import type { Embedder } from '../domain/ports.ts'
import { pairById } from '../store/pairs.ts'
import { passagesWithoutVector, storeVectors } from '../store/passages.ts'
import type { Step } from './step.ts'

interface Input {
  readonly pair: string
  readonly passages: readonly { readonly id: string; readonly text: string }[]
}

/** Texts at a time: between batches the step can be stopped and says how far it is. */
const batchSize = 16

/** Vectors for the passages of a transcript; after everything else, for nobody waits for them. */
export const embedStep = (embedder: Embedder): Step<Input> => ({
  name: 'embed',
  background: true,

  async load(tx, { pair: pairId, transcript }) {
    const [[pair], passages] = await tx.several(
      pairById(pairId),
      passagesWithoutVector(pairId, transcript, embedder.name),
    )
    if (!pair) return undefined
    // The bundled vectors know English only; other languages are searched by words alone.
    return { pair: pairId, passages: pair.language.startsWith('en') ? passages : [] }
  },

  async run({ signal, progress }, { pair, passages }) {
    const vectors: { id: string; vector: Float32Array }[] = []
    for (let from = 0; from < passages.length; from += batchSize) {
      const batch = passages.slice(from, from + batchSize)
      const made = await embedder.embed(
        batch.map(({ text }) => text),
        { signal },
      )
      for (const [index, { id }] of batch.entries()) {
        const vector = made[index]
        if (vector) vectors.push({ id, vector })
      }
      progress(vectors.length / passages.length)
    }
    return {
      engine: embedder.name,
      counts: { passages: vectors.length },
      next: [],
      async write(tx) {
        if (vectors.length > 0) await tx.run(...storeVectors(pair, embedder.name, vectors))
      },
    }
  },
})
