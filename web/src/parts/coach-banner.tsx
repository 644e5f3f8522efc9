import { useEffect, useState } from 'preact/hooks'
import type { CoachState } from '../../../src/domain/api/coach.ts'
import { get } from '../api.ts'
import { Icon } from './icon.tsx'

/** How often it is looked whether the model is back. */
const everyMilliseconds = 60_000

/** Says that the model is left alone at the moment; shows nothing while it answers, or where there is none. */
export const CoachBanner = () => {
  const [away, setAway] = useState(false)
  useEffect(() => {
    // Without a server there is another banner, and this one stays as it was.
    const look = () =>
      void get<CoachState>('/coach').then(
        ({ paused }) => setAway(paused !== null),
        () => undefined,
      )
    look()
    const timer = setInterval(look, everyMilliseconds)
    return () => clearInterval(timer)
  }, [])
  return (
    <div class="banner-place" role="status" aria-label="Coach">
      {away && (
        <div class="banner">
          <Icon name="note" />
          <p>
            <b>The coach works offline.</b> Nothing is lost, and it catches up by itself.
          </p>
        </div>
      )}
    </div>
  )
}
