import { existsSync, readdirSync } from 'node:fs'
import { Argument, type Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { Refusal } from '../domain/errors.ts'
import {
  clusterIn,
  diskFull,
  emptyAgain,
  noteSchema,
  refuseForeignFolder,
  refuseWhenFull,
} from '../store/data-folder.ts'
import { lockFolder } from '../store/folder-lock.ts'
import { migrate, type Migration, readMigrations } from '../store/migrate.ts'
import { ourMigrations } from '../store/migrations.ts'
import { databaseInUse, type Moved, moveRows, type Place, type TableSum } from '../store/moving.ts'

/** `rapport move servers|folder`: all rows from one size to the other. */
export const move = (program: Command): void => {
  program
    .command('move')
    .addArgument(
      new Argument('<to>', 'where the data is to be: on the servers, or in the folder').choices([
        'servers',
        'folder',
      ]),
    )
    .description('move all data from the folder to PostgreSQL, or back')
    .addHelpText(
      'after',
      `
The folder is RAPPORT_DATA, the servers are DATABASE_URL, DATABASE_MIGRATION_URL and REDIS_URL. Stop every
Rapport first. Where the data goes must be empty: a database after \`rapport migrate\`, a folder that is not there yet.
Every row is copied in one transaction and a checksum of every table compared on both sides before it is kept:
all of it is there afterwards, or nothing. The checksums are printed on stdout, one table a line: rows, sum, table.
What it came from stays as it was. Everybody stays signed in; jobs that had begun begin again.`,
    )
    .action(async (to: 'servers' | 'folder') => {
      const config = readConfig()
      const known = await readMigrations(ourMigrations)
      await using opened = new AsyncDisposableStack()
      const sums = await (to === 'servers' ? toServers : toFolder)(config, known, opened)
      for (const { name, rows, sum } of sums)
        process.stdout.write(`${String(rows).padStart(9)} ${sum.padStart(24)} ${name}\n`)
      const rows = sums.reduce((all, one) => all + one.rows, 0)
      process.stderr.write(
        `${rows.toLocaleString('en')} rows of ${sums.length} tables are ${to === 'servers' ? 'on the servers' : `in ${config.dataFolder}`}, each table with the same checksum. ${
          to === 'servers'
            ? `The folder ${config.dataFolder} stays as it was, with all it held: remove it once you rely on the servers`
            : 'The servers stay as they were, with all they held: unset DATABASE_URL and REDIS_URL to start, and drop that database once you rely on the folder'
        }.\n`,
      )
    })
}

type Way = (config: Config, known: readonly Migration[], opened: AsyncDisposableStack) => Promise<TableSum[]>

const toServers: Way = async (config, known, opened) => {
  const { dataFolder: folder } = config
  if (!existsSync(clusterIn(folder)))
    throw new Refusal(
      'folder-empty',
      404,
      `There is no database in ${folder}. Is RAPPORT_DATA the right folder?`,
    )
  const server = await openServer(config, opened)
  opened.use(lockFolder(folder))
  refuseForeignFolder(folder, known.length)
  const from = await openFolder(folder, known.length, opened)
  const sums = await moveRows(from, server, known, progress())
  await server.exec('analyze')
  return sums
}

const toFolder: Way = async (config, known, opened) => {
  const { dataFolder: folder } = config
  const server = await openServer(config, opened)
  const wasThere = existsSync(folder)
  const wasEmpty = !wasThere || readdirSync(folder).length === 0
  await using held = new AsyncDisposableStack()
  const lock = lockFolder(folder)
  try {
    held.use(lock)
    const to = await openFolder(folder, known.length, held)
    await migrate(to, known)
    noteSchema(folder, known.length)
    const sums = await moveRows(server, to, known, progress())
    await to.exec('vacuum (analyze)')
    await to.exec('checkpoint')
    return sums
  } catch (error) {
    await held.disposeAsync()
    if (wasEmpty) emptyAgain(folder, wasThere)
    throw error
  }
}

const openFolder = async (
  folder: string,
  newestMigration: number,
  opened: AsyncDisposableStack,
): Promise<Place> => {
  const { openCluster, ownerOf } = await import('../store/embedded-cluster.ts')
  // PostgreSQL gave up in the midst of it: what was written is of no transaction that ended.
  const cluster = await openCluster(folder, newestMigration, () => {
    process.stderr.write(`${diskFull(folder).message}\n`)
    process.exit(2)
  })
  opened.defer(() => cluster.database.close())
  return {
    ...ownerOf(cluster),
    called: `The folder ${folder}`,
    refuseWhenFull: () => refuseWhenFull(folder),
  }
}

const openServer = async ({ server }: Config, opened: AsyncDisposableStack): Promise<Place> => {
  if (server === null || server.migrationUrl === null)
    throw new Refusal(
      'config-invalid',
      500,
      `${server ? 'DATABASE_MIGRATION_URL is' : 'DATABASE_URL, DATABASE_MIGRATION_URL and REDIS_URL are'} not set: ` +
        'the servers that the data moves to, or comes from. Prepare an empty database with: npm run rapport -- migrate.',
    )
  const { connectOwner, sessionOf } = await import('../store/postgres-migrate.ts')
  const client = await connectOwner(server.migrationUrl, 'rapport move')
  opened.defer(() => client.end())
  const session = sessionOf(client)
  const called = 'The database of DATABASE_MIGRATION_URL'
  // Idle ones hold no lock, and would write what is not seen here any more.
  const [others] = await session.rows(
    'select count(*)::int as n from pg_stat_activity where datname = current_database() and usename = $1',
    [decodeURIComponent(new URL(server.databaseUrl).username)],
  )
  if (Number(others?.['n']) > 0) throw databaseInUse(called)
  return { ...session, called, refuseWhenFull: () => undefined }
}

/** A line for each table, and every few seconds for a large one. */
const progress = () => {
  let last = 0
  return ({ table, rows, of }: Moved): void => {
    if (rows < of && Date.now() - last < 3_000) return
    last = Date.now()
    process.stderr.write(`${table}: ${rows.toLocaleString('en')} of ${of.toLocaleString('en')}\n`)
  }
}
