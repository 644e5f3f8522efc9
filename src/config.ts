import { readFileSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import type { ModelEnvironment } from './domain/coach-desk.ts'
import { Refusal } from './domain/errors.ts'
import { isLinkLocal } from './domain/model-address.ts'

const blankIsUnset = (value: unknown) => (value === '' ? undefined : value)
const setting = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankIsUnset, schema)

const aContext = 'it is a number of tokens, at least 2000'
const aPort = 'it is a number from 0 to 65535, where 0 takes any port that is free'

const aNumber = (usual: number, least: number, most: number) =>
  z.coerce
    .number(`it is a number from ${least} to ${most}`)
    .int(`it is a number from ${least} to ${most}`)
    .min(least, `it is a number from ${least} to ${most}`)
    .max(most, `it is a number from ${least} to ${most}`)
    .default(usual)
const postgresUrl = z
  .string()
  .regex(/^postgres(?:ql)?:\/\/\S+$/, 'it looks like postgres://rapport_app:password@host:5432/rapport')
  .optional()

/** Every setting there is; the README's table is checked against this. */
const Environment = z.object({
  RAPPORT_DATA: setting(z.string().default('data')),
  HOST: setting(z.string().default('127.0.0.1')),
  PORT: setting(z.coerce.number(aPort).int(aPort).min(0, aPort).max(65_535, aPort).default(7117)),
  PUBLIC_URL: setting(
    z.url({ protocol: /^https$/, error: 'it looks like https://rapport.example.org' }).optional(),
  ),
  TRUST_PROXY: setting(z.enum(['loopback', 'private'], 'it is loopback or private').default('loopback')),
  LOG_LEVEL: setting(
    z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], 'it is one of debug, info, warn, error and silent')
      .default('warn'),
  ),
  DATABASE_URL: setting(postgresUrl),
  REDIS_URL: setting(
    z
      .string()
      .regex(/^rediss?:\/\/\S+$/, 'it looks like redis://:password@host:6379, or rediss:// over TLS')
      .optional(),
  ),
  DATABASE_MIGRATION_URL: setting(postgresUrl),
  DATABASE_CONNECTIONS: setting(aNumber(10, 1, 500)),
  REDIS_CLUSTER: setting(
    z
      .enum(['yes', 'no'], 'it is yes or no')
      .default('no')
      .transform(answer => answer === 'yes'),
  ),
  REDIS_PREFIX: setting(
    z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'it is of a-z, 0-9 and -')
      .default('rapport'),
  ),
  WORK_AT_ONCE: setting(aNumber(2, 1, 100)),
  METRICS_PORT: setting(z.coerce.number(aPort).int(aPort).min(1, aPort).max(65_535, aPort).optional()),
  METRICS_TOKEN: setting(z.string().min(16, 'it has at least 16 signs').optional()),
  LLM_BASE_URL: setting(
    z
      .url({ protocol: /^https?$/, error: 'it looks like http://localhost:11434/v1' })
      .refine(url => !isLinkLocal(url), 'this address is no model’s')
      .optional(),
  ),
  LLM_API_KEY: setting(z.string().optional()),
  OPENAI_API_KEY: setting(z.string().optional()),
  LLM_MODEL: setting(z.string().optional()),
  LLM_FALLBACK_MODEL: setting(z.string().optional()),
  LLM_EMBEDDING_MODEL: setting(z.string().optional()),
  LLM_CONTEXT: setting(z.coerce.number(aContext).int(aContext).min(2_000, aContext).optional()),
  SMTP_URL: setting(
    z
      .url({ protocol: /^smtps?$/, error: 'it looks like smtp://name:password@mail.example.org:587' })
      .optional(),
  ),
  MAIL_FROM: setting(z.string().optional()),
  INTAKE_FOLDER: setting(z.string().optional()),
  INIT_CWD: setting(z.string().optional()),
})

/** What the server size needs; nothing of it is set in the embedded one. */
export interface ServerConfig {
  /** Signs in as the application's role. */
  readonly databaseUrl: string
  /** Signs in as the role that owns the tables; null where nothing is to be migrated. */
  readonly migrationUrl: string | null
  /** Connections of one process at most. */
  readonly connections: number
  readonly redis: { readonly url: string; readonly cluster: boolean; readonly prefix: string }
  /** Jobs that one worker does at a time, for people who wait for them. */
  readonly atOnce: number
}

export interface Config {
  /** Null: everything in one process, the data in a folder. */
  readonly server: ServerConfig | null
  /** Folder of the embedded database, absolute. */
  readonly dataFolder: string
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  /** The https address people type, without a trailing slash; null when bound to loopback. */
  readonly publicUrl: string | null
  /** Whose word counts for where a request came from: a proxy on this machine, or on a private network. */
  readonly trustProxy: 'loopback' | 'private'
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Where figures for Prometheus are told, and what whoever asks must bring; null: nowhere. */
  readonly metrics: { readonly port: number; readonly token: string | null } | null
  /** Null: the environment names no model. */
  readonly model: ModelEnvironment | null
  /** Where reminders leave by e-mail; null: they are kept to be read in the page. */
  readonly mail: { readonly url: string; readonly from: string } | null
  /** The folder that is watched for transcripts, absolute; null: none is. */
  readonly inbox: string | null
}

/** The folder a command was typed in, for commands that need no other setting. */
export const readCallerFolder = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment['INIT_CWD'] || process.cwd()

