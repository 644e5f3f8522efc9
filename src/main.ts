import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'
import { failureName, Refusal } from './domain/errors.ts'
import type { Embedder, Embedders } from './domain/ports.ts'
import { openBundledEmbedder } from './embed/bundled.ts'
import type { AppOptions } from './http/app.ts'
import { openAnalysis } from './pipeline/analysis.ts'
import { chores, schedules } from './pipeline/chores.ts'
import { inboxSchedule } from './pipeline/inbox.ts'
import { rhythmSchedule } from './pipeline/keep-rhythms.ts'
import { remindSchedule } from './pipeline/remind.ts'
import { writingCoach } from './coach/offline/coach.ts'
import { briefChore, briefsSchedule } from './pipeline/prepare-briefs.ts'
import { openCoachDesk } from './pipeline/coach-desk.ts'
import { vectorsSchedule } from './pipeline/embed-again.ts'
import { switchingEmbedders } from './pipeline/embedders.ts'
import { switchingCoach } from './pipeline/model-coach.ts'
import { openWriter } from './pipeline/model-writer.ts'
import { runnerOf } from './pipeline/runner.ts'
import { keepTicking } from './pipeline/schedule.ts'
import { openSmtp } from './pipeline/smtp.ts'
import { afterMeeting } from './pipeline/steps.ts'
import type { Queue } from './queue/queue.ts'
import { openSize, type Size } from './size.ts'
import type { Database } from './store/database.ts'
import type { EmbeddedDatabase } from './store/embedded.ts'
import { firstStartLink } from './store/links.ts'
import { keepTidy } from './store/maintenance.ts'

const builtPage = fileURLToPath(new URL('../dist/web', import.meta.url))

/** A program that answers people. */
export interface Running extends AsyncDisposable {
  /** Where it listens, without a trailing slash. */
  readonly url: string
  readonly database: Database
  /** The same one, where it is in a folder: it can be copied. */
  readonly embedded: EmbeddedDatabase | null
  /** The link that makes the owner; null once there is one. Shown once, never logged. */
  firstStart(): Promise<{ readonly url: string; readonly expiresAt: string } | null>
  /** Loads the sample and so on: says that jobs were enqueued. */
  wake(): void
}

/** What a test listens in on. */
export type Parts = Pick<AppOptions, 'logTo'>

type Report = (error: unknown) => void

/** Who makes vectors: the bundled model, and whichever the settings name. */
const openVectors = (config: Config, database: Database, opened: AsyncDisposableStack) => {
  const embedder = opened.use(openBundledEmbedder())
  return {
    embedder,
    embedders: switchingEmbedders({ database, environment: config.model, bundled: embedder }),
  }
}

/** Who writes pages for one reader: nothing of it reads a transcript, so it needs no thread of its own. */
const writing = (config: Config, database: Database) =>
  switchingCoach({ database, environment: config.model, offline: writingCoach })

/** Does what jobs ask for, and looks what has become due. */
const openWork = async (
  config: Config,
  size: Size,
  opened: AsyncDisposableStack,
  report: Report,
  { embedder, embedders }: { readonly embedder: Embedder; readonly embedders: Embedders },
): Promise<Queue> => {
  const { database, bus } = size
  const mailer = config.mail ? opened.use(openSmtp(config.mail.url, config.mail.from)) : null
  const analysis = opened.use(openAnalysis())
  const coach = switchingCoach({ database, environment: config.model, offline: analysis.coach })
  const steps = afterMeeting({ analysis, coach, embedder, embedders })
  const brief = briefChore({ database, environment: config.model, coach: writing(config, database) })
  const queue = opened.use(
    await size.carry(runnerOf({ database, bus, steps, chores: [...chores(), brief] }), report),
  )
  const clock = { now: () => new Date() }
  opened.use(
    keepTicking({
      database,
      schedules: [
        ...schedules,
        vectorsSchedule(embedders),
        rhythmSchedule(bus),
        briefsSchedule(config.model),
        remindSchedule({ mailer, publicUrl: config.publicUrl }),
        ...(config.inbox === null ? [] : [inboxSchedule(bus, config.inbox)]),
      ],
      clock,
      wake: () => queue.wake(),
      onError: report,
    }),
  )
  return queue
}

