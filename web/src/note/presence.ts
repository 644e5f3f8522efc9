import { watched } from '../watched.ts'

/** Meetings whose note the other one has open, by id. */
export const present = watched<ReadonlySet<string>>(new Set())

export const setPresent = (meeting: string, isHere: boolean): void => {
  if (present.get().has(meeting) === isHere) return
  const next = new Set(present.get())
  if (isHere) next.add(meeting)
  else next.delete(meeting)
  present.set(next)
}
