import { useRef } from 'preact/hooks'

/** The same act again while it is under way does nothing: a double click is one click. */
export const useOnce = <Args extends unknown[]>(
  act: (...args: Args) => Promise<void>,
): ((...args: Args) => Promise<void>) => {
  const busy = useRef(false)
  return async (...args) => {
    if (busy.current) return
    busy.current = true
    try {
      await act(...args)
    } finally {
      busy.current = false
    }
  }
}

/** The second half of a double click lands on what has moved under the pointer meanwhile. */
export const isSecondClick = (event: MouseEvent): boolean => event.detail > 1

/** A form whose sending is ours and not the browser's. */
export const submits = (act: () => Promise<void>) => (event: Event) => {
  event.preventDefault()
  void act()
}
