import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'

/** A folder that is gone when the test is over; with the newest schema unless `empty`. */
export const temporaryFolder = async (content: 'migrated' | 'empty' = 'migrated') => {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-test-'))
  if (content === 'migrated') await cp(inject('template'), folder, { recursive: true })
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

export interface TestDatabase extends Database {
  readonly folder: string
}

/** A real embedded database of its own, removed with its folder at the end. */
export const openTestDatabase = async (): Promise<TestDatabase> => {
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
