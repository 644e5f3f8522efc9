import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import { Refusal } from './domain/errors.ts'

const blankIsUnset = (value: unknown) => (value === '' ? undefined : value)
const setting = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankIsUnset, schema)

/** Every setting there is; the README's table is checked against this. */
const Environment = z.object({
  RAPPORT_DATA: setting(z.string().default('data')),
  HOST: setting(z.string().default('127.0.0.1')),
  PORT: setting(z.coerce.number().int().min(0).max(65_535).default(7117)),
  PUBLIC_URL: setting(z.url({ protocol: /^https$/ }).optional()),
  LOG_LEVEL: setting(z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn')),
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
  /** The folder a command was typed in: npm changes the working directory. */
  readonly callerFolder: string
}

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
  const callerFolder = settings.INIT_CWD ?? process.cwd()
  return Object.freeze({
    dataFolder: isAbsolute(settings.RAPPORT_DATA)
      ? settings.RAPPORT_DATA
      : resolve(callerFolder, settings.RAPPORT_DATA),
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    logLevel: settings.LOG_LEVEL,
    callerFolder,
  })
}

const invalid = (message: string) => new Refusal('config-invalid', 500, message)
