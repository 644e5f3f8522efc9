import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Embedder } from '../../src/domain/ports.ts'

const folder = join(import.meta.dirname, '../../.cache/evals/vectors')

/** Vectors of these texts, kept between runs under the hash of texts and embedder: 36 a second is all there are. */
export const keptVectors = async (embedder: Embedder, texts: readonly string[]): Promise<Float32Array[]> => {
  const key = createHash('sha256')
    .update(JSON.stringify([embedder.name, texts]))
    .digest('hex')
  const file = join(folder, `${key}.f32`)
  const kept = await readFile(file).catch(() => null)
  const size = embedder.dimension
  if (kept?.length === texts.length * size * 4) {
    const all = new Float32Array(kept.buffer.slice(kept.byteOffset, kept.byteOffset + kept.length))
    return texts.map((_, index) => all.subarray(index * size, (index + 1) * size))
  }
  const vectors: Float32Array[] = []
  for (let from = 0; from < texts.length; from += 32)
    vectors.push(...(await embedder.embed(texts.slice(from, from + 32))))
  await mkdir(folder, { recursive: true })
  const bytes = vectors.map(vector => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength))
  await writeFile(file, Buffer.concat(bytes))
  return vectors
}
