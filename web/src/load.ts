import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { get } from './api.ts'
import { back } from './connection.ts'
import { onLive } from './live.ts'

/** Last known answers: a page one has seen stands at once, fresh rows follow in place. */
const known = new Map<string, unknown>()
export const forgetAll = (): void => known.clear()

export interface Loaded<Answer> {
  readonly value: Answer | undefined
  readonly error: unknown
  reload(): Promise<void>
  /** Shows an answer the server has just given, without asking again. */
  set(value: Answer): void
}

/** Milliseconds between a change and reading it. */
const rest = 120
const longestRest = 1_000

/** Reads a path and reads it again when something live says that its pair changed. */
export const useLoaded = <Answer>(path: string | null, pair?: string): Loaded<Answer> => {
  const [state, setState] = useState<{ path: string | null; value: Answer | undefined; error: unknown }>({
    path,
    value: path === null ? undefined : (known.get(path) as Answer | undefined),
    error: undefined,
  })
  const current = useRef(path)
  current.current = path
  // Answers overtake each other: one that was asked for before what is shown now would bring old rows back.
  const turn = useRef({ asked: 0, shown: 0 })
  const set = useCallback(
    (value: Answer) => {
      turn.current.shown = ++turn.current.asked
      if (path !== null) known.set(path, value)
      setState({ path, value, error: undefined })
    },
    [path],
  )
  const reload = useCallback(async (): Promise<void> => {
    if (path === null) return
    const mine = ++turn.current.asked
    const isOvertaken = () => current.current !== path || mine < turn.current.shown
    try {
      const value = await get<Answer>(path)
      if (isOvertaken()) {
        // By a change shown on the page: what else this answer told is read again.
        if (current.current === path && turn.current.asked === turn.current.shown) await reload()
        return
      }
      turn.current.shown = mine
      known.set(path, value)
      setState({ path, value, error: undefined })
    } catch (error) {
      if (!isOvertaken()) setState(before => ({ path, value: before.value, error }))
    }
  }, [path])

  useEffect(() => {
    setState({
      path,
      value: path === null ? undefined : (known.get(path) as Answer | undefined),
      error: undefined,
    })
    void reload()
  }, [path, reload])
  // What could not be read, or changed meanwhile, is read when the server is back.
  useEffect(() => back.watch(() => void reload()), [reload])
  useEffect(() => {
    if (!pair) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = 0
    // Several rows change at once: one reading serves them all. Where it never rests, as with a folder
    // of transcripts, it is once a second.
    const stop = onLive(pair, ({ channel }) => {
      // What both write has a reader of its own.
      if (channel === 'note') return
      timer ??= setTimeout(
        () => {
          timer = undefined
          last = Date.now()
          void reload()
        },
        Math.max(rest, last + longestRest - Date.now()),
      )
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [pair, reload])

  const mine = state.path === path
  return { value: mine ? state.value : undefined, error: mine ? state.error : undefined, reload, set }
}
