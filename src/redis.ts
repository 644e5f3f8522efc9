import { Cluster, Redis } from 'ioredis'
import { Refusal } from './domain/errors.ts'

export interface RedisSettings {
  /** `redis://` or, over TLS, `rediss://`; several nodes of a cluster may be named, with commas. */
  readonly url: string
  readonly cluster: boolean
  /** Before every key and channel, so that several workspaces may share a server. */
  readonly prefix: string
}

/** Makes connections to one Redis; closes them all at the end. */
export interface RedisLink extends AsyncDisposable {
  /** In braces: a cluster keeps all keys with it together, as scripts over several keys need. */
  readonly prefix: string
  /** `patient` waits however long Redis is away, `prompt` says so after a few seconds. */
  connect(kind: 'patient' | 'prompt'): Redis | Cluster
  /** Whether it answers. */
  ping(): Promise<boolean>
}

interface Patience {
  readonly maxRetriesPerRequest: number | null
  readonly commandTimeout?: number
  readonly connectTimeout?: number
}

/** After so many milliseconds a prompt connection stops waiting for an answer. */
const promptly = 3_000
const retryStrategy = (times: number) => Math.min(times * 50, 1_000)

/**
 * @throws Refusal `redis-unreachable`; `redis-evicts` where it may drop jobs, with the line that changes it.
 */
export const openRedis = async ({ url, cluster, prefix }: RedisSettings): Promise<RedisLink> => {
  const open = new Set<Redis | Cluster>()
  const make = (options: Patience): Redis | Cluster => {
    const nodes = url.split(',')
    const [first = url] = nodes
    if (!cluster) return new Redis(first, { ...options, retryStrategy })
    const { username, password, protocol } = new URL(first)
    return new Cluster(nodes, {
      clusterRetryStrategy: retryStrategy,
      redisOptions: {
        ...options,
        ...(username && { username: decodeURIComponent(username) }),
        ...(password && { password: decodeURIComponent(password) }),
        ...(protocol === 'rediss:' && { tls: {} }),
      },
    })
  }
  const link: RedisLink = {
    prefix: `{${prefix}}`,
    connect(kind) {
      const connection = make(
        kind === 'patient'
          ? { maxRetriesPerRequest: null }
          : { maxRetriesPerRequest: 1, commandTimeout: promptly, connectTimeout: promptly },
      )
      // It tries again by itself; what it was asked meanwhile fails at the one who asked.
      connection.on('error', () => undefined)
      open.add(connection)
      return connection
    },
    ping: () =>
      asking.ping().then(
        () => true,
        () => false,
      ),
    async [Symbol.asyncDispose]() {
      for (const connection of open) connection.disconnect()
    },
  }
  const asking = link.connect('prompt')
  try {
    refuseEviction(await asking.info('memory'))
  } catch (error) {
    await link[Symbol.asyncDispose]()
    throw error instanceof Refusal ? error : unreachable()
  }
  return link
}

const unreachable = () =>
  new Refusal(
    'redis-unreachable',
    500,
    'The Redis of REDIS_URL cannot be reached or refuses to let us in. Is it running, and are user and password right?',
  )

/** Under any other policy a full Redis drops keys, and with them jobs or their locks. */
const refuseEviction = (memory: string): void => {
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1]
  if (policy === 'noeviction') return
  throw new Refusal(
    'redis-evicts',
    500,
    `Redis may drop jobs when its memory is full (maxmemory-policy is ${policy ?? 'unknown'}). Run: ` +
      'redis-cli config set maxmemory-policy noeviction — and write maxmemory-policy noeviction into redis.conf.',
  )
}
