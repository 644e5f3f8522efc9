import { rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import { findServices } from '../../scripts/services/find.ts'
import { type Services, startServices } from '../../scripts/services/start.ts'
import { migratePostgres } from '../../src/store/postgres-migrate.ts'
import { launch, type Running } from './process.ts'
import { applicationUrl, ownerUrlOf } from './template.ts'

/** A process of ours that is started again whenever it is gone. */
export interface Member {
  readonly kind: 'serve' | 'work'
  /** Resolves with the process once it is at work. */
  up(): Promise<Running>
  isUp(): boolean
  /** Where it answers; null while it is away, and for workers. */
  url(): string | null
  /** What it said of first starts, newest last. */
  link(): string | null
  /** Ends it at once; another is started half a second later. */
  replace(): Promise<void>
}

export interface Fleet extends AsyncDisposable {
  readonly services: Services
  readonly databaseUrl: string
  /** Of the superuser, whom no policy binds: a test counts with it. */
  readonly ownerUrl: string
  readonly members: readonly Member[]
  /** Everything that any process wrote to either stream. */
  said(): string
  /** Kills Redis and starts it again, with what it had on the disk or without. */
  restartRedis(keeps: boolean): Promise<void>
  redis<T>(ask: (redis: Redis) => Promise<T>): Promise<T>
}

const ready = { serve: /Rapport is open at (\S+)[\s\S]*Ctrl-C/, work: /Working/ }

/** Servers of its own, which may be killed, and two `serve` and two `work` on them, each a process. */
export const startFleet = async (): Promise<Fleet> => {
  const installed = findServices()
  if (typeof installed === 'string') throw new Error(installed)
  await using opened = new AsyncDisposableStack()
  const services = opened.use(await startServices(installed, { durable: true, redisLog: true }))
  const owner = new Client({ connectionString: services.ownerUrl })
  await owner.connect()
  await owner.query('create database fleet')
  await owner.end()
  const ownerUrl = ownerUrlOf(services.ownerUrl, 'fleet')
  const databaseUrl = applicationUrl(services.ownerUrl, 'fleet')
  await migratePostgres({ ownerUrl, url: databaseUrl })

  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: services.redisUrl,
    DATABASE_CONNECTIONS: '6',
    PORT: '0',
    LOG_LEVEL: 'debug',
  }
  const past: string[] = []
  const members = (['serve', 'serve', 'work', 'work'] as const).map(kind => memberOf(kind, env, past))
  opened.defer(async () => void (await Promise.all(members.map(async member => member.end()))))
  await Promise.all(members.map(firstUp))

  const redis: Fleet['redis'] = async ask => {
    const client = new Redis(services.redisUrl, { maxRetriesPerRequest: 3 })
    client.on('error', () => undefined)
    try {
      return await ask(client)
    } finally {
      client.disconnect()
    }
  }
  const owned = opened.move()
  return {
    services,
    databaseUrl,
    ownerUrl,
    members,
    said: () => [...past, ...members.map(member => member.said())].join('\n'),
    redis,
    async restartRedis(keeps) {
      const [, folder = ''] = await redis<string[]>(client => client.config('GET', 'dir'))
      await services.redis.stop('SIGKILL')
      if (!keeps) await rm(`${folder}/appendonlydir`, { recursive: true, force: true })
      await services.redis.start()
    },
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}

/** Four begin at once, and on a busy machine one may give up waiting for its database: it is begun again. */
const firstUp = async (member: Member): Promise<void> => {
  for (let tries = 1; ; tries++)
    try {
      return void (await member.up())
    } catch (error) {
      if (tries === 5) throw error
      await wait(1_000)
    }
}

const memberOf = (kind: 'serve' | 'work', env: Record<string, string>, past: string[]) => {
  let running: Running
  let up: Promise<Running>
  let found: RegExpExecArray | null = null
  let over = false
  const begin = () => {
    found = null
    const begun = launch([kind], { env })
    running = begun
    up = begun.says(ready[kind]).then(match => {
      if (running === begun) found = match
      return begun
    })
    // One that is killed while it starts says nothing; whoever waits asks for the next.
    up.catch(() => undefined)
    // One that found no database, say, is started again, as whatever runs the processes would.
    void begun.ended.then(async ({ stdout, stderr }) => {
      if (running !== begun || over) return
      found = null
      past.push(stdout + stderr)
      await wait(500)
      if (!over) begin()
    })
  }
  begin()
  return {
    kind,
    up: () => up,
    isUp: () => found !== null,
    url: () => (kind === 'serve' ? (found?.[1] ?? null) : null),
    link: () => /\S+#(\S+)/.exec(running.stdout())?.[1] ?? null,
    said: () => running.stdout() + running.stderr(),
    async replace() {
      found = null
      await running.end('SIGKILL')
    },
    async end() {
      over = true
      await running.end('SIGKILL')
    },
  }
}
