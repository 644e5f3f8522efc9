import { useWatched, watched } from './watched.ts'

/** What was just done, for everybody to see and hear, and one way back for it. */
export interface Said {
  readonly text: string
  readonly undo?: () => void | Promise<void>
}

const now = watched<Said | null>(null)
/** What only a screen reader needs to be told; it leaves the way back where it is. */
const heard = watched('')

export const say = (text: string, undo?: Said['undo']): void => {
  now.set(undo ? { text, undo } : { text })
  heard.set(text)
}
export const announce = (text: string): void => heard.set(text)
export const unsay = (): void => now.set(null)

/** Takes back what was done last, if it can be. */
export const undoLast = (): void => {
  const undo = now.get()?.undo
  if (!undo) return
  unsay()
  void undo()
}

export const useSaid = (): Said | null => useWatched(now)
export const useHeard = (): string => useWatched(heard)
