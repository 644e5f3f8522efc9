import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'
import { failureName, Refusal } from './domain/errors.ts'
import { openBundledEmbedder } from './embed/bundled.ts'
import type { AppOptions } from './http/app.ts'
import { localBus } from './live/local.ts'
import { openAnalysis } from './pipeline/analysis.ts'
import { chores, schedules } from './pipeline/chores.ts'
import { rhythmSchedule } from './pipeline/keep-rhythms.ts'
import { remindSchedule } from './pipeline/remind.ts'
import { runnerOf } from './pipeline/runner.ts'
import { keepTicking } from './pipeline/schedule.ts'
import { openSmtp } from './pipeline/smtp.ts'
import { afterMeeting } from './pipeline/steps.ts'
import { openLocalQueue } from './queue/local.ts'
import { type EmbeddedDatabase, openEmbedded } from './store/embedded.ts'
import { firstStartLink } from './store/links.ts'
import { keepTidy } from './store/maintenance.ts'

const builtPage = fileURLToPath(new URL('../dist/web', import.meta.url))

/** A program that answers people. */
export interface Running extends AsyncDisposable {
  /** Where it listens, without a trailing slash. */
  readonly url: string
  readonly database: EmbeddedDatabase
  /** The link that makes the owner; null once there is one. Shown once, never logged. */
  firstStart(): Promise<{ readonly url: string; readonly expiresAt: string } | null>
  /** Loads the sample and so on: says that jobs were enqueued. */
  wake(): void
}

/** What a test listens in on. */
export type Parts = Pick<AppOptions, 'logTo'>

/**
 * Wires the embedded program: config → database → queue → live → app. Owns nothing itself; what was
 * opened is closed in reverse order, also when a later part fails to open.
 *
 * @throws Refusal with a sentence for whoever started it, e.g. `folder-in-use`, `port-in-use`.
 */
export const startRapport = async (config: Config, parts: Parts = {}): Promise<Running> => {
  await using opened = new AsyncDisposableStack()
  const clock = { now: () => new Date() }
  const opening = openEmbedded({ folder: config.dataFolder })
  // The server's modules load while the database opens in its thread.
  const [database, { buildApp }] = await Promise.all([opening, import('./http/app.ts')])
  opened.use(database)
  const bus = opened.use(localBus())
  const mailer = config.mail ? opened.use(openSmtp(config.mail.url, config.mail.from)) : null
  const embedder = opened.use(openBundledEmbedder())
  const analysis = opened.use(openAnalysis())
  const steps = afterMeeting({ analysis, coach: analysis.coach, embedder })
  const app = await buildApp({
    database,
    clock,
    queue: { wake: () => queue.wake() },
    bus,
    embedder,
    publicUrl: config.publicUrl,
    mailed: config.mail !== null,
    assets: existsSync(builtPage) ? builtPage : null,
    logLevel: config.logLevel,
    ...parts,
  })
  // After the app, for a job that was left over may fail at once and has to be told of somewhere.
  const report = (error: unknown) => app.log.error({ failure: failureName(error) }, 'background work failed')
  const queue = opened.use(
    await openLocalQueue({
      database,
      bus,
      handler: runnerOf({ database, bus, steps, chores: chores() }),
      onError: report,
    }),
  )
  opened.defer(() => app.close())
  opened.use(keepTidy(database, report))
  opened.use(
    keepTicking({
      database,
      schedules: [...schedules, rhythmSchedule(bus), remindSchedule({ mailer, publicUrl: config.publicUrl })],
      clock,
      wake: () => queue.wake(),
      onError: report,
    }),
  )
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
    firstStart: () => firstStartLink(database, { publicUrl: url }),
    wake: () => queue.wake(),
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}

const notListening = (error: NodeJS.ErrnoException, { host, port }: Config): unknown => {
  if (error.code === 'EADDRINUSE')
    return new Refusal(
      'port-in-use',
      409,
      `Port ${port} is in use by another program. Stop that one, or choose another port with PORT (0: any that is free).`,
    )
  if (error.code === 'EACCES')
    return new Refusal(
      'port-forbidden',
      403,
      `Port ${port} needs more rights. Choose one above 1023 with PORT.`,
    )
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new Refusal('host-unknown', 400, `HOST ${host} is not an address of this machine.`)
  return error
}
