import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '../../src/store/embedded.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder with every migration and nothing else; copying it saves 4 s a test file. */
    template: string
  }
}

export default async (project: TestProject) => {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-template-'))
  const database = await openEmbedded({ folder })
  await database[Symbol.asyncDispose]()
  project.provide('template', folder)
  return () => rm(folder, { recursive: true, force: true })
}
