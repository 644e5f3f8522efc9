import { useEffect, useState } from 'preact/hooks'

/** A value outside the page's parts, which draw themselves again when it changes. */
export interface Watched<Value> {
  get(): Value
  set(value: Value): void
  watch(listener: () => void): () => void
}

export const watched = <Value>(first: Value): Watched<Value> => {
  let now = first
  const listeners = new Set<() => void>()
  return {
    get: () => now,
    set: value => {
      if (value === now) return
      now = value
      for (const listener of listeners) listener()
    },
    watch: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const useWatched = <Value>({ get, watch }: Watched<Value>): Value => {
  const [value, setValue] = useState(get)
  useEffect(() => {
    const update = () => setValue(() => get())
    update()
    return watch(update)
  }, [get, watch])
  return value
}