/**
 * Every setting may be in a file that `NAME_FILE` names, as secrets are handed to containers: what is
 * in the environment itself is seen by whoever may look at the process.
 */
const withFiles = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const read: NodeJS.ProcessEnv = { ...environment }
  for (const name of Object.keys(Environment.shape)) {
    const file = environment[`${name}_FILE`]
    if (!file) continue
    if (environment[name]) throw invalid(`${name} and ${name}_FILE are both set. Leave out one of them.`)
    try {
      read[name] = readFileSync(resolve(readCallerFolder(environment), file), 'utf8').trim()
    } catch {
      throw invalid(`${name}_FILE: the file ${file} is not there, or cannot be opened.`)
    }
  }
  return read
}

const parsedFrom = (environment: NodeJS.ProcessEnv): z.infer<typeof Environment> => {
  const parsed = Environment.safeParse(withFiles(environment))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalid(`${issue?.path.join('.') ?? 'A setting'}: ${issue?.message ?? 'not understood'}.`)
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * The settings as one frozen value. Nothing else reads the environment.
 *
 * @throws Refusal `config-invalid` naming the setting and what to write instead.
 */
export const readConfig = (environment: NodeJS.ProcessEnv = process.env): Config => {
  const settings = parsedFrom(environment)
  if (Boolean(settings.DATABASE_URL) !== Boolean(settings.REDIS_URL))
    throw invalid(
      `${settings.DATABASE_URL ? 'DATABASE_URL' : 'REDIS_URL'} is set alone. The server size needs both; the embedded one needs neither.`,
    )
  if (!loopback.has(settings.HOST) && !settings.PUBLIC_URL)
    throw invalid(
      `HOST is ${settings.HOST}, which others can reach, but there is no PUBLIC_URL. Set PUBLIC_URL to the https address of the proxy in front, or leave HOST at 127.0.0.1.`,
    )
  const server =
    settings.DATABASE_URL !== undefined && settings.REDIS_URL !== undefined
      ? Object.freeze({
          databaseUrl: settings.DATABASE_URL,
          migrationUrl: settings.DATABASE_MIGRATION_URL ?? null,
          connections: settings.DATABASE_CONNECTIONS,
          redis: Object.freeze({
            url: settings.REDIS_URL,
            cluster: settings.REDIS_CLUSTER,
            prefix: settings.REDIS_PREFIX,
          }),
          atOnce: settings.WORK_AT_ONCE,
        })
      : null
  return Object.freeze({
    server,
    dataFolder: isAbsolute(settings.RAPPORT_DATA)
      ? settings.RAPPORT_DATA
      : resolve(readCallerFolder(environment), settings.RAPPORT_DATA),
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    trustProxy: settings.TRUST_PROXY,
    logLevel: settings.LOG_LEVEL,
    metrics:
      settings.METRICS_PORT === undefined
        ? null
        : { port: settings.METRICS_PORT, token: settings.METRICS_TOKEN ?? null },
    model: modelIn(settings),
    mail: mailIn(settings),
    inbox:
      settings.INTAKE_FOLDER === undefined
        ? null
        : resolve(readCallerFolder(environment), settings.INTAKE_FOLDER),
  })
}

const mailIn = ({ SMTP_URL: url, MAIL_FROM: from }: z.infer<typeof Environment>): Config['mail'] => {
  if (url === undefined && from === undefined) return null
  if (url === undefined || from === undefined)
    throw invalid(
      `${url === undefined ? 'MAIL_FROM' : 'SMTP_URL'} is set alone. To send e-mail set SMTP_URL to the mail server and MAIL_FROM to the address that mails come from.`,
    )
  return { url, from }
}

/** The model alone, for commands that need no other setting. */
export const readModelConfig = (environment: NodeJS.ProcessEnv = process.env): ModelEnvironment | null =>
  modelIn(parsedFrom(environment))

/**
 * A library that the model's coach is made of sends every prompt to a service on the web, or prints
 * it, when one of these is set, perhaps for another program: here none of them is.
 */
const telling = /^(?:LANGSMITH|LANGCHAIN)_/

const modelIn = (settings: z.infer<typeof Environment>): ModelEnvironment | null => {
  for (const name of Object.keys(process.env)) if (telling.test(name)) delete process.env[name]
  const { LLM_BASE_URL, LLM_API_KEY, OPENAI_API_KEY, LLM_MODEL } = settings
  if (LLM_MODEL === undefined) {
    // A key alone lies about on many machines: it sends nothing anywhere.
    if (LLM_BASE_URL !== undefined)
      throw invalid('LLM_BASE_URL is set alone. Set LLM_MODEL to the name of a model at that address.')
    return null
  }
  const apiKey = LLM_API_KEY ?? OPENAI_API_KEY ?? null
  if (LLM_BASE_URL === undefined && apiKey === null)
    throw invalid(
      'LLM_MODEL is set alone. Set LLM_BASE_URL to the address it answers at, or LLM_API_KEY for OpenAI’s.',
    )
  return {
    baseUrl: (LLM_BASE_URL ?? 'https://api.openai.com/v1').replace(/\/+$/, ''),
    apiKey,
    model: LLM_MODEL,
    fallbackModel: settings.LLM_FALLBACK_MODEL ?? null,
    embeddingModel: settings.LLM_EMBEDDING_MODEL ?? null,
    context: settings.LLM_CONTEXT ?? null,
  }
}

const invalid = (message: string) => new Refusal('config-invalid', 500, message)
