import { randomBytes } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Command } from 'commander'
import { readCallerFolder, readConfig } from '../config.ts'
import { Refusal } from '../domain/errors.ts'
import { packed } from '../store/backup.ts'
import {
  clusterIn,
  diskFull,
  notedSchema,
  postgresVersion,
  refuseForeignFolder,
} from '../store/data-folder.ts'
import { syncPath } from '../store/durable-files.ts'
import { lockFolder } from '../store/folder-lock.ts'
import { sealing } from '../store/sealed.ts'
import { askForCopy } from './control.ts'
import { readKey } from './backup-key.ts'
import { refuseServers } from './on-servers.ts'

/** `rapport backup FILE`: all data as of now in one sealed file, while the program runs or not. */
export const backup = (program: Command): void => {
  program
    .command('backup')
    .argument('<file>', 'where to write it; must not exist yet')
    .description('write all data into one sealed file, also while Rapport runs')
    .option('--key-file <file>', 'a file with the key to seal it with; without one a new key is printed')
    .addHelpText(
      'after',
      `
The file holds everything there is, sealed with the key. Without a key file a new key is made and printed
on stdout, once: keep it apart from the file, for nobody can open it without. Restore it with
  RAPPORT_DATA=new-folder rapport restore FILE --key-file KEY
What is erased later is still in older backups: keep no more of them than you need.`,
    )
    .action(async (file: string, { keyFile }: { readonly keyFile?: string }) => {
      const config = readConfig()
      refuseServers(
        config,
        'Copy it with PostgreSQL’s own pg_dump --format=custom, as the user of DATABASE_MIGRATION_URL, and seal the file.',
      )
      const { dataFolder } = config
      const target = resolve(readCallerFolder(), file)
      if (existsSync(target))
        throw new Refusal('file-exists', 409, `${file} is there already. Name a file that is not.`)
      if (!existsSync(clusterIn(dataFolder)))
        throw new Refusal(
          'folder-empty',
          404,
          `There is no database in ${dataFolder}. Is RAPPORT_DATA the right folder?`,
        )
      const key = keyFile === undefined ? randomBytes(32).toString('base64url') : await readKey(keyFile)
      await using source = await standingStill(dataFolder)
      await write(source.cluster, notedSchema(dataFolder), key, target)
      if (keyFile === undefined) process.stdout.write(`${key}\n`)
      const { size } = await stat(target)
      process.stderr.write(
        `${file} has all data of ${dataFolder} (${Math.ceil(size / 1024 / 1024)} MB), sealed` +
          `${keyFile === undefined ? ' with the key above. Keep it apart from the file: nobody can open it without' : ''}.\n`,
      )
    })
}

/** The files of a database while nobody writes to them: its own where nobody runs it, else a copy. */
const standingStill = async (folder: string): Promise<{ readonly cluster: string } & AsyncDisposable> => {
  let lock: Disposable
  try {
    lock = lockFolder(folder)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'folder-in-use') throw error
    const cluster = await askForCopy(folder)
    return { cluster, [Symbol.asyncDispose]: () => rm(cluster, { recursive: true, force: true }) }
  }
  try {
    refuseForeignFolder(folder, Number.POSITIVE_INFINITY)
  } catch (error) {
    lock[Symbol.dispose]()
    throw error
  }
  return { cluster: clusterIn(folder), [Symbol.asyncDispose]: async () => lock[Symbol.dispose]() }
}

/** Under another name until it is whole and on the disk. */
const write = async (cluster: string, schema: number, key: string, target: string): Promise<void> => {
  const part = `${target}.part`
  const header = { postgres: postgresVersion, schema, at: new Date().toISOString() }
  try {
    await pipeline(
      Readable.from(packed(cluster, header)),
      createGzip(),
      sealing(key),
      createWriteStream(part, { mode: 0o600, flush: true }),
    )
    await rename(part, target)
    syncPath(dirname(target))
  } catch (error) {
    await rm(part, { force: true })
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') throw diskFull(dirname(target))
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EPERM')
      throw new Refusal(
        'file-unwritable',
        400,
        `${target} cannot be written. Check the folder and its rights.`,
      )
    throw error
  }
}
