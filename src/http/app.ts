import multipart from '@fastify/multipart'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { account } from './account.ts'
import { agenda } from './agenda.ts'
import { agendaTemplates } from './agenda-templates.ts'
import { serveAssets } from './assets.ts'
import { calendar } from './calendar.ts'
import { coach } from './coach.ts'
import type { Dependencies } from './dependencies.ts'
import { answerClientError, answerErrors, answerUnrouted } from './errors.ts'
import { failedWork } from './failed-work.ts'
import { erasing } from './erasing.ts'
import { exporting } from './export.ts'
import { feedback } from './feedback.ts'
import { feedbackDrafts } from './feedback-drafts.ts'
import { findings } from './findings.ts'
import { growth } from './growth.ts'
import { handover } from './handover.ts'
import { health } from './health.ts'
import { intake } from './intake.ts'
import { intakeKeys } from './intake-keys.ts'
import { jobs } from './jobs.ts'
import { readJson } from './json.ts'
import { keeping } from './keeping.ts'
import { meetings } from './meetings.ts'
import { mirror } from './mirror.ts'
import { notes } from './notes.ts'
import { describeApi } from './openapi.ts'
import { pairs } from './pairs.ts'
import { pairWishesOf } from './pair-wishes.ts'
import { people } from './people.ts'
import { promises } from './promises.ts'
import { reminders } from './reminders.ts'
import { rhythm } from './rhythm.ts'
import { preparation } from './preparation.ts'
import { roadblocks } from './roadblocks.ts'
import { sample } from './sample.ts'
import { search } from './search.ts'
import { secure } from './security.ts'
import { requireSession } from './session.ts'
import { acceptSockets, socket } from './socket.ts'
import { transcripts } from './transcripts.ts'

export interface AppOptions extends Dependencies {
  /** Folder of the built page; null answers that it is missing. */
  readonly assets: string | null
  /** Whose word counts for where a request came from, where there is a proxy; `loopback` when left out. */
  readonly trustProxy?: 'loopback' | 'private'
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Whether what it needs answers. */
  readonly isReady: () => Promise<boolean>
  /** Where the log goes; stderr when left out. */
  readonly logTo?: { write(line: string): void }
}

const resources = [
  account,
  coach,
  people,
  pairs,
  promises,
  pairWishesOf,
  meetings,
  agenda,
  agendaTemplates,
  rhythm,
  reminders,
  calendar,
  notes,
  transcripts,
  intake,
  intakeKeys,
  keeping,
  erasing,
  exporting,
  findings,
  feedback,
  feedbackDrafts,
  growth,
  handover,
  roadblocks,
  preparation,
  mirror,
  jobs,
  failedWork,
  search,
  sample,
  socket,
]

const proxies = { loopback: 'loopback', private: ['loopback', 'linklocal', 'uniquelocal'] }

/**
 * The HTTP server, ready to listen or to be asked in a test. Each resource is an encapsulated
 * plugin; default is deny: a route under /api needs a session unless its config says `public`, and
 * what is not one's own answers 404 like what is not there.
 */
export const buildApp = async (options: AppOptions): Promise<FastifyInstance> => {
  const {
    assets,
    logLevel,
    isReady,
    trustProxy = 'loopback',
    logTo = process.stderr,
    ...dependencies
  } = options
  const app = fastify({
    logger: { level: logLevel, stream: logTo },

    // Fastify's own request lines hold addresses with their queries; ours is below.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1024 * 1024,
    forceCloseConnections: true,
    trustProxy: options.publicUrl === null ? false : proxies[trustProxy],
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerUnrouted,
    clientErrorHandler: answerClientError,
    // A request without a name is refused by us, in our words.
    http: { requireHostHeader: false },
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerErrors(app)
  await acceptSockets(app)
  await secure(app, options.publicUrl)
  readJson(app)
  await requireSession(app, options.database)
  await describeApi(app)
  await app.register(multipart)
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const [route, status, ms] = [routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime]
    options.metrics?.answered(method, route, status, ms / 1_000)
    request.log.info({ method, route, status, ms: Math.round(ms * 10) / 10 }, 'answered')
  })
  for (const resource of resources) await app.register(resource, dependencies)
  await app.register(health, { isReady })
  await serveAssets(app, assets)
  await app.ready()
  return app
}
