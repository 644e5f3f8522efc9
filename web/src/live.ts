import type { LiveMessage } from '../../src/domain/api/live.ts'

/** The socket says that something changed; the page then reads the rows as its own person. */

type Listener = (message: LiveMessage) => void
const listeners = new Map<string, Set<Listener>>()
let socket: WebSocket | undefined
let wait = 500

const wish = (): void => {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ watch: [...listeners.keys()] }))
}

const connect = (): void => {
  if (socket || listeners.size === 0) return
  const address = new URL('/api/live', location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  const made = new WebSocket(address)
  socket = made
  made.onopen = () => {
    wait = 500
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
    setTimeout(connect, wait)
    wait = Math.min(wait * 2, 15_000)
  }
}

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
