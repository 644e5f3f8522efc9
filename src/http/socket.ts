import websocket, { type WebSocket } from '@fastify/websocket'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type LiveMessage, LiveWish } from '../domain/api/live.ts'
import { Refusal } from '../domain/errors.ts'
import { sessionById } from '../store/accounts.ts'
import { asPerson, asSystem } from '../store/database.ts'
import { myPairs } from '../store/pairs.ts'
import { cursorsOf } from './cursors.ts'
import type { Dependencies } from './dependencies.ts'

/** A slow reader is let go rather than buffered for: it reconnects and reads the rows. */
const mostBuffered = 1_000_000
const largestWish = 8_192
/** How often a quiet socket shows that somebody is still there; proxies cut after a minute of silence. */
const heartbeat = 30_000
/** A page that sleeps does not answer a goodbye: unasked, ws waits half a minute for it. */
const farewell = 1_000

/**
 * Lets the server speak WebSocket. Before the hooks that refuse: only then does it close the
 * connection of an upgrade they have refused.
 */
export const acceptSockets = async (app: FastifyInstance): Promise<void> => {
  await app.register(websocket, {
    options: { maxPayload: 64 * 1024 },
    errorHandler: (_error, connection) => connection.terminate(),
    preClose(done) {
      const { clients } = this.websocketServer
      for (const client of clients) client.close(1001, 'stopping')
      setTimeout(() => {
        for (const client of clients) client.terminate()
      }, farewell).unref()
      done()
    },
  })
}

/** One page that listens. */
interface Listener {
  readonly person: string
  end(code: number, reason: string): void
  /** Ends it where its session is over. */
  endWithSession(): void
  tell(message: string): void
}

/**
 * One socket for everything live. It carries ids and numbers, from the page also where a cursor stands; whoever receives them reads the rows
 * as themselves. The Origin was checked before the upgrade like that of any request that changes
 * something: without the check another site's page could open it with this person's cookie.
 */
export const socket: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus, metrics }) => {
  const open = new Set<Listener>()
  /** Who wants to hear of a pair: a sentence for two people costs the same whoever else is there. */
  const watching = new Map<string, Set<Listener>>()
  const unsubscribe = bus.subscribe(event => {
    if (event.channel === 'missed') for (const { end } of open) end(1012, 'something was missed')
    else if (event.channel === 'session')
      for (const { person, endWithSession } of open) {
        if (event.person === person) endWithSession()
      }
    else {
      const { person: only, ...told } = event
      const message = JSON.stringify(told satisfies LiveMessage)
      for (const { person, tell } of watching.get(event.pair) ?? [])
        if (only === undefined || only === person) tell(message)
    }
  })
  app.addHook('onClose', async () => unsubscribe())

  const live = (connection: WebSocket, request: FastifyRequest) => {
    const { id: person, session } = request.person
    const watched = new Set<string>()

    const end = (code: number, reason: string) => {
      stop()
      connection.close(code, reason)
    }
    const endWithSession = () =>
      void database.read(asSystem('sign-in'), sessionById(session)).then(
        ([[alive]]) => alive ?? end(1008, 'signed out'),
        () => end(1011, 'try again'),
      )
    const tell = (message: string) => {
      if (connection.bufferedAmount <= mostBuffered) return connection.send(message)
      // A goodbye would wait behind what is not read: half a minute, in which the buffer stays.
      stop()
      connection.terminate()
    }
    const me: Listener = { person, end, endWithSession, tell }
    open.add(me)

    let isThere = true
    // Not all in the same moment, where all came back in the same moment.
    const beat = setInterval(
      () => {
        if (!isThere) return connection.terminate()
        isThere = false
        connection.ping()
        // A session also ends by itself, with time.
        endWithSession()
      },
      heartbeat * (0.7 + 0.3 * Math.random()),
    )
    const stop = () => {
      clearInterval(beat)
      open.delete(me)
      watch([])
    }
    connection.on('pong', () => (isThere = true))
    connection.on('close', stop)
    connection.on('error', stop)
    metrics?.listening(1)
    connection.once('close', () => metrics?.listening(-1))

    const watch = (pairs: readonly string[]) => {
      for (const pair of watched) {
        const others = watching.get(pair)
        others?.delete(me)
        if (others?.size === 0) watching.delete(pair)
      }
      watched.clear()
      if (!open.has(me)) return
      for (const pair of pairs) {
        watched.add(pair)
        watching.set(pair, (watching.get(pair) ?? new Set()).add(me))
      }
    }
    const wish = (wished: readonly string[]) =>
      void database.read(asPerson(person), myPairs()).then(
        ([mine]) => {
          const ids = new Set(mine.map(pair => pair.id))
          watch(wished.filter(pair => ids.has(pair)))
        },
        () => end(1011, 'try again'),
      )
    const cursors = cursorsOf(person, bus)
    connection.on('close', cursors.leave)

    connection.on('message', (data: Buffer) => {
      if (data.length > largestWish) return end(1009, 'too large')
      const asked = LiveWish.safeParse(parsed(data))
      if (!asked.success) return end(1007, 'not understood')
      if ('watch' in asked.data) wish(asked.data.watch)
      else if (watched.has(asked.data.cursor.pair)) cursors.move(asked.data.cursor)
    })
    // It may have ended between the upgrade's question and now.
    endWithSession()
  }

  app.route({
    method: 'GET',
    url: '/api/live',
    config: { live: true },
    schema: {
      description: 'A WebSocket: `{watch: [pair…]}` there, ids and numbers back.',
      response: { 101: z.null() },
    },
    handler: () => {
      throw new Refusal('upgrade-required', 426, 'This address is a WebSocket. Open the page instead.')
    },
    wsHandler: live,
  })
}

const parsed = (data: Buffer): unknown => {
  try {
    return JSON.parse(data.toString('utf8'))
  } catch {
    return undefined
  }
}
