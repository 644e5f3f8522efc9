import type { Command } from 'commander'
import { readConfig, type ServerConfig } from '../config.ts'
import { Refusal } from '../domain/errors.ts'

/** `rapport migrate`: brings the data to the newest schema and stops. */
export const migrate = (program: Command): void => {
  program
    .command('migrate')
    .description('bring the data folder, or the database of DATABASE_URL, to the newest schema')
    .action(async () => {
      const config = readConfig()
      if (config.server) return onServer(config.server)
      const { openEmbedded } = await import('../store/embedded.ts')
      const database = await openEmbedded({ folder: config.dataFolder })
      await database[Symbol.asyncDispose]()
      process.stderr.write(`The data in ${config.dataFolder} has the newest schema.\n`)
    })
}

const onServer = async ({ databaseUrl, migrationUrl }: ServerConfig): Promise<void> => {
  if (migrationUrl === null)
    throw new Refusal(
      'config-invalid',
      500,
      'Set DATABASE_MIGRATION_URL: the address of a user that may make tables, e.g. postgres://postgres:password@host/rapport.',
    )
  const { migratePostgres } = await import('../store/postgres-migrate.ts')
  const ran = await migratePostgres({ ownerUrl: migrationUrl, url: databaseUrl })
  const did = ran.length === 0 ? 'had' : 'now has'
  process.stderr.write(`The database ${did} the newest schema; the user of DATABASE_URL may sign in.\n`)
}
