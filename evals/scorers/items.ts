import type { ActionItemJson } from '../../src/domain/contract.ts'
import type { Counts, Measures } from '../harness/measure.ts'
import { found, share } from '../harness/measure.ts'
import type { Gold } from '../rapport-12.ts'
import { type Matched, type Quoted, sameWords } from './matching.ts'

export type ItemMatch = Matched<Gold['actionItems'][number], ActionItemJson>

/** Action items with their evidence, owners and days. Owner and day count where the item was found. */
export const scoreItems = ({ pairs, missed, extra }: ItemMatch): Counts => {
  const dated = pairs.filter(({ mark }) => mark.dueFrom !== '-')
  return {
    'items.hit': pairs.length,
    'items.claimed': pairs.length + extra.length,
    'items.marked': pairs.length + missed.length,
    'owner.right': pairs.filter(({ mark, claim }) => mark.owner === claim.owner).length,
    'owner.all': pairs.length,
    'due.right': dated.filter(({ mark, claim }) => mark.due === claim.due).length,
    'due.all': dated.length,
  }
}

/** What sounds like a promise and is none: how many of them were taken for one. */
export const scoreHardNegatives = (
  negatives: Gold['hardNegatives'],
  { extra }: { readonly extra: readonly Quoted[] },
): Counts => ({
  'negatives.taken': negatives.filter(negative => extra.some(claim => sameWords(negative, claim))).length,
  'negatives.all': negatives.length,
})

/** Confidence beside what came of it, in ten bins: expected calibration error (Naeini 2015) from their sums. */
export const scoreConfidence = ({ pairs, extra }: ItemMatch): Counts => {
  const counts: Record<string, number> = {}
  const add = (confidence: number, right: number) => {
    const bin = Math.min(9, Math.floor(confidence * 10))
    for (const [name, more] of [
      ['all', 1],
      ['sure', confidence],
      ['right', right],
    ] as const)
      counts[`bin${bin}.${name}`] = (counts[`bin${bin}.${name}`] ?? 0) + more
  }
  for (const { claim } of pairs) add(claim.confidence, 1)
  for (const { confidence } of extra) add(confidence, 0)
  return counts
}

export const bins = Array.from({ length: 10 }, (_, bin) => bin)
export const calibrationError = (sum: Counts): number | null => {
  const all = bins.reduce((total, bin) => total + (sum[`bin${bin}.all`] ?? 0), 0)
  const off = bins.map(bin => Math.abs((sum[`bin${bin}.sure`] ?? 0) - (sum[`bin${bin}.right`] ?? 0)))
  return all === 0 ? null : off.reduce((total, one) => total + one, 0) / all
}

export const itemMeasures: Measures = {
  ...found('items'),
  'owner right': share('owner.right', 'owner.all'),
  'day right': share('due.right', 'due.all'),
  'hard negatives taken': share('negatives.taken', 'negatives.all', 'lower'),
  'calibration error': { of: calibrationError, better: 'lower' },
}
