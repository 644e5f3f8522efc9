import type { PairView } from '../../../../src/domain/api/pairs.ts'
import { firstName, meOf, otherOf } from '../../format.ts'
import { kindWords, type Place } from './hit.tsx'

export interface Narrowed {
  readonly all: boolean
  /** Id of one of the two; empty: anyone. */
  readonly person: string
  /** So many days back; 0: any time. */
  readonly days: number
  readonly kind: Place['kind'] | ''
}
export const anything: Narrowed = { all: false, person: '', days: 0, kind: '' }

const times = [
  [0, 'Any time'],
  [31, 'In the last month'],
  [92, 'In the last three months'],
  [366, 'In the last year'],
] as const

const isKind = (text: string): text is Place['kind'] => text in kindWords

const back = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** What is sent beside the words. */
export const wishOf = ({ all, person, days, kind }: Narrowed) => ({
  ...(person !== '' && !all ? { person } : {}),
  ...(days > 0 ? { from: back(days) } : {}),
  ...(kind === '' ? {} : { kinds: [kind] }),
})

/** With whom, who said it, when, and of which kind. */
export const Filters = ({
  pair,
  narrowed,
  change,
}: {
  pair: PairView
  narrowed: Narrowed
  change: (part: Partial<Narrowed>) => void
}) => {
  const other = firstName(otherOf(pair).name)
  return (
    <div class="filters" role="group" aria-label="Narrow down">
      <select
        class="in"
        aria-label="With whom"
        value={narrowed.all ? 'all' : 'this'}
        onChange={event => change({ all: event.currentTarget.value === 'all', person: '' })}
      >
        <option value="this">With {other}</option>
        <option value="all">All my 1:1s</option>
      </select>
      <select
        class="in"
        aria-label="Who said it"
        value={narrowed.person}
        disabled={narrowed.all}
        onChange={event => change({ person: event.currentTarget.value })}
      >
        <option value="">Said by anyone</option>
        <option value={meOf(pair).id}>Said by you</option>
        <option value={otherOf(pair).id}>Said by {other}</option>
      </select>
      <select
        class="in"
        aria-label="When"
        value={String(narrowed.days)}
        onChange={event => change({ days: Number(event.currentTarget.value) })}
      >
        {times.map(([days, words]) => (
          <option key={days} value={String(days)}>
            {words}
          </option>
        ))}
      </select>
      <select
        class="in"
        aria-label="Kind"
        value={narrowed.kind}
        onChange={event =>
          change({ kind: isKind(event.currentTarget.value) ? event.currentTarget.value : '' })
        }
      >
        <option value="">Any kind</option>
        {Object.entries(kindWords).map(([kind, words]) => (
          <option key={kind} value={kind}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}
