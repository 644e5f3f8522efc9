import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import { Refusal } from './domain/errors.ts'

const blankIsUnset = (value: unknown) => (value === '' ? undefined : value)
const setting = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankIsUnset, schema)

const aPort = 'it is a number from 0 to 65535, where 0 takes any port that is free'

/** Every setting there is; the README's table is checked against this. */
const Environment = z.object({
  RAPPORT_DATA: setting(z.string().default('data')),
  HOST: setting(z.string().default('127.0.0.1')),
  PORT: setting(z.coerce.number(aPort).int(aPort).min(0, aPort).max(65_535, aPort).default(7117)),
  PUBLIC_URL: setting(
    z.url({ protocol: /^https$/, error: 'it looks like https://rapport.example.org' }).optional(),
  ),
  LOG_LEVEL: setting(
    z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], 'it is one of debug, info, warn, error and silent')
      .default('warn'),
  ),
  DATABASE_URL: setting(z.string().optional()),
  REDIS_URL: setting(z.string().optional()),
  INIT_CWD: setting(z.string().optional()),
})

export interface Config {
  /** Folder of the embedded database, absolute. */
  readonly dataFolder: string
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  /** The https address people type, without a trailing slash; null when bound to loopback. */
  readonly publicUrl: string | null
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** The folder a command was typed in, for commands that need no other setting. */
export const readCallerFolder = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment['INIT_CWD'] || process.cwd()

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * The settings as one frozen value. Nothing else reads the environment.
 *
 * @throws Refusal `config-invalid` naming the setting and what to write instead.
 */
export const readConfig = (environment: NodeJS.ProcessEnv = process.env): Config => {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw invalid(`${issue?.path.join('.') ?? 'A setting'}: ${issue?.message ?? 'not understood'}.`)
  }
  const settings = parsed.data
  if (Boolean(settings.DATABASE_URL) !== Boolean(settings.REDIS_URL))
    throw invalid(
      `${settings.DATABASE_URL ? 'DATABASE_URL' : 'REDIS_URL'} is set alone. The server size needs both; the embedded one needs neither.`,
    )
  if (settings.DATABASE_URL)
    throw invalid(
      'DATABASE_URL and REDIS_URL are set, but this version runs embedded only. Unset both to start.',
    )
  if (!loopback.has(settings.HOST) && !settings.PUBLIC_URL)
    throw invalid(
      `HOST is ${settings.HOST}, which others can reach, but there is no PUBLIC_URL. Set PUBLIC_URL to the https address of the proxy in front, or leave HOST at 127.0.0.1.`,
    )
  return Object.freeze({
    dataFolder: isAbsolute(settings.RAPPORT_DATA)
      ? settings.RAPPORT_DATA
      : resolve(readCallerFolder(environment), settings.RAPPORT_DATA),
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    logLevel: settings.LOG_LEVEL,
  })
}

const invalid = (message: string) => new Refusal('config-invalid', 500, message)
