import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch, type Running } from './process.ts'
import type { Disk } from './process-disk.ts'

const preload = pathToFileURL(join(import.meta.dirname, 'process-disk.ts')).href

/** A process that writes numbered rows, from `first` on, into a folder on a disk that fails it. */
export const launchWriter = (disk: Disk, first = 1, migrations?: string): Running =>
  launch([disk.folder, String(first), ...(migrations === undefined ? [] : [migrations])], {
    file: 'test/support/process-writer.ts',
    node: ['--import', preload],
    env: { RAPPORT_TEST_DISK: JSON.stringify(disk) },
  })

/** The numbers it was told are kept. */
export const acknowledged = (stdout: string): number[] => stdout.split('\n').filter(Boolean).map(Number)
