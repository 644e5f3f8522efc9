import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { openPostgres } from '../../src/store/postgres.ts'
import { launch, type Running } from '../../test/support/process.ts'
import { makePerson } from '../../test/support/rows.ts'
import { sql } from '../../src/store/sql.ts'
import { freePort } from '../services/start.ts'
import { openBenchServers } from './bench-servers.ts'
import { atMost, ms, type Part, percentiles, ratio, type Row, type Spread, spreadOf } from './measure.ts'
import { type CrowdMember, joinCrowd } from './socket-crowd.ts'
import { cookieOf, makeMeetings, makePair, managerName } from './workspace.ts'

/** All windows of one 1:1 at once, over two processes: each update goes to every one of them. */
export const sockets: Part = async size => {
  const [clients, updates] = size === 'full' ? [2_000, 100] : [200, 20]
  await using opened = new AsyncDisposableStack()
  const servers = opened.use(await openBenchServers(null))
  const { url } = await servers.newDatabase('sockets')
  const { redisUrl } = servers.services
  const place = await prepare(url)
  const serving = [await serve(url, redisUrl, opened), await serve(url, redisUrl, opened)] as const
  const before = serving.map(({ running }) => residentOf(running))
  const crowd = await gather(clients, index => ({
    url: serving[index % 2]!.url,
    cookie: place.cookies[index % place.cookies.length]!,
    pair: place.pair,
  }))
  await wait(1_000)
  const after = serving.map(({ running }) => residentOf(running))
  const perClient = after.reduce((sum, bytes, at) => sum + bytes - before[at]!, 0) / clients
  const change = () => put(`${serving[0].url}${place.path}`, place.cookies[0])
  const told = await tellAll(crowd, updates, change)
  const slow = await slowOne(serving[1], place, redisUrl, crowd, change)
  for (const { socket } of crowd) socket.destroy()
  const bare = await bareCrowd(clients, updates)
  const beside = `one process of sockets alone: ${percentiles(bare.told)}`
  const rows: Row[] = [
    {
      what: `an update asked for over HTTP, until each of ${clients.toLocaleString('en')} windows has heard of it`,
      figure: percentiles(told),
      beside,
      ratio: ratio(told.p99, bare.told.p99),
      bar: atMost(250, told.p99, 'ms p99'),
    },
    {
      what: 'memory of a window that listens',
      figure: `${Math.round(perClient / 1024)} KB`,
      beside: `sockets alone: ${Math.round(bare.perClient / 1024)} KB`,
      ratio: ratio(perClient, bare.perClient),
      bar: '–',
    },
    {
      what: `a window that reads nothing is let go, after ${slow.messages.toLocaleString('en')} messages of ${slow.bytes.toLocaleString('en')} bytes`,
      figure: `within ${ms(slow.dropped)}`,
      beside: '–',
      ratio: '–',
      bar: atMost(2_000, slow.dropped),
    },
    {
      what: 'an update to all others meanwhile',
      figure: percentiles(slow.others),
      beside: `without it: ${percentiles(told)}`,
      ratio: ratio(slow.others.p99, told.p99),
      bar: atMost(250, slow.others.p99, 'ms p99'),
    },
  ]
  return {
    title: 'Live updates',
    about: `${clients.toLocaleString('en')} sockets over two processes, all in one 1:1; ${updates} updates, one after another; the sockets' other ends in one process on the same machine.`,
    rows,
  }
}

interface Serving {
  readonly running: Running
  readonly url: string
  readonly metrics: string
}

const serve = async (url: string, redisUrl: string, opened: AsyncDisposableStack): Promise<Serving> => {
  const port = await freePort()
  const env = { DATABASE_URL: url, REDIS_URL: redisUrl, PORT: '0', METRICS_PORT: String(port) }
  const running = opened.use(launch(['serve'], { env }))
  const [, at = ''] = await running.says(/Rapport is open at (\S+)[\s\S]*Ctrl-C/)
  return { running, url: at.replace(/\/$/, ''), metrics: `http://127.0.0.1:${port}/metrics` }
}

interface Place {
  readonly pair: string
  readonly path: string
  readonly cookies: readonly string[]
  /** A 1:1 of the same person that nobody watches yet. */
  readonly quiet: string
}

