import type { MeetingView, PairView } from '../../../src/domain/api/pairs.ts'
import { patch, sentence } from '../api.ts'
import { say } from '../say.ts'

const anHour = 3_600_000

/** A meeting whose time has gone by without a word of it: only the two can say whether it took place. */
export const DidYouMeet = ({
  pair,
  meeting,
  reload,
}: {
  pair: PairView
  meeting: MeetingView
  reload: () => Promise<void>
}) => {
  const isOver = Date.parse(meeting.at) + meeting.minutes * 60_000 + anHour < Date.now()
  if (meeting.state !== 'planned' || !isOver) return null
  const path = `/pairs/${pair.id}/meetings/${meeting.id}`
  const answer = async (state: 'held' | 'missed') => {
    try {
      const { version } = await patch<MeetingView>(path, { version: meeting.version, state })
      say(state === 'held' ? 'Kept as held' : 'Kept as missed', async () => {
        await patch(path, { version, state: 'planned' }).catch((failure: unknown) => say(sentence(failure)))
        await reload()
      })
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  }
  return (
    <section class="plate ask-plate" aria-labelledby="did-you-meet">
      <div>
        <h2 id="did-you-meet">Did you meet?</h2>
        <p class="quiet">Nothing here says so yet. A transcript, or a ticked item, would.</p>
      </div>
      <p class="row">
        <button class="b" type="button" onClick={() => void answer('held')}>
          Yes, we met
        </button>
        <button class="b plain" type="button" onClick={() => void answer('missed')}>
          No, we missed it
        </button>
      </p>
    </section>
  )
}
