import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Command } from 'commander'
import { readCallerFolder, readConfig } from '../config.ts'
import { Refusal } from '../domain/errors.ts'
import { type BackupHeader, endOldSessions, unpackInto } from '../store/backup.ts'
import {
  beginRestore,
  clusterIn,
  emptyAgain,
  endRestore,
  forgetRestore,
  postgresVersion,
} from '../store/data-folder.ts'
import { openEmbedded } from '../store/embedded.ts'
import { repeatErasures } from '../store/erasing-person.ts'
import { ourMigrations } from '../store/migrations.ts'
import { lockFolder } from '../store/folder-lock.ts'
import { readMigrations, schemaNewer } from '../store/migrate.ts'
import { backupIncomplete, unsealing } from '../store/sealed.ts'
import { readKey } from './backup-key.ts'
import { refuseServers } from './on-servers.ts'

interface Options {
  readonly keyFile: string
  readonly erasedIn?: string
}

/** `rapport restore FILE`: a backup into a folder that is empty or not there yet. */
export const restore = (program: Command): void => {
  program
    .command('restore')
    .argument('<file>', 'a file that `backup` wrote')
    .description('bring a backup into an empty data folder')
    .requiredOption('--key-file <file>', 'a file with the key that it was sealed with')
    .option(
      '--erased-in <folder>',
      'the data folder used until now: what was erased there is erased here too',
    )
    .addHelpText(
      'after',
      `
The data goes to RAPPORT_DATA, which must be empty or not there yet: nothing is ever overwritten. A backup
of an older Rapport is brought to the newest schema. Everybody signs in again, and links that were made
before open nothing. What was erased after the backup was made is in it again: name the folder that was in use
since then with --erased-in, and it is erased once more. Stop the Rapport that uses that folder first.`,
    )
    .action(async (file: string, { keyFile, erasedIn }: Options) => {
      const config = readConfig()
      refuseServers(
        config,
        'Bring back what pg_dump wrote with PostgreSQL’s own pg_restore, into an empty database, and run: npm run rapport -- migrate.',
      )
      const { dataFolder } = config
      const path = resolve(readCallerFolder(), file)
      if (!existsSync(path)) throw new Refusal('file-missing', 400, `There is no file ${file}.`)
      if (existsSync(dataFolder) && readdirSync(dataFolder).length > 0)
        throw new Refusal(
          'folder-not-empty',
          409,
          `The folder ${dataFolder} is not empty. Name another with RAPPORT_DATA, or move this one away.`,
        )
      const before = erasedIn === undefined ? undefined : resolve(readCallerFolder(), erasedIn)
      if (before !== undefined && !existsSync(clusterIn(before)))
        throw new Refusal('folder-empty', 404, `There is no database in ${erasedIn}. Nothing was restored.`)
      const key = await readKey(keyFile)
      // Opened first: one that is in use, or newer, is refused before anything is written.
      await using since = before === undefined ? undefined : await openEmbedded({ folder: before })
      const { length } = await readMigrations(ourMigrations)
      const made = await bring(path, key, dataFolder, header => refuseNewer(header, length))
      await using database = await openEmbedded({ folder: dataFolder })
      await endOldSessions(database)
      const erased = since === undefined ? 0 : await repeatErasures(since, database)
      process.stderr.write(
        `${dataFolder} has the data as it was at ${made.at}${since ? `, but for ${erased} erased since` : ''}. Everybody signs in again; start it with RAPPORT_DATA=${dataFolder}.\n`,
      )
    })
}

const refuseNewer = ({ postgres, schema }: BackupHeader, newest: number): void => {
  if (schema > newest || Number(postgres) > Number(postgresVersion)) throw schemaNewer()
  if (postgres !== postgresVersion)
    throw new Refusal(
      'database-version',
      500,
      `This backup was made with PostgreSQL ${postgres}, and this Rapport brings ${postgresVersion}. ` +
        'Restore it with the version that made it.',
    )
}

/** All of it or nothing: what fails on the way leaves the folder as empty as it was. */
const bring = async (
  path: string,
  key: string,
  folder: string,
  check: (header: BackupHeader) => void,
): Promise<BackupHeader> => {
  const wasThere = existsSync(folder)
  const lock = lockFolder(folder)
  let made: BackupHeader | undefined
  try {
    beginRestore(folder)
    await pipeline(createReadStream(path), unsealing(key), createGunzip(), source =>
      unpackInto(source, clusterIn(folder), header => {
        check(header)
        made = header
      }),
    )
    if (!made) throw backupIncomplete()
    endRestore(folder)
    lock[Symbol.dispose]()
    return made
  } catch (error) {
    forgetRestore(folder)
    lock[Symbol.dispose]()
    emptyAgain(folder, wasThere)
    throw isBroken(error) ? backupIncomplete() : error
  }
}

/** zlib's own complaints: whoever has the key made this file badly. */
const isBroken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code?.startsWith('Z_') ?? false
