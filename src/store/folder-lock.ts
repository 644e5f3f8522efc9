import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../domain/errors.ts'
import { diskFull, unwritable } from './data-folder.ts'

/** Milliseconds: `doctor` may be looking at the lock just now. */
const patience = 300

/**
 * Holds a data folder for one process. PGlite takes no lock of its own, and two processes on one
 * folder lose committed rows in silence (185 of 200 when measured). SQLite's exclusive transaction
 * is a kernel lock: it refuses a second process and is free again after kill -9, which a file with
 * a process id is not. The id is written beside it only to be able to say who holds the folder.
 *
 * @throws Refusal `folder-in-use` when another process holds it; `folder-unwritable` when it cannot be
 *   made; `disk-full`.
 */
export const lockFolder = (folder: string): Disposable => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw isFull(error) ? diskFull(folder) : unwritable(folder)
  }
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(join(folder, 'lock'), { timeout: patience })
    lock.exec('pragma locking_mode = exclusive; begin exclusive')
    writeFileSync(join(folder, 'holder'), String(process.pid))
  } catch (error) {
    lock?.close()
    if (isBusy(error)) throw inUse(folder)
    throw isFull(error) ? diskFull(folder) : unwritable(folder)
  }
  const held = lock
  return { [Symbol.dispose]: () => held.close() }
}

/** The process that holds the folder, or null; takes no lock that would disturb it. */
export const folderHolder = (folder: string): number | null => {
  let probe: DatabaseSync | undefined
  try {
    probe = new DatabaseSync(join(folder, 'lock'), { timeout: 0, readOnly: true })
    probe.exec('select count(*) from sqlite_schema')
    return null
  } catch (error) {
    return isBusy(error) ? readHolder(folder) : null
  } finally {
    probe?.close()
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (error.errcode === 5 || error.errcode === 261)

/** SQLite's word for it, or the file system's. */
const isFull = (error: unknown): boolean =>
  error instanceof Error &&
  (('errcode' in error && error.errcode === 13) || ('code' in error && error.code === 'ENOSPC'))

const readHolder = (folder: string): number => {
  try {
    return Number(readFileSync(join(folder, 'holder'), 'utf8')) || 0
  } catch {
    return 0
  }
}

const inUse = (folder: string) => {
  const holder = readHolder(folder)
  return new Refusal(
    'folder-in-use',
    409,
    `The data folder ${folder} is in use by another Rapport${holder ? ` (process ${holder})` : ''}. ` +
      'Stop that one first, or choose another folder with RAPPORT_DATA.',
  )
}
