import type { PromiseChange } from '../../../../src/domain/api/findings.ts'
import type { PairView } from '../../../../src/domain/api/pairs.ts'
import { byWords, countWords, dayIn, shortDay } from '../../format.ts'

const stateWords = { done: 'kept', dropped: 'dropped', open: 'open again' }

/** "moved from 17 to 20 November", "kept", "given to Tunde". */
export const changeWords = (pair: PairView, change: PromiseChange): string => {
  const { state, stateBefore, due, dueBefore, owner, ownerBefore, reworded } = change
  const wasOpen = stateBefore === 'open' || stateBefore === 'done' || stateBefore === 'dropped'
  const words = [
    state !== stateBefore && (wasOpen ? stateWords[state] : 'confirmed'),
    wasOpen && due !== dueBefore && movedWords(due, dueBefore),
    wasOpen &&
      owner !== ownerBefore &&
      (owner === null ? 'given to nobody yet' : `given to ${byWords(pair, owner)}`),
    wasOpen && reworded && 'worded anew',
  ]
  return words.filter(Boolean).join(', ')
}

const movedWords = (due: string | null, before: string | null): string => {
  if (due === null) return 'its day taken away'
  return before === null ? `set for ${shortDay(due)}` : `moved from ${shortDay(before)} to ${shortDay(due)}`
}

/** Who changed what and when, the same for both; folded, for it is looked up and not read. */
export const Changes = ({ pair, changes }: { pair: PairView; changes: readonly PromiseChange[] }) => {
  const told = changes
    .map(change => ({ change, words: changeWords(pair, change) }))
    .filter(({ words }) => words !== '')
  if (told.length === 0) return null
  return (
    <details class="changes">
      <summary class="small">{countWords(told.length, 'change', 'changes')}</summary>
      <ol class="small quiet">
        {told.map(({ change, words }) => (
          <li key={change.at}>
            <time dateTime={change.at}>{shortDay(dayIn(pair.timezone, change.at))}</time>,{' '}
            {byWords(pair, change.by)}: {words}
          </li>
        ))}
      </ol>
    </details>
  )
}
