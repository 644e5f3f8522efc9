import type { MeetingPage } from '../../../src/domain/api/pairs.ts'
import { post } from '../api.ts'
import { longDay } from '../format.ts'
import { forgetAll } from '../load.ts'
import { address, go } from '../route.ts'
import { say } from '../say.ts'
import { Erase } from './erase.tsx'

/** At the foot of a meeting that is over. */
export const EraseMeeting = ({ page: { pair, meeting } }: { page: MeetingPage }) => (
  <Erase
    id="erase-day"
    summary="Erase this meeting"
    type="date"
    label="Type the date to go on"
    hint={longDay(meeting.local)}
    act="Erase it"
    onErase={async day => {
      await post(`/pairs/${pair.id}/meetings/${meeting.id}/erasure`, { day })
      say('The meeting is erased, for both of you.')
      // What was seen of it is gone from this window too.
      forgetAll()
      go(address.pair(pair.id))
    }}
  >
    Erasing takes the agenda, the notes of both of you, the transcript and everything found in it, also
    promises that were confirmed.
  </Erase>
)
