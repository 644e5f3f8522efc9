import type { SourceView } from '../domain/api/preparation.ts'
import { toLocal } from '../domain/local-time.ts'
import type { Tx } from '../store/database.ts'
import type { PairRecord } from '../store/pairs.ts'
import { sourcesAt } from '../store/sources.ts'

interface Sourced {
  readonly sources: readonly string[]
}

/** Puts in the place of each id where it stands; as the person who asks, who finds only what they may read. */
export const places = async (tx: Tx, pair: PairRecord, sourced: readonly Sourced[]) => {
  const ids = [...new Set(sourced.flatMap(({ sources }) => sources))]
  const found = ids.length === 0 ? [] : await tx.all(sourcesAt(pair.id, ids))
  const known = new Map(
    found.map(({ at, ...source }) => [
      source.id,
      { ...source, day: toLocal(at, pair.timezone).slice(0, 10) },
    ]),
  )
  const place = (id: string): SourceView =>
    known.get(id) ?? { id, kind: 'other', day: null, meeting: null, transcript: null, line: null }
  return <One extends Sourced>(one: One) => ({ ...one, sources: one.sources.map(place) })
}
