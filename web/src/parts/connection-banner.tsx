import { reachable } from '../connection.ts'
import { countWords } from '../format.ts'
import { kept } from '../outbox.ts'
import { useWatched } from '../watched.ts'
import { Icon } from './icon.tsx'

/** Says first what still works while nobody answers, and what waits for a decision afterwards. */
export const ConnectionBanner = () => {
  const isReachable = useWatched(reachable)
  const changes = useWatched(kept)
  const waiting = changes.filter(({ conflict }) => !conflict)
  const conflict = changes.find(change => change.conflict)
  return (
    <div class="banner-place" role="status" aria-label="Connection">
      {!isReachable && (
        <div class="banner">
          <Icon name="note" />
          <p>
            <b>The server cannot be reached.</b> Go on reading, writing and settling.{' '}
            {waiting.length > 0
              ? `${countWords(waiting.length, 'change is', 'changes are')} kept in this browser and sent when it is back.`
              : 'What you change is kept in this browser and sent when it is back.'}
          </p>
        </div>
      )}
      {isReachable && conflict && conflict.page !== location.pathname && (
        <div class="banner">
          <Icon name="note" />
          <p>
            <b>Somebody was quicker.</b> A change you made while the server was away waits for your decision.{' '}
            <a href={conflict.page}>Look at it</a>
          </p>
        </div>
      )}
    </div>
  )
}
