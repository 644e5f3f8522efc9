import { Refusal } from '../domain/errors.ts'
import type { Embedders } from '../domain/ports.ts'
import { pairById } from '../store/pairs.ts'
import { passagesToEmbed, storeVectors } from '../store/passages.ts'
import type { NewChore, Source } from '../store/jobs.ts'
import { timesAgain } from './again.ts'
import { embedAgain } from './embed-again.ts'
import type { Step } from './step.ts'

interface Input {
  readonly source: Source
  readonly language: string
  readonly passages: readonly {
    readonly id: string
    readonly text: string
    readonly embedder: string | null
  }[]
}

/** Texts at a time: between batches the step can be stopped and says how far it is. */
const batchSize = 16

/**
 * Vectors for the passages of a transcript that have none of the embedder that counts; after everything
 * else, for nobody waits for them. What was made before an endpoint went away is kept; the rest is made
 * once it is back, and no try is spent. Until then search goes by words.
 */
export const embedStep = (embedders: Embedders): Step<Input> => ({
  name: 'embed',
  background: true,

  async load(tx, source) {
    const [[pair], passages] = await tx.several(
      pairById(source.pair),
      passagesToEmbed(source.pair, source.transcript),
    )
    return pair && { source, language: pair.language, passages }
  },

  async run({ signal, progress, round = '' }, { source, language, passages }) {
    const embedder = await embedders.current()
    const without = embedder.knows(language) ? passages.filter(one => one.embedder !== embedder.name) : []
    const vectors: { id: string; vector: Float32Array }[] = []
    let next: readonly NewChore[] = []
    try {
      for (let from = 0; from < without.length; from += batchSize) {
        const batch = without.slice(from, from + batchSize)
        const texts = batch.map(({ text }) => text)
        const made = await embedder.embed(texts, { signal })
        for (const [index, { id }] of batch.entries()) {
          const vector = made[index]
          if (vector) vectors.push({ id, vector })
        }
        progress(vectors.length / without.length)
      }
    } catch (error) {
      if (!(error instanceof Refusal) || signal.aborted) throw error
      next = embedAgain(source, timesAgain(round), error)
    }
    return {
      engine: embedder.name,
      counts: { passages: vectors.length, left: without.length - vectors.length },
      next: [...next],
      async write(tx) {
        if (vectors.length > 0) await tx.run(...storeVectors(source.pair, embedder.name, vectors))
      },
    }
  },
})
