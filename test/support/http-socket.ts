import { vi } from 'vitest'
import type { LiveMessage } from '../../src/domain/api/live.ts'
import { type RawAnswer, sendRaw } from './http-raw.ts'
import type { Visitor } from './program.ts'

/** A page that listens. */
export interface Listener extends Disposable {
  readonly heard: LiveMessage[]
  send(wish: unknown): void
  /** Says what to watch and waits until that is understood: `sound` makes something happen there. */
  watch(pair: string, sound: () => Promise<unknown>): Promise<void>
  /** Code and reason, once it is closed. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
}

/** The origin as a browser would send it from the page itself. */
export const originOf = (url: string): string => new URL(url).origin

export const listen = async (who: Visitor): Promise<Listener> => {
  const socket = new WebSocket(`${who.url.replace('http', 'ws')}/api/live`, {
    // Node's own client takes headers, which a page cannot set.
    headers: { cookie: who.cookie ?? '', origin: originOf(who.url) },
  } as unknown as string[])
  const heard: LiveMessage[] = []
  socket.addEventListener('message', ({ data }) => heard.push(JSON.parse(String(data)) as LiveMessage))
  const closed = new Promise<{ code: number; reason: string }>(resolve =>
    socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason })),
  )
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error('the socket was refused')))
  })
  const send = (wish: unknown) => socket.send(typeof wish === 'string' ? wish : JSON.stringify(wish))
  return {
    heard,
    send,
    async watch(pair, sound) {
      send({ watch: [pair] })
      await vi.waitFor(
        async () => {
          await sound()
          if (!heard.some(message => message.pair === pair)) throw new Error('nothing is heard yet')
        },
        { timeout: 10_000 },
      )
    },
    closed,
    [Symbol.dispose]: () => socket.close(),
  }
}

/** Asks for the upgrade and nothing more, as a browser or as something else; the answer when it is refused. */
export const askForUpgrade = (
  who: Visitor,
  { origin = originOf(who.url), path = '/api/live' }: { origin?: string | null; path?: string } = {},
): Promise<RawAnswer> =>
  sendRaw(who.url, [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(who.url).host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(origin === null ? [] : [`Origin: ${origin}`]),
    ...(who.cookie === null ? [] : [`Cookie: ${who.cookie}`]),
  ])
