import { watched } from './watched.ts'

/** Whether the server answers: every answer says so, and every one that does not come. */
export const reachable = watched(true)

/** Counts the times one can go on: the server is back, or one has signed in again. What waited is sent then. */
export const back = watched(0)
export const goOn = (): void => back.set(back.get() + 1)

const firstWait = 1_000
const longestWait = 15_000
let wait = firstWait
let timer: ReturnType<typeof setTimeout> | undefined

const look = (): void => {
  clearTimeout(timer)
  if (reachable.get()) return
  fetch('/api/health').then(
    ({ ok }) => (ok ? setReachable(true) : lookAgain()),
    () => lookAgain(),
  )
}
const lookAgain = (): void => {
  timer = setTimeout(look, wait)
  wait = Math.min(wait * 2, longestWait)
}
addEventListener('online', look)

export const setReachable = (now: boolean): void => {
  if (now === reachable.get()) return
  reachable.set(now)
  wait = firstWait
  if (now) goOn()
  else lookAgain()
}
