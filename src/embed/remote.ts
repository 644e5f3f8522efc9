import type { Embedder } from '../domain/ports.ts'

/** What a model's vectors are like. */
export interface Measured {
  readonly dimension: number
  readonly nearEnough: number
}

export interface RemoteOptions {
  readonly name: string
  /** Null as long as nothing was made with it. */
  readonly known: Measured | null
  /** One question to the server: a vector a text, in order. Rejects with a Refusal. */
  ask(texts: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]>
  /** Written down for every process. */
  learned(measured: Measured): Promise<void>
  /** For vectors that are none: of another length than the others, or all zero. */
  unusable(): Error
  /** Whether fewer texts at once may do better. */
  isTooMuch(error: unknown): boolean
}

/** Texts in one question. Servers limit it (some to 32), and an answer of 16 times 3,072 numbers is 0.6 MB. */
const batchSize = 16

/** About different things, and nobody's: how alike such sentences are differs from model to model. */
const unrelated = [
  'The boiler in the cellar was replaced before the winter began.',
  'Our new colleague starts on Monday and sits by the window.',
  'Please send the invoice to the office in the harbour.',
  'She would like to learn more about soldering next year.',
  'The bakery closes early because of the festival.',
  'The test ran twice and failed at the same place.',
  'I was too short with you in the corridor yesterday.',
  'Four people have asked for the smaller stand at the fair.',
  'The budget for travel is used up until spring.',
  'He waits for the key to the archive.',
  'The roof leaks where the two halls meet.',
  'Let us talk about holidays at the end.',
]

/**
 * So many deviations above the middle of unrelated sentences two of them count as near. With the bundled
 * model (middle .22, deviation .11) that is its own bar of .45, which was chosen on questions of QMSum.
 */
const deviations = 2.2

/** A model behind an address, as an embedder: unit vectors of one length, whatever language the texts are in. */
export const remoteEmbedder = (options: RemoteOptions): Embedder => {
  let known = options.known

  const vectorsOf = async (texts: readonly string[], signal: AbortSignal | undefined) => {
    const made = await options.ask(texts, signal)
    if (made.length !== texts.length) throw options.unusable()
    return made.map(vector => unit(vector) ?? refuse())
  }
  const refuse = (): never => {
    throw options.unusable()
  }
  /** As many as the server takes at once, half of it where that is too much. */
  const inBatches = async (texts: readonly string[], signal: AbortSignal | undefined) => {
    const queue = batchesOf(texts, batchSize)
    const made: Float32Array[] = []
    for (let batch = queue.shift(); batch; batch = queue.shift()) {
      signal?.throwIfAborted()
      try {
        made.push(...(await vectorsOf(batch, signal)))
      } catch (error) {
        if (batch.length < 2 || !options.isTooMuch(error)) throw error
        queue.unshift(...batchesOf(batch, Math.ceil(batch.length / 2)))
      }
    }
    return made
  }
  const measure = async (signal: AbortSignal | undefined): Promise<Measured> => {
    const made = await inBatches(unrelated, signal)
    const measured = { dimension: made[0]?.length ?? 0, nearEnough: nearEnoughOf(made) }
    if (made.some(({ length }) => length !== measured.dimension)) throw options.unusable()
    await options.learned(measured)
    return measured
  }

  return {
    name: options.name,
    dimension: known?.dimension ?? 0,
    nearEnough: known?.nearEnough ?? null,
    knows: () => true,
    async embed(texts, { signal } = {}) {
      if (texts.some(text => text.trim() === '')) throw new RangeError('a blank text has no vector')
      if (texts.length === 0) return []
      known ??= await measure(signal)
      const { dimension } = known
      const made = await inBatches(texts, signal)
      if (made.every(({ length }) => length === dimension)) return made
      // Another model answers to the name: measured anew, it has another name from now on.
      await measure(signal)
      throw options.unusable()
    },
    async [Symbol.asyncDispose]() {
      // Nothing is held open between two questions.
    },
  }
}

const batchesOf = <One>(all: readonly One[], size: number): One[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size))

/** Null for one without a direction. */
const unit = (vector: Float32Array): Float32Array | null => {
  const length = Math.hypot(...vector)
  return length > 0 && Number.isFinite(length) ? vector.map(value => value / length) : null
}

const nearEnoughOf = (vectors: readonly Float32Array[]): number => {
  const cosines = vectors.flatMap((one, index) =>
    vectors.slice(0, index).map(other => one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)),
  )
  const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length
  const spread = Math.sqrt(cosines.reduce((sum, value) => sum + (value - mean) ** 2, 0) / cosines.length)
  return Math.min(mean + deviations * spread, 0.99)
}
