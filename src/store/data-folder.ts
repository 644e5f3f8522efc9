import { randomUUID } from 'node:crypto'
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../domain/errors.ts'
import { syncPath, syncTree } from './durable-files.ts'
import { schemaNewer } from './migrate.ts'

/**
 * What stands in a data folder: `database` (PostgreSQL's own files), `lock` and `holder` (who has it
 * open), `control` (where a running program is asked for a copy), `schema` (its newest migration),
 * `first-start` or `restoring` for as long as there is no database yet, and `copy-…` while one is made.
 */

/** The PostgreSQL that PGlite brings: the files of another cannot be opened. */
export const postgresVersion = '18'

/** Two segments of the write-ahead log: with less, a commit may be the one that finds no room. */
const leastRoom = 32 * 1024 * 1024

export const clusterIn = (folder: string): string => join(folder, 'database')
const firstStart = (folder: string): string => join(folder, 'first-start')
const restoring = (folder: string): string => join(folder, 'restoring')
const schemaFile = (folder: string): string => join(folder, 'schema')

/**
 * Looks at a folder before anything in it is opened. True when its database has to be made: a first
 * start that was ended midway has acknowledged nothing and begins again. What is there otherwise is
 * never made anew, however damaged.
 *
 * @throws Refusal `schema-newer`, `database-version`, `database-damaged`, `restore-unfinished`,
 *   `folder-unwritable`.
 */
export const isNew = (folder: string, newestMigration: number): boolean => {
  const cluster = clusterIn(folder)
  for (const name of readdirSync(folder))
    if (name.startsWith(copyName)) rmSync(join(folder, name), { recursive: true, force: true })
  if (existsSync(firstStart(folder))) rmSync(cluster, { recursive: true, force: true })
  else if (existsSync(cluster)) {
    refuseForeignFolder(folder, newestMigration)
    // The kernel's lock is ours: whoever wrote this is gone. Killed before its first byte, PostgreSQL
    // would take the empty file for another server's and never open the folder again.
    rmSync(join(cluster, 'postmaster.pid'), { force: true })
    return false
  }
  writeFileSync(firstStart(folder), '', { flush: true })
  syncPath(folder)
  return true
}

/** Looks at what there is without opening it. @throws Refusal as `isNew` does. */
export const refuseForeignFolder = (folder: string, newestMigration: number): void => {
  if (existsSync(restoring(folder)))
    throw new Refusal(
      'restore-unfinished',
      500,
      `A backup was being restored into ${folder} and did not come to its end. Empty the folder and restore it again.`,
    )
  if (notedSchema(folder) > newestMigration) throw schemaNewer()
  const cluster = clusterIn(folder)
  const version = join(cluster, 'PG_VERSION')
  if (!existsSync(version)) throw databaseDamaged(folder)
  const made = readFileSync(version, 'utf8').trim()
  if (made !== postgresVersion)
    throw new Refusal(
      'database-version',
      500,
      `The database in ${folder} was made with PostgreSQL ${made}, and this Rapport brings ${postgresVersion}. ` +
        'Start the version that made it, and restore a backup of it here.',
    )
  try {
    accessSync(join(cluster, 'global', 'pg_control'), constants.R_OK | constants.W_OK)
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? databaseDamaged(folder) : unwritable(folder)
  }
}

/** The newest migration as it was noted beside the database; 0 where it was not. */
export const notedSchema = (folder: string): number => {
  try {
    return Number(readFileSync(schemaFile(folder), 'utf8')) || 0
  } catch {
    return 0
  }
}

/**
 * The new database stands on the disk: it was written before the hook that syncs, so all of it is synced
 * once. Only it, never the folder's own files: opening and closing `lock` gives a POSIX lock away.
 */
export const endFirstStart = (folder: string): void => {
  syncTree(clusterIn(folder))
  rmSync(firstStart(folder))
  // Were the mark to come back after a power cut, the next start would take the database away.
  syncPath(folder)
}

/** From here to `endRestore` nobody takes what is in the folder for a database. */
export const beginRestore = (folder: string): void => {
  writeFileSync(restoring(folder), '', { flush: true })
  syncPath(folder)
}

export const endRestore = (folder: string): void => {
  syncTree(clusterIn(folder))
  syncPath(folder)
  rmSync(restoring(folder))
  syncPath(folder)
}

/** Takes away what a restore that failed has written. */
export const forgetRestore = (folder: string): void => {
  rmSync(clusterIn(folder), { recursive: true, force: true })
  rmSync(restoring(folder), { force: true })
}

/** A folder that came to nothing is as empty as it was, or not there. Its lock has been given back. */
export const emptyAgain = (folder: string, wasThere: boolean): void => {
  if (!wasThere) return rmSync(folder, { recursive: true, force: true })
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
}

const copyName = 'copy-'
export const newCopyIn = (folder: string): string => join(folder, `${copyName}${randomUUID()}`)

/** Copies the files of a database that stands still. @throws Refusal `disk-full` before it would be. */
export const copyCluster = (folder: string, to: string): void => {
  const cluster = clusterIn(folder)
  const { bavail, bsize } = statfsSync(folder)
  const names = readdirSync(cluster, { recursive: true, encoding: 'utf8' })
  const needed = names.reduce((sum, name) => sum + statSync(join(cluster, name)).size, 0)
  if (bavail * bsize < needed + leastRoom) throw diskFull(folder)
  try {
    cpSync(cluster, to, { recursive: true, mode: constants.COPYFILE_FICLONE })
  } catch (error) {
    rmSync(to, { recursive: true, force: true })
    throw error
  }
}

/** Lets an older program see that this is not for it without opening the database, which itself knows best. */
export const noteSchema = (folder: string, newestMigration: number): void => {
  if (notedSchema(folder) === newestMigration) return
  try {
    writeFileSync(schemaFile(folder), `${newestMigration}\n`)
  } catch {
    // Nothing depends on it.
  }
}

/** @throws Refusal `disk-full` while there is still room to end in an orderly way. */
export const refuseWhenFull = (folder: string): void => {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < leastRoom) throw diskFull(folder)
}

export const diskFull = (folder: string): Refusal =>
  new Refusal(
    'disk-full',
    507,
    `The disk that holds ${folder} is full, so nothing was kept of this. Make room, then try again.`,
  )

export const unwritable = (folder: string): Refusal =>
  new Refusal(
    'folder-unwritable',
    500,
    `The data folder ${folder} cannot be written. Check its owner and rights, or choose another with RAPPORT_DATA.`,
  )

export const databaseDamaged = (folder: string): Refusal =>
  new Refusal(
    'database-damaged',
    500,
    `The database in ${folder} could not be opened: it is damaged, or not one of Rapport's. ` +
      'Keep the folder as it is, and restore a backup into another one (RAPPORT_DATA).',
  )
