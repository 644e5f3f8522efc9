import { useState } from 'preact/hooks'
import type { CalendarFeed, NewCalendarFeed } from '../../../../src/domain/api/rhythm.ts'
import { post, remove, sentence } from '../../api.ts'
import { shortDay } from '../../format.ts'
import { useLoaded } from '../../load.ts'
import { say } from '../../say.ts'

/** One's own calendar feed: its address is shown once, and a new one ends the old. */
export const Feed = () => {
  const { value, reload } = useLoaded<CalendarFeed>('/me/calendar')
  const [url, setUrl] = useState<string>()
  const make = async () => {
    try {
      setUrl((await post<NewCalendarFeed>('/me/calendar')).url)
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  }
  const end = async () => {
    try {
      await remove('/me/calendar')
      setUrl(undefined)
      say('The address opens nothing any more.')
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  }
  const copy = async () => {
    if (url === undefined) return
    await navigator.clipboard.writeText(url).then(
      () => say('Copied. Give it to your calendar as a subscription.'),
      () => say('Select the address and copy it.'),
    )
  }
  return (
    <>
      <p class="small quiet">
        Your own feed of all your 1:1s, with dates only and no words from the agenda. Whoever has the address
        can read them.
      </p>
      {url !== undefined && (
        <p class="link-out">
          <input class="in" readOnly aria-label="Address of your calendar feed" value={url} />
        </p>
      )}
      <p class="row hang space-s feed-acts">
        {url !== undefined && (
          <button class="b plain tiny" type="button" onClick={() => void copy()}>
            Copy the address
          </button>
        )}
        {url === undefined && (
          <button class="b plain tiny" type="button" onClick={() => void make()}>
            {value?.since ? 'Make a new address' : 'Make an address'}
          </button>
        )}
        {value?.since && (
          <button class="b plain tiny" type="button" onClick={() => void end()}>
            Stop it
          </button>
        )}
      </p>
      {value?.since && url === undefined && (
        <p class="small quiet">Made on {shortDay(value.since)}. A new address ends the old one.</p>
      )}
    </>
  )
}
