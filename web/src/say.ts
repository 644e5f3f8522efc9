import { useEffect, useState } from 'preact/hooks'

/** One polite voice for the screen reader, and one way back for what was just done. */

export interface Said {
  readonly text: string
  readonly undo?: () => void | Promise<void>
}

let now: Said | null = null
const listeners = new Set<() => void>()

export const say = (text: string, undo?: Said['undo']): void => {
  now = undo ? { text, undo } : { text }
  listeners.forEach(listener => listener())
}
export const unsay = (): void => {
  now = null
  listeners.forEach(listener => listener())
}
/** Takes back what was done last, if it can be. */
export const undoLast = (): void => {
  const undo = now?.undo
  unsay()
  void undo?.()
}

export const useSaid = (): Said | null => {
  const [, redraw] = useState(0)
  useEffect(() => {
    const listener = () => redraw(count => count + 1)
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [])
  return now
}