/**
 * Wires the program: config → size (database, live) → app → queue. Owns nothing itself; what was
 * opened is closed in reverse order, also when a later part fails to open. With `onlyAnswers` the
 * jobs are left to the workers.
 *
 * @throws Refusal with a sentence for whoever started it, e.g. `folder-in-use`, `port-in-use`.
 */
export const startRapport = async (
  config: Config,
  { onlyAnswers = false, ...parts }: Parts & { readonly onlyAnswers?: boolean } = {},
): Promise<Running> => {
  await using opened = new AsyncDisposableStack()
  const clock = { now: () => new Date() }
  // The server's modules load while the database opens in its thread.
  const [size, { buildApp }] = await Promise.all([openSize(config, opened), import('./http/app.ts')])
  const { database, bus } = size
  const environment = config.model
  const vectors = openVectors(config, database, opened)
  const writer = opened.use(openWriter({ database, bus, environment, coach: writing(config, database) }))
  const metrics = await openFigures(config, database, opened, error =>
    app.log.error({ failure: failureName(error) }, 'figures failed'),
  )
  const app = await buildApp({
    database,
    clock,
    queue: { wake: () => queue.wake() },
    bus,
    embedders: vectors.embedders,
    coach: openCoachDesk(database, environment),
    writer,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    mailed: config.mail !== null,
    inbox: config.inbox,
    isReady: size.isReady,
    metrics,
    assets: existsSync(builtPage) ? builtPage : null,
    logLevel: config.logLevel,
    ...parts,
  })
  // After the app, for a job that was left over may fail at once and has to be told of somewhere.
  const report = (error: unknown) => app.log.error({ failure: failureName(error) }, 'background work failed')
  const queue =
    onlyAnswers && config.server
      ? opened.use(await size.carry(null, report))
      : await openWork(config, size, opened, report, vectors)
  opened.defer(() => app.close())
  opened.use(keepTidy(database, report))
  await app.listen({ host: config.host, port: config.port }).catch((error: NodeJS.ErrnoException) => {
    throw notListening(error, config)
  })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  const shown = config.host === '::1' ? '[::1]' : 'localhost'
  const url = config.publicUrl ?? `http://${shown}:${port}`

  const owned = opened.move()
  return {
    url,
    database,
    embedded: size.embedded,
    firstStart: () => firstStartLink(database, { publicUrl: url }),
    wake: () => queue.wake(),
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}

/**
 * A process that does jobs and answers nobody. What it is doing when it is disposed of has twenty
 * seconds to end and is given back then.
 *
 * @throws Refusal with a sentence for whoever started it, e.g. `database-unreachable`.
 */
export const startWorker = async (config: Config, report: Report): Promise<AsyncDisposable> => {
  await using opened = new AsyncDisposableStack()
  const size = await openSize(config, opened)
  await openFigures(config, size.database, opened, report)
  await openWork(config, size, opened, report, openVectors(config, size.database, opened))
  return opened.move()
}

/** Figures of this process, where they are asked for. */
const openFigures = async (
  { metrics, host }: Config,
  database: Database,
  opened: AsyncDisposableStack,
  onError: Report,
) => {
  if (!metrics) return undefined
  const { openMetrics } = await import('./http/metrics.ts')
  const made = await openMetrics({ ...metrics, database, onError }).catch((error: NodeJS.ErrnoException) => {
    throw notListening(error, { host, port: metrics.port }, 'METRICS_PORT')
  })
  return opened.use(made)
}

const notListening = (
  error: NodeJS.ErrnoException,
  { host, port }: Pick<Config, 'host' | 'port'>,
  setting = 'PORT',
): unknown => {
  if (error.code === 'EADDRINUSE')
    return new Refusal(
      'port-in-use',
      409,
      `Port ${port} is in use by another program. Stop that one, or choose another port with ${setting} (0: any that is free).`,
    )
  if (error.code === 'EACCES')
    return new Refusal(
      'port-forbidden',
      403,
      `Port ${port} needs more rights. Choose one above 1023 with ${setting}.`,
    )
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new Refusal('host-unknown', 400, `HOST ${host} is not an address of this machine.`)
  return error
}
