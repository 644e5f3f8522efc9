import { useEffect, useState } from 'preact/hooks'
import { undoLast, unsay, useHeard, useSaid } from '../say.ts'

const tenSeconds = 10_000

/** What was just done, with a way back: ten seconds, longer while it has the pointer or the focus. */
export const Toast = () => {
  const said = useSaid()
  const heard = useHeard()
  const [held, hold] = useState(false)
  useEffect(() => {
    if (!said || held) return
    const timer = setTimeout(unsay, said.undo ? tenSeconds : 5_000)
    return () => clearTimeout(timer)
  }, [said, held])
  return (
    <aside class="toast-place" aria-label="Just done">
      <p class="vh" role="status">
        {heard}
      </p>
      {said && (
        <div
          class={said.undo ? 'toast' : 'toast told'}
          onMouseEnter={() => hold(true)}
          onMouseLeave={() => hold(false)}
          onFocusIn={() => hold(true)}
          onFocusOut={() => hold(false)}
        >
          <span>{said.text}</span>
          {said.undo && (
            <button
              type="button"
              onClick={() => {
                hold(false)
                undoLast()
              }}
            >
              Undo
            </button>
          )}
        </div>
      )}
    </aside>
  )
}