const prepare = async (url: string): Promise<Place> => {
  await using database = await openPostgres({ url, connections: 2 })
  // The first administrator owns the workspace: no first-start link is made.
  await makePerson(database, 'Olive Owner', true)
  const manager = await makePerson(database, managerName)
  const pair = await makePair(database, manager)
  const [meeting = ''] = await makeMeetings(database, manager, pair, 1)
  await database.asPerson(manager, tx =>
    tx.run(sql`update meeting set state = 'planned' where pair_id = ${pair} and id = ${meeting}`),
  )
  const cookies: string[] = []
  for (let made = 0; made < 40; made++) cookies.push(await cookieOf(database, manager))
  return {
    pair,
    path: `/api/pairs/${pair}/meetings/${meeting}/agenda/order`,
    cookies,
    quiet: await makePair(database, manager),
  }
}

const put = async (address: string, cookie = ''): Promise<void> => {
  const headers = { 'content-type': 'application/json', cookie, origin: new URL(address).origin }
  const answer = await fetch(address, { method: 'PUT', headers, body: JSON.stringify({ items: [] }) })
  if (!answer.ok) throw new Error(`${new URL(address).pathname}: ${answer.status}`)
  await answer.arrayBuffer()
}

interface Seat {
  readonly url: string
  readonly cookie: string
  readonly pair: string
}

/** As fast as one session may ask. */
const gather = async (many: number, seatOf: (index: number) => Seat): Promise<CrowdMember[]> => {
  const crowd: CrowdMember[] = []
  for (let index = 0; index < many;) {
    const seats = Array.from({ length: Math.min(50, many - index) }, () => seatOf(index++))
    crowd.push(...(await Promise.all(seats.map(({ url, cookie, pair }) => joinCrowd(url, cookie, pair)))))
  }
  return crowd
}

/** Of each update and each socket how long it took, from asking for the change. */
const tellAll = async (
  crowd: readonly CrowdMember[],
  updates: number,
  change: () => Promise<void>,
): Promise<Spread> => {
  const times: number[] = []
  for (let update = -2; update < updates; update++) {
    for (const member of crowd) member.heard = 0
    const begun = performance.now()
    await change()
    while (crowd.some(({ heard }) => heard === 0)) {
      if (performance.now() - begun > 20_000) throw new Error('an update did not reach all')
      await wait(5)
    }
    if (update >= 0) for (const { last } of crowd) times.push(last - begun)
    await wait(50)
  }
  return spreadOf(times)
}

/** Listens in a 1:1 of its own and reads nothing, while much happens there. */
const slowOne = async (
  { url, metrics }: Serving,
  { cookies, quiet }: Place,
  redisUrl: string,
  crowd: readonly CrowdMember[],
  change: () => Promise<void>,
) => {
  const numbers = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`number${'x'.repeat(at)}`, at]))
  const event = { channel: 'meeting', pair: quiet, id: quiet, event: 'changed', numbers }
  const message = JSON.stringify({ from: crypto.randomUUID(), event })
  const { socket } = await joinCrowd(url, cookies[1]!, quiet)
  await wait(500)
  socket.pause()
  const redis = new Redis(redisUrl)
  const all = await listeners(metrics)
  const begun = performance.now()
  let messages = 0
  let dropped = Number.NaN
  const flooding = (async () => {
    while (Number.isNaN(dropped)) {
      for (let one = 0; one < 200; one++) void redis.publish('{rapport}:live', message)
      messages += 200
      await wait(20)
      if ((await listeners(metrics)) < all) dropped = performance.now() - begun
      else if (performance.now() - begun > 60_000) throw new Error('the slow one is still listened to')
    }
  })()
  const others = await tellAll(crowd, 20, change)
  await flooding
  redis.disconnect()
  socket.destroy()
  return { dropped, messages, bytes: JSON.stringify(event).length, others }
}

const listeners = async (metrics: string): Promise<number> =>
  Number(/^rapport_live_listeners (\d+)/m.exec(await (await fetch(metrics)).text())?.[1])

const bareCrowd = async (clients: number, updates: number) => {
  await using running = launch([], { file: 'scripts/bench/bare-sockets.ts' })
  const [, url = ''] = await running.says(/listening at (\S+)/)
  const before = residentOf(running)
  const crowd = await gather(clients, () => ({ url, cookie: '', pair: '' }))
  await wait(1_000)
  const perClient = (residentOf(running) - before) / clients
  const told = await tellAll(crowd, updates, () => put(`${url}/tell`))
  for (const { socket } of crowd) socket.destroy()
  return { told, perClient }
}

/** Memory a process holds now, in bytes. */
const residentOf = ({ child }: Running): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024
