import type { KnownRoadblock } from '../../domain/ports.ts'
import { hashed, steps } from './features.ts'
import { matterOf, rarityIn, stemsOf, sum } from './matters.ts'
import type { Meeting } from './meeting.ts'

const shares = [0.1, 0.2, 0.3, 0.45, 0.6]
const rarities = [0.2, 0.35, 0.5, 0.7, 1]

/**
 * What speaks for an utterance's coming back to something that stood in the way before: hashed signs, one row per
 * utterance, empty where nothing is shared. What is told again is told in few words: "Letters, no."
 */
export function knownSigns(meeting: Meeting, roadblocks: readonly KnownRoadblock[]): Int32Array[] {
  if (roadblocks.length === 0) return meeting.utterances.map(() => new Int32Array(0))
  const rarity = rarityIn(meeting.utterances)
  const stems = meeting.utterances.map(({ words }) => stemsOf(words))
  const threads = roadblocks.map(({ said, isResolved }) => {
    const each = said.map(quote => matterOf(quote, meeting.roster))
    const counts = new Map<string, number>()
    for (const words of each) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
    // A word that several mentions share names the matter.
    const core = new Set([...counts].filter(([, count]) => count > 1).map(([word]) => word))
    return { words: new Set(counts.keys()), core, isResolved }
  })
  return meeting.utterances.map((_, at) => {
    const here = stems[at]!
    const near = new Set([...(stems[at - 1] ?? []), ...here, ...(stems[at + 1] ?? [])])
    let best: { names: string[]; weight: number } | null = null
    for (const { words, core, isResolved } of threads) {
      const shared = here.intersection(words)
      const around = near.intersection(words)
      if (around.size === 0) continue
      const rare = Math.max(0, ...[...shared].map(rarity))
      const weight = sum(shared, rarity) + sum(around, rarity) / 2
      if (best !== null && best.weight >= weight) continue
      const names = [
        'known',
        `known:${isResolved}`,
        ...steps('known-share', sum(shared, rarity) / Math.max(1, sum(here, rarity)), shares),
        ...steps('known-words', shared.size, [1, 2, 3, 4]),
        ...steps('known-near', around.size, [1, 2, 3, 4, 6]),
        ...steps('known-rare', rare, rarities),
        ...steps('known-core', here.intersection(core).size, [1, 2]),
        ...steps('known-core-near', near.intersection(core).size, [1, 2]),
      ]
      best = { names, weight }
    }
    return best === null ? new Int32Array(0) : hashed(best.names)
  })
}
