import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Who may import whom inside src; '*' is everything. A file in src itself is a room of its own. */
const mayImport: Readonly<Record<string, readonly string[] | '*'>> = {
  domain: [],
  embed: ['domain'],
  store: ['domain'],
  live: ['domain'],
  coach: ['domain'],
  notes: ['domain', 'store'],
  queue: ['domain', 'store'],
  pipeline: ['domain', 'coach', 'embed', 'store', 'notes'],
  http: ['domain', 'store', 'notes', 'queue', 'live', 'embed'],
  'config.ts': ['domain'],
  'redis.ts': ['domain'],
  'size.ts': ['domain', 'store', 'live', 'queue', 'redis.ts', 'config.ts'],
  'main.ts': '*',
  'cli.ts': '*',
  commands: '*',
}
/** Only these read the settings. */
const importsConfig = new Set(['main.ts', 'size.ts', 'cli.ts', 'commands'])
/** Pure text, date and schema libraries: the domain touches nothing outside. */
const domainLibraries = new Set(['zod', 'chrono-node', 'fflate'])

interface Import {
  readonly from: string
  /** A path below the root, or the name of a package. */
  readonly to: string
  readonly typeOnly: boolean
}

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.(?:ts|tsx|mjs)$/.test(entry.name))
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .filter(path => !path.includes('node_modules'))

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)|new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g

const importsOf = (path: string): Import[] =>
  [...readFileSync(join(root, path), 'utf8').matchAll(importPattern)].map(
    ([, type, first, second, third]) => {
      const named = first ?? second ?? third ?? ''
      const to = named.startsWith('.') ? relative(root, resolve(root, dirname(path), named)) : named
      return { from: path, to, typeOnly: type !== undefined }
    },
  )

const roomOf = (path: string): string => path.split('/')[1] ?? ''
const sources = sourcesIn('src')
const imports = sources.flatMap(importsOf)
const inside = imports.filter(({ to }) => to.startsWith('src/'))
const show = (found: readonly Import[]) => found.map(({ from, to }) => `${from} → ${to}`)

describe('the house', () => {
  test('is seen: files and imports are found', () => {
    expect(sources.length).toBeGreaterThan(80)
    expect(inside.length).toBeGreaterThan(200)
    for (const room of new Set(sources.map(roomOf))) expect(Object.keys(mayImport)).toContain(room)
  })

  test('a room imports only the rooms it may', () => {
    const wrong = inside.filter(({ from, to }) => {
      const allowed = mayImport[roomOf(from)] ?? []
      return allowed !== '*' && roomOf(from) !== roomOf(to) && !allowed.includes(roomOf(to))
    })
    expect(show(wrong)).toEqual([])
  })

  test('only the composition root and the commands read the settings', () => {
    const wrong = inside.filter(({ from, to }) => to === 'src/config.ts' && !importsConfig.has(roomOf(from)))
    expect(show(wrong)).toEqual([])
    const readers = sources.filter(path => /process\.env\b/.test(readFileSync(join(root, path), 'utf8')))
    expect(readers).toEqual(['src/config.ts'])
  })

  test('the domain does no input or output', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        roomOf(from) === 'domain' &&
        !to.startsWith('src/') &&
        !domainLibraries.has(to) &&
        (to.startsWith('node:') || builtinModules.includes(to) || !to.startsWith('.')),
    )
    expect(show(wrong)).toEqual([])
  })

  test('no file imports in a circle', () => {
    const next = Map.groupBy(
      inside.filter(({ typeOnly }) => !typeOnly),
      ({ from }) => from,
    )
    const state = new Map<string, 'open' | 'done'>()
    const circles: string[] = []
    const visit = (path: string, way: readonly string[]): void => {
      if (state.get(path) === 'done') return
      if (state.get(path) === 'open') return void circles.push([...way, path].join(' → '))
      state.set(path, 'open')
      for (const { to } of next.get(path) ?? []) visit(to, [...way, path])
      state.set(path, 'done')
    }
    for (const path of sources) visit(path, [])
    expect(circles).toEqual([])
  })

  test('SQL is written in the store alone', () => {
    const wrong = inside.filter(
      ({ from, to }) => to === 'src/store/sql.ts' && !['store'].includes(roomOf(from)),
    )
    expect(show(wrong)).toEqual([])
  })

  test('the page knows the server by its schemas only', () => {
    const fromPage = sourcesIn('web/src').flatMap(importsOf)
    expect(fromPage.length).toBeGreaterThan(50)
    const wrong = fromPage.filter(({ to }) => to.startsWith('src/') && !to.startsWith('src/domain/'))
    expect(show(wrong)).toEqual([])
  })

  test('evals use the product, not its web server, and write no SQL', () => {
    const wrong = sourcesIn('evals')
      .flatMap(importsOf)
      .filter(({ to }) => /^src\/(?:http|live|store\/sql)/.test(to))
    expect(show(wrong)).toEqual([])
  })

  test('files stay small enough to be read in one sitting', () => {
    const long = [...sources, ...sourcesIn('web/src')].filter(
      path => readFileSync(join(root, path), 'utf8').split('\n').length > 300,
    )
    expect(long).toEqual([])
  })
})
