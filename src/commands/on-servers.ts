import type { Config } from '../config.ts'
import { Refusal } from '../domain/errors.ts'
import type { Database } from '../store/database.ts'

/** The workspace's database for one command, whichever size it is; nothing else of the program is started. */
export const openWorkspace = async ({ server, dataFolder }: Config): Promise<Database> => {
  if (server) {
    const { openPostgres } = await import('../store/postgres.ts')
    return openPostgres({ url: server.databaseUrl, connections: 1 })
  }
  const { openEmbedded } = await import('../store/embedded.ts')
  return openEmbedded({ folder: dataFolder })
}

/** A backup is of a folder's files; a server's data is copied by the server's own tools. */
export const refuseServers = ({ server }: Config, instead: string): void => {
  if (server)
    throw new Refusal(
      'servers-copy-themselves',
      409,
      `DATABASE_URL is set, so the data is not in a folder. ${instead} Redis needs no copy: it holds ids that the ` +
        'database hands over again. To work on a folder, unset DATABASE_URL and REDIS_URL.',
    )
}
