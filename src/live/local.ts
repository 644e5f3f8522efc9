import type { Bus, BusEvent } from '../domain/ports.ts'

/** Live updates inside one process. A listener that throws keeps nothing from the others. */
export const localBus = (): Bus => {
  const listeners = new Set<(event: BusEvent) => void>()
  return {
    async publish(event) {
      for (const listener of listeners)
        try {
          listener(event)
        } catch {
          // A listener is a socket about to close; its own handlers deal with that.
        }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async [Symbol.asyncDispose]() {
      listeners.clear()
    },
  }
}
