import type { PairView } from '../../../src/domain/api/pairs.ts'
import { longDay, ownerWords } from '../format.ts'
import type { Wish } from '../outbox.ts'

const stateWords = {
  confirmed: 'Confirmed',
  dismissed: 'Dismissed',
  proposed: 'Not settled',
  open: 'Open',
  done: 'Kept',
  dropped: 'Dropped',
} as const

/** The other was quicker: both stand here, and the last word is asked for. */
export const FindingConflict = ({
  pair,
  mine,
  onTake,
  onLeave,
}: {
  pair: PairView
  mine: Wish
  onTake: () => void
  onLeave: () => void
}) => (
  <div class="both-say" role="alert">
    <p>
      <b>This was changed meanwhile.</b> Above is what it says now. Yours:
    </p>
    {mine.text !== undefined && <p class="said">{mine.text}</p>}
    {mine.owner !== undefined && <p>Who: {ownerWords(pair, mine.owner)}</p>}
    {mine.due !== undefined && <p>Due: {mine.due ? longDay(mine.due) : 'no date'}</p>}
    {mine.state !== undefined && <p>{stateWords[mine.state]}</p>}
    <p class="row">
      <button class="b tiny" type="button" onClick={onTake}>
        Take mine
      </button>
      <button class="b plain tiny" type="button" onClick={onLeave}>
        Leave it as it is now
      </button>
    </p>
  </div>
)
