import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Installed } from './find.ts'

export interface ServiceOptions {
  /** Keeps what is acknowledged over a power cut; off, a test run is quicker. */
  readonly durable?: boolean
  /** Redis keeps a log of what it does. */
  readonly redisLog?: boolean
  /** PostgreSQL’s data is in this folder, and stays there: what takes long to fill is filled once. */
  readonly keep?: string
}

/** PostgreSQL and Redis on loopback, in a folder that is gone at the end but for what is to be kept. */
export interface Services extends AsyncDisposable {
  /** Of the superuser, to no database in particular. */
  readonly ownerUrl: string
  readonly redisUrl: string
  readonly postgres: Service
  readonly redis: Service
}

/** One server, to be ended in any way and started again as it was. */
export interface Service {
  readonly pid: () => number
  kill(signal: NodeJS.Signals): void
  /** Resolves when it answers. */
  start(): Promise<void>
  stop(signal?: NodeJS.Signals): Promise<void>
}

const isRoot = process.getuid?.() === 0
const ownerPassword = 'owner of the test'

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** PostgreSQL refuses to run as root; and neither outlives the process that started it. */
const asPostgres = (command: string, args: readonly string[], dies: boolean): [string, string[]] => {
  if (process.platform !== 'linux') return [command, [...args]]
  const user = isRoot ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : []
  return ['setpriv', [...user, ...(dies ? ['--pdeathsig', 'TERM'] : []), command, ...args]]
}

/** Redis answers PING; PostgreSQL says so itself, through its own program. */
const redisAnswers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.once('connect', () => socket.write('PING\r\n'))
    socket.once('data', data => {
      resolve(data.toString().startsWith('+PONG'))
      socket.destroy()
    })
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })
const postgresAnswers = (folder: string, port: number): Promise<boolean> =>
  new Promise(resolve =>
    execFile(join(folder, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)], error =>
      resolve(error === null),
    ),
  )

const service = (
  name: string,
  command: string,
  args: readonly string[],
  answers: () => Promise<boolean>,
): Service => {
  let child: ChildProcess | undefined
  let said = ''
  return {
    pid: () => child?.pid ?? 0,
    kill: signal => void child?.kill(signal),
    async start() {
      const started = spawn(...asPostgres(command, args, true), { stdio: ['ignore', 'ignore', 'pipe'] })
      child = started
      started.stderr?.on('data', (data: Buffer) => (said = `${said}${data.toString()}`.slice(-2_000)))
      for (let tries = 0; tries < 600; tries++) {
        if (started.exitCode !== null) throw new Error(`${name} ended: ${said}`)
        if (await answers()) return
        await wait(50)
      }
      throw new Error(`${name} does not answer: ${said}`)
    },
    async stop(signal = 'SIGINT') {
      const stopping = child
      if (!stopping || stopping.exitCode !== null || stopping.signalCode !== null) return
      const ended = new Promise(resolve => stopping.once('exit', resolve))
      stopping.kill(signal)
      await ended
    },
  }
}

const makeCluster = (installed: Installed, data: string, passwordFile: string): void => {
  const [command, args] = asPostgres(
    join(installed.postgres, 'initdb'),
    ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'].concat([
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
    ]),
    false,
  )
  execFileSync(command, args, { stdio: 'ignore' })
}

/** @throws Error with what the server said, where it does not start. */
export const startServices = async (
  installed: Installed,
  { durable = false, redisLog = false, keep }: ServiceOptions = {},
): Promise<Services> => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-services-'))
  await using opened = new AsyncDisposableStack()
  opened.defer(() => rmSync(folder, { recursive: true, force: true }))
  const [postgresPort, redisPort] = [await freePort(), await freePort()]
  const data = join(keep ?? folder, 'postgres')
  const passwordFile = join(folder, 'password')
  const redisFolder = join(folder, 'redis')
  mkdirSync(redisFolder)
  if (keep !== undefined) mkdirSync(keep, { recursive: true })
  writeFileSync(passwordFile, ownerPassword)
  if (isRoot) {
    const [uid, gid] = ['-u', '-g'].map(flag => Number(execFileSync('id', [flag, 'postgres']).toString()))
    for (const path of [folder, passwordFile, redisFolder, keep ?? []].flat())
      chownSync(path, uid ?? 0, gid ?? 0)
  }
  if (!existsSync(join(data, 'PG_VERSION'))) makeCluster(installed, data, passwordFile)
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(postgresPort),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
  }
  const postgres = service(
    'PostgreSQL',
    join(installed.postgres, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    () => postgresAnswers(installed.postgres, postgresPort),
  )
  const redis = service(
    'Redis',
    installed.redis,
    ['--port', String(redisPort), '--bind', '127.0.0.1', '--dir', redisFolder, '--save', '']
      .concat(['--appendonly', redisLog ? 'yes' : 'no', '--daemonize', 'no', '--logfile', ''])
      .concat(['--maxmemory-policy', 'noeviction']),
    () => redisAnswers(redisPort),
  )
  opened.defer(() => postgres.stop())
  opened.defer(() => redis.stop('SIGKILL'))
  await Promise.all([postgres.start(), redis.start()])
  const owned = opened.move()
  return {
    ownerUrl: `postgres://postgres:${encodeURIComponent(ownerPassword)}@127.0.0.1:${postgresPort}/postgres`,
    redisUrl: `redis://127.0.0.1:${redisPort}`,
    postgres,
    redis,
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}
