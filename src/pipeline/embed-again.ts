import type { Refusal } from '../domain/errors.ts'
import type { Embedders } from '../domain/ports.ts'
import { bundledName } from '../embed/bundled.ts'
import { backgroundPriority, enqueueStep, type NewChore, type Source } from '../store/jobs.ts'
import { embedderInUse, readTranscripts, renewVectors, writeEmbedderInUse } from '../store/vector-use.ts'
import { roundChore, stepLater } from './again.ts'
import type { Chore } from './chore.ts'
import type { Schedule } from './schedule.ts'

/** After everything else that nobody waits for: a whole workspace may be in line. */
const lastPriority = backgroundPriority + 10

/** The rest of a transcript's vectors, once the endpoint may answer again. */
export const embedAgain = (source: Source, times: number, { details }: Refusal): NewChore[] => [
  stepLater('embed-again', source, times, lastPriority, details?.['retryAfter']),
]

export const embedAgainChore = roundChore('embed-again', 'embed', lastPriority)

/** Every transcript of a pair once more through the step that makes vectors; what has its own stays. */
export const renewVectorsChore: Chore<{ readonly sources: readonly Source[]; readonly round: string }> = {
  name: 'renew-vectors',
  async load(tx, { pairId, key }) {
    if (!pairId) return undefined
    const found = await tx.all(readTranscripts(pairId))
    return {
      sources: found.map(({ transcript, meeting }) => ({ pair: pairId, meeting, transcript })),
      round: key.slice(key.lastIndexOf(':') + 1),
    }
  },
  run: async (_context, { sources, round }) => ({
    engine: 'none',
    counts: { transcripts: sources.length },
    next: [],
    async write(tx) {
      if (sources.length > 0)
        await tx.run(...sources.map(source => enqueueStep('embed', source, lastPriority, round)))
    },
  }),
}

/** Looks every minute whether another embedder counts than before. */
export const vectorsSchedule = (embedders: Embedders): Schedule => ({
  name: 'vectors',
  everySeconds: 60,
  async run(database) {
    const { name } = await embedders.current()
    return database.asSystem('jobs', async tx => {
      const before = await tx.first(embedderInUse())
      if ((before?.name ?? bundledName) === name) return 0
      const [, pairs = 0] = await tx.run(
        writeEmbedderInUse(name),
        renewVectors(crypto.randomUUID(), lastPriority),
      )
      return pairs
    })
  },
})
