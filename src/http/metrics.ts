import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { asSystem, type Database } from '../store/database.ts'
import { jobCounts } from '../store/failed-work.ts'

/** What the routes tell of each answer: the route's pattern, never an address. */
export interface Metrics {
  answered(method: string, route: string, status: number, seconds: number): void
  /** 1 when a page begins to listen, -1 when it ends. */
  listening(change: 1 | -1): void
}

export interface MetricsOptions {
  readonly database: Database
  readonly port: number
  /** Whoever asks must bring it; without one it is told on this machine alone. */
  readonly token: string | null
  readonly onError: (error: unknown) => void
}

/** Seconds; the last is everything. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Infinity]

interface Counted {
  readonly labels: string
  readonly counts: number[]
  sum: number
}

/** Labels are routes of ours, methods, statuses, kinds and states: nothing that anybody typed. */
const labelled = (labels: Readonly<Record<string, string | number>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${String(value).replace(/["\\\n]/g, '_')}"`)
    .join(',')

/**
 * Figures of one process in Prometheus' text format, and of the jobs of all, on a port of their own: no word,
 * name or id of anybody is among them. With a token it listens for other machines too.
 */
export const openMetrics = async ({
  database,
  port,
  token,
  onError,
}: MetricsOptions): Promise<Metrics & AsyncDisposable & { readonly port: number }> => {
  const answers = new Map<string, Counted>()
  let listeners = 0
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()

  const text = async (): Promise<string> => {
    const jobs = await database.read(asSystem('jobs'), jobCounts()).then(
      ([rows]) => rows,
      (error: unknown) => {
        onError(error)
        return []
      },
    )
    const { user, system } = process.cpuUsage()
    const waiting = Math.max(0, ...jobs.map(job => job.waiting))
    const lag = delay.percentile(99) / 1e9
    delay.reset()
    return [
      ...told(
        'rapport_http_request_seconds',
        'histogram',
        'Answers by route.',
        [...answers.values()].flatMap(histogram),
      ),
      ...told('rapport_live_listeners', 'gauge', 'Pages that listen to this process.', [` ${listeners}`]),
      ...told(
        'rapport_jobs',
        'gauge',
        'Jobs of the workspace, whichever process carries them.',
        jobs.map(({ kind, state, n }) => `{${labelled({ kind, state })}} ${n}`),
      ),
      ...told('rapport_job_waiting_seconds', 'gauge', 'How long the oldest job waits that may begin.', [
        ` ${waiting}`,
      ]),
      ...told('process_cpu_seconds_total', 'counter', 'Processor time.', [` ${(user + system) / 1e6}`]),
      ...told('process_resident_memory_bytes', 'gauge', 'Memory.', [` ${process.memoryUsage.rss()}`]),
      ...told('nodejs_eventloop_lag_p99_seconds', 'gauge', 'Since it was asked last.', [
        ` ${Number.isNaN(lag) ? 0 : lag}`,
      ]),
      '',
    ].join('\n')
  }

  const wanted = token === null ? null : digest(`Bearer ${token}`)
  const server = createServer((request, response) => {
    const answer = (status: number, body: string) =>
      response
        .writeHead(status, {
          'content-type': 'text/plain; version=0.0.4; charset=utf-8',
          'cache-control': 'no-store',
        })
        .end(body)
    if (wanted && !timingSafeEqual(wanted, digest(request.headers.authorization ?? '')))
      return answer(401, '')
    if (request.method !== 'GET' || request.url !== '/metrics') return answer(404, '')
    return void text().then(
      body => answer(200, body),
      () => answer(500, ''),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, token === null ? '127.0.0.1' : undefined, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    answered(method, route, status, seconds) {
      const labels = labelled({ method, route, status })
      let counted = answers.get(labels)
      if (!counted) answers.set(labels, (counted = { labels, counts: buckets.map(() => 0), sum: 0 }))
      counted.sum += seconds
      for (const [at, most] of buckets.entries()) if (seconds <= most) counted.counts[at]! += 1
    },
    listening: change => void (listeners += change),
    async [Symbol.asyncDispose]() {
      delay.disable()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const digest = (value: string) => createHash('sha256').update(value).digest()

const told = (name: string, type: string, help: string, values: readonly string[]): string[] =>
  values.length === 0
    ? []
    : [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...values.map(value => `${name}${value}`)]

const histogram = ({ labels, counts, sum }: Counted): string[] => [
  ...counts.map(
    (count, at) => `_bucket{${labels},le="${buckets[at] === Infinity ? '+Inf' : buckets[at]}"} ${count}`,
  ),
  `_sum{${labels}} ${sum}`,
  `_count{${labels}} ${counts.at(-1)}`,
]
