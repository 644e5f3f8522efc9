import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { sep } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { randomFrom } from './random.ts'

/**
 * Loaded before the program (`--import`): a disk that behaves as badly as it may. It stands between
 * the program and node:fs, so that nothing of ours has to know that it is being tested.
 */
export interface Disk {
  /** The folder it is about. */
  readonly folder: string
  /** At which write (`sick`: at which sync), counted in the thread that holds the database, it happens. */
  readonly at: number
  /**
   * `kill`: the process dies, what was written stays. `lost`: the power goes, and nothing stays that
   * was not synced. `torn`: of what was not synced each 512-byte sector stays or not. `full`: there is
   * no room from then on. `short`: there is a little, and the disk says so. `sick`: one sync fails.
   */
  readonly fate: 'kill' | 'lost' | 'torn' | 'full' | 'short' | 'sick'
  /** A file whose appearance means that it is well again: somebody made room; `sick` makes it itself. */
  readonly until?: string
  /** Syncing does nothing, as in a database that was never taught to. */
  readonly lies?: boolean
  readonly seed: number
}

type Change =
  | {
      readonly kind: 'write'
      readonly at: number
      readonly old: Buffer
      readonly made: Buffer
      readonly size: number
    }
  | { readonly kind: 'cut'; readonly at: number; readonly old: Buffer; readonly size: number }

const disk = JSON.parse(process.env['RAPPORT_TEST_DISK'] ?? 'null') as Disk | null

const install = ({ folder, at, fate, until, lies = false, seed }: Disk): void => {
  const real = { ...fs }
  const random = randomFrom(seed)
  const paths = new Map<number, string>()
  /** What was written since the file was last synced, oldest first. */
  const unsynced = new Map<string, Change[]>()
  let writes = 0
  let syncs = 0
  const isWell = () => until !== undefined && real.existsSync(until)
  const trouble = (code: string, errno: number) =>
    Object.assign(new Error(`${code}: the disk`), { code, errno })

  const isOurs = (path: fs.PathLike) => String(path).startsWith(folder + sep)
  const remember = (path: string, change: Change) =>
    unsynced.set(path, [...(unsynced.get(path) ?? []), change])
  const bytesAt = (path: string, from: number, length: number): Buffer => {
    const bytes = Buffer.alloc(Math.max(0, length))
    const descriptor = real.openSync(path, 'r')
    try {
      return bytes.subarray(0, real.readSync(descriptor, bytes, 0, bytes.length, from))
    } finally {
      real.closeSync(descriptor)
    }
  }

  const undo = (descriptor: number, { at: from, old, size }: Change) => {
    if (old.length > 0) real.writeSync(descriptor, old, 0, old.length, from)
    real.ftruncateSync(descriptor, size)
  }
  const redoSome = (descriptor: number, change: Change) => {
    if (change.kind === 'cut') {
      if (random.below(2) === 0) real.ftruncateSync(descriptor, change.at)
      return
    }
    for (let from = 0; from < change.made.length;) {
      const to = Math.min(change.made.length, from + 512 - ((change.at + from) % 512))
      if (random.below(2) === 0) real.writeSync(descriptor, change.made, from, to - from, change.at + from)
      from = to
    }
  }
  const powerGoes = () => {
    for (const [path, changes] of unsynced) {
      if (!real.existsSync(path)) continue
      const descriptor = real.openSync(path, 'r+')
      for (const change of changes.toReversed()) undo(descriptor, change)
      if (fate === 'torn') for (const change of changes) redoSome(descriptor, change)
      real.closeSync(descriptor)
    }
  }
  const count = () => {
    writes++
    if (writes < at || fate === 'short' || fate === 'sick') return
    if (fate === 'full') {
      if (isWell()) return
      throw trouble('ENOSPC', -28)
    }
    if (fate !== 'kill') powerGoes()
    process.kill(process.pid, 'SIGKILL')
    // The signal is on its way: nothing more may happen meanwhile.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }

  const cutTo = (path: string, length: number) => {
    const size = real.statSync(path).size
    if (length < size) count()
    remember(path, { kind: 'cut', at: length, old: bytesAt(path, length, size - length), size })
  }

  Object.assign(fs, {
    openSync(path: fs.PathLike, ...rest: [string]) {
      const descriptor = real.openSync(path, ...rest)
      if (isOurs(path)) paths.set(descriptor, String(path))
      return descriptor
    },
    closeSync(descriptor: number) {
      paths.delete(descriptor)
      real.closeSync(descriptor)
    },
    writeSync(descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number) {
      const path = paths.get(descriptor)
      if (path !== undefined) {
        count()
        const { size } = real.fstatSync(descriptor)
        const made = Buffer.from(bytes.subarray(offset, offset + length))
        const old = bytesAt(path, position, Math.min(length, size - position))
        remember(path, { kind: 'write', at: position, old, made, size })
      }
      return real.writeSync(descriptor, bytes, offset, length, position)
    },
    ftruncateSync(descriptor: number, length: number) {
      const path = paths.get(descriptor)
      if (path !== undefined) cutTo(path, length)
      real.ftruncateSync(descriptor, length)
    },
    truncateSync(path: fs.PathLike, length: number) {
      if (isOurs(path)) cutTo(String(path), length)
      real.truncateSync(path, length)
    },
    fsyncSync(descriptor: number) {
      if (lies) return
      if (fate === 'sick' && !isWell() && ++syncs === at) {
        real.writeFileSync(until ?? '', '')
        throw trouble('EIO', -5)
      }
      real.fsyncSync(descriptor)
      unsynced.delete(paths.get(descriptor) ?? '')
    },
    statfsSync(path: fs.PathLike) {
      const room = real.statfsSync(path)
      return fate === 'short' && !isWell() ? Object.assign(room, { bavail: 1 }) : room
    },
    renameSync(from: fs.PathLike, to: fs.PathLike) {
      real.renameSync(from, to)
      const changes = unsynced.get(String(from))
      unsynced.delete(String(to))
      unsynced.delete(String(from))
      if (changes) unsynced.set(String(to), changes)
    },
    unlinkSync(path: fs.PathLike) {
      real.unlinkSync(path)
      unsynced.delete(String(path))
    },
  })
  syncBuiltinESMExports()
}

if (disk !== null && !isMainThread) install(disk)
