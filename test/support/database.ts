import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { ownDatabase } from './servers.ts'

/** A folder that is gone when the test is over; with the newest schema unless `empty`. */
export const temporaryFolder = async (content: 'migrated' | 'empty' = 'migrated') => {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-test-'))
  if (content === 'migrated') await cp(inject('template'), folder, { recursive: true })
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

export interface TestDatabase extends Database {
  /** Empty on a server. */
  readonly folder: string
}

/** A real database of its own, gone at the end: in a folder, or on the server where this run is of that size. */
export const openTestDatabase = (): Promise<TestDatabase> =>
  inject('size') === 'server' ? openOnServer() : openInFolder()

const openOnServer = async (): Promise<TestDatabase> => {
  const own = await ownDatabase()
  const database = await openPostgres({ url: own.url })
  return {
    ...database,
    folder: '',
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      await own[Symbol.asyncDispose]()
    },
  }
}

const openInFolder = async (): Promise<TestDatabase> => {
  const kept = await temporaryFolder()
  const database = await openEmbedded({ folder: kept.folder })
  return {
    ...database,
    folder: kept.folder,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      await kept[Symbol.asyncDispose]()
    },
  }
}
