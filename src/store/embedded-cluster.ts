import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { clusterIn, endFirstStart, isNew } from './data-folder.ts'
import { durableStartParams, DurableFiles } from './durable-files.ts'
import type { MigrationSession } from './migrate.ts'

const dateType = 1082

/** PGlite on the files of a folder; its session is still the superuser's, whom no policy binds. */
export interface EmbeddedCluster {
  readonly database: PGlite
  readonly files: DurableFiles
}

/**
 * Opens what is in a folder, or makes it; nothing is migrated yet. Whoever calls holds the folder's lock.
 *
 * @param onEnd Called when nothing the database says from then on may be believed.
 * @throws Refusal as `isNew` does.
 */
export const openCluster = async (
  folder: string,
  newestMigration: number,
  onEnd: () => void,
): Promise<EmbeddedCluster> => {
  const fresh = isNew(folder, newestMigration)
  const files = new DurableFiles(clusterIn(folder), onEnd)
  const database = await PGlite.create({
    fs: files,
    startParams: durableStartParams,
    extensions: { vector },
    parsers: { [dateType]: (text: string) => text },
  })
  if (fresh) {
    await database.exec('checkpoint')
    endFirstStart(folder)
  }
  return { database, files }
}

/** Speaks to it as its owner. */
export const ownerOf = ({ database }: EmbeddedCluster): MigrationSession => ({
  exec: async script => void (await database.exec(script)),
  rows: async (statement, values = []) =>
    (await database.query<Record<string, unknown>>(statement, [...values])).rows,
})
