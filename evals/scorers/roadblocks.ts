import type { Counts, Measures } from '../harness/measure.ts'
import { found } from '../harness/measure.ts'

export interface Linked {
  /** The thread the reader put it in, and the one the engine did. */
  readonly mark: string
  readonly claim: string
}

/**
 * Are mentions of one thing in one thread, and of two in two? Pairs of mentions that were found, each
 * counted with the later one: pairwise F1, as of clusterings.
 */
export const scoreLinks = (earlier: readonly Linked[], now: readonly Linked[]): Counts => {
  const pairs = now.flatMap((later, index) =>
    [...earlier, ...now.slice(0, index)].map(one => ({
      marked: one.mark === later.mark,
      claimed: one.claim === later.claim,
    })),
  )
  return {
    'links.hit': pairs.filter(({ marked, claimed }) => marked && claimed).length,
    'links.claimed': pairs.filter(({ claimed }) => claimed).length,
    'links.marked': pairs.filter(({ marked }) => marked).length,
  }
}

export const roadblockMeasures: Measures = { ...found('roadblocks'), ...found('links') }
