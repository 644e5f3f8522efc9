import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { folderWith } from './commands.ts'
import { temporaryFolder } from './database.ts'
import { rapport } from './process.ts'

/** A data folder, and a place beside it for backups, keys and what is restored. */
export const backupPlace = async () => {
  await using opened = new AsyncDisposableStack()
  const { folder: data } = opened.use(await temporaryFolder())
  const { folder: beside } = opened.use(await folderWith({ key: 'a key of the test’s own\n' }))
  const owned = opened.move()
  return {
    data,
    beside,
    at: (name: string) => join(beside, name),
    backup: (...args: string[]) => rapport(['backup', ...args], { cwd: beside, env: { RAPPORT_DATA: data } }),
    /** Into a folder of this name. */
    restore: (to: string, ...args: string[]) =>
      rapport(['restore', ...args], { cwd: beside, env: { RAPPORT_DATA: join(beside, to) } }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

export const namesIn = async (folder: string): Promise<string[]> => (await readdir(folder)).toSorted()
