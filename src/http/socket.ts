import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { type LiveMessage, LiveWish } from '../domain/api/live.ts'
import { asPerson } from '../store/database.ts'
import { myPairs } from '../store/pairs.ts'
import type { Dependencies } from './app.ts'

/** A slow reader is let go rather than buffered for: it reconnects and reads the rows. */
const mostBuffered = 1_000_000
const largestWish = 8_192

/**
 * One socket for everything live. It carries ids and numbers; whoever receives them reads the rows
 * as themselves. The Origin was checked before the upgrade like that of any request that changes
 * something: without the check another site's page could open it with this person's cookie.
 */
export const socket: FastifyPluginAsyncZod<Dependencies> = async (app, { database, bus }) => {
  app.get('/api/live', { websocket: true, config: { live: true } }, (connection, request) => {
    const { id: person } = request.person
    const watched = new Set<string>()

    const unsubscribe = bus.subscribe(event => {
      if (!watched.has(event.pair)) return
      if (connection.bufferedAmount > mostBuffered) return connection.close(1013, 'too slow')
      connection.send(JSON.stringify(event satisfies LiveMessage))
    })
    connection.on('close', unsubscribe)
    connection.on('error', unsubscribe)

    connection.on('message', (data: Buffer) => {
      if (data.length > largestWish) return connection.close(1009, 'too large')
      const wish = LiveWish.safeParse(parsed(data))
      if (!wish.success) return connection.close(1007, 'not understood')
      void database
        .read(asPerson(person), myPairs())
        .then(([mine]) => {
          const ids = new Set(mine.map(pair => pair.id))
          watched.clear()
          for (const pair of wish.data.watch) if (ids.has(pair)) watched.add(pair)
        })
        .catch(() => connection.close(1011, 'try again'))
    })
  })
}

const parsed = (data: Buffer): unknown => {
  try {
    return JSON.parse(data.toString('utf8'))
  } catch {
    return undefined
  }
}
