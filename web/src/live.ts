import type { LiveMessage, LiveWish } from '../../src/domain/api/live.ts'
import { ApiFailure, get } from './api.ts'
import { back } from './connection.ts'

/** The socket says that something changed; the page then reads the rows as its own person. */

type Listener = (message: LiveMessage) => void
const listeners = new Map<string, Set<Listener>>()
const firstWait = 500
const longestWait = 15_000
let socket: WebSocket | undefined
let wait = firstWait
let timer: ReturnType<typeof setTimeout> | undefined

/** Says something if there is somebody to hear it; nothing of it is kept. */
export const sendLive = (message: LiveWish): void => {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
}
const wish = (): void => sendLive({ watch: [...listeners.keys()] })

const connectLater = (): void => {
  clearTimeout(timer)
  timer = setTimeout(connect, wait)
  wait = Math.min(wait * 2, longestWait)
}

const connect = (): void => {
  clearTimeout(timer)
  if (socket || listeners.size === 0) return
  const address = new URL('/api/live', location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  const made = new WebSocket(address)
  socket = made
  made.onopen = () => {
    wait = firstWait
    wish()
    // Whatever happened while nobody listened is read now.
    for (const [pair, own] of listeners)
      for (const listener of own) listener({ channel: 'meeting', pair, id: pair, event: 'changed' })
  }
  made.onmessage = event => {
    const message = JSON.parse(String(event.data)) as LiveMessage
    for (const listener of listeners.get(message.pair) ?? []) listener(message)
  }
  made.onclose = () => {
    socket = undefined
    if (listeners.size === 0) return
    // A request tells what a socket cannot: whether nobody answers, or one was signed out.
    get('/session').then(connectLater, (failure: unknown) => {
      if (!(failure instanceof ApiFailure && failure.status === 401)) connectLater()
    })
  }
}

back.watch(() => {
  wait = firstWait
  connect()
})

/** Calls back for everything that happens in a pair, until the returned function is called. */
export const onLive = (pair: string, listener: Listener): (() => void) => {
  const own = listeners.get(pair) ?? new Set()
  listeners.set(pair, own.add(listener))
  connect()
  wish()
  return () => {
    own.delete(listener)
    if (own.size === 0) listeners.delete(pair)
    wish()
  }
}
