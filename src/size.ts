import type { Config, ServerConfig } from './config.ts'
import type { Bus } from './domain/ports.ts'
import { localBus } from './live/local.ts'
import { openLocalQueue } from './queue/local.ts'
import type { Handler, Queue } from './queue/queue.ts'
import type { Database } from './store/database.ts'
import { type EmbeddedDatabase, openEmbedded } from './store/embedded.ts'
import { ping } from './store/ping.ts'

/**
 * What differs between the two sizes: database, jobs and live updates of one process in a folder, or of
 * any number of them on PostgreSQL and Redis. Nothing else knows which it is.
 */
export interface Size {
  readonly database: Database
  /** The same one, where it is in a folder: it can be copied. */
  readonly embedded: EmbeddedDatabase | null
  readonly bus: Bus
  /** Carries jobs to a handler; without one, to the processes that have one. */
  carry(handler: Handler | null, onError: (error: unknown) => void): Promise<Queue>
  /** Whether database and Redis answer. */
  isReady(): Promise<boolean>
}

/** What was opened is put on the stack, also when a later part fails to open. */
export const openSize = (config: Config, opened: AsyncDisposableStack): Promise<Size> =>
  config.server ? servers(config.server, opened) : embedded(config.dataFolder, opened)

const embedded = async (folder: string, opened: AsyncDisposableStack): Promise<Size> => {
  const database = opened.use(await openEmbedded({ folder }))
  const bus = opened.use(localBus())
  return {
    database,
    embedded: database,
    bus,
    carry: (handler, onError) =>
      handler
        ? openLocalQueue({ database, bus, handler, onError })
        : Promise.reject(new Error('nobody else works here')),
    isReady: () => answers(database),
  }
}

/** Loaded only where they are used: the embedded size starts without. */
const servers = async (config: ServerConfig, opened: AsyncDisposableStack): Promise<Size> => {
  const [{ openPostgres }, { openRedis }, { openRedisBus }] = await Promise.all([
    import('./store/postgres.ts'),
    import('./redis.ts'),
    import('./live/redis.ts'),
  ])
  const { databaseUrl: url, connections, atOnce } = config
  const database = opened.use(await openPostgres({ url, connections }))
  const redis = opened.use(await openRedis(config.redis))
  const { prefix } = redis
  const bus = opened.use(
    await openRedisBus({ publisher: redis.connect('prompt'), subscriber: redis.connect('patient'), prefix }),
  )
  return {
    database,
    embedded: null,
    bus,
    async carry(handler, onError) {
      await using stack = new AsyncDisposableStack()
      const { openRelay } = await import('./queue/relay.ts')
      const relay = stack.use(openRelay({ database, connection: redis.connect('prompt'), prefix, onError }))
      if (handler) {
        const { openBullWorkers } = await import('./queue/bullmq.ts')
        const connection = redis.connect('patient')
        const concurrency = { prompt: atOnce, background: 1 }
        stack.use(
          openBullWorkers({ database, bus, handler, onError, connection, prefix, concurrency, relay }),
        )
      }
      const owned = stack.move()
      return { wake: relay.wake, [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose]() }
    },
    isReady: async () => (await redis.ping()) && (await answers(database)),
  }
}

const answers = (database: Database): Promise<boolean> =>
  database.read(...ping).then(
    () => true,
    () => false,
  )
