import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { expect, test } from 'vitest'

/** Bytes of script a first visit may take, compressed, without the editor of a note. */
const most = 120_000

test(
  'the first load of script is at most 120 kB compressed, and the editor is not part of it',
  { timeout: 240_000 },
  async () => {
    const page = join(import.meta.dirname, '../web')
    const built = await build({
      configFile: join(page, 'vite.config.ts'),
      root: page,
      logLevel: 'error',
      build: { write: false },
    })
    if (!('output' in built)) throw new Error('one page, built once')
    const chunks = built.output.filter(one => one.type === 'chunk')
    // What a chunk imports before anything of it runs is loaded with it.
    const first = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName))
    expect(first.size).toBeGreaterThan(0)
    for (const name of first)
      for (const other of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) first.add(other)
    const loaded = chunks.filter(({ fileName }) => first.has(fileName))
    expect(loaded.filter(({ code }) => code.includes('cm-editor'))).toEqual([])
    expect(chunks.some(({ code }) => code.includes('cm-editor'))).toBe(true)
    const size = loaded.reduce((sum, { code }) => sum + gzipSync(code).length, 0)
    expect(size).toBeGreaterThan(10_000)
    expect(size).toBeLessThanOrEqual(most)
  },
)
