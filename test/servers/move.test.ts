import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { seconds } from '../../scripts/bench/measure.ts'
import { asPerson } from '../../src/store/database.ts'
import { openCluster, ownerOf } from '../../src/store/embedded-cluster.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import type { MigrationSession } from '../../src/store/migrate.ts'
import { myPairs } from '../../src/store/pairs.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { sessionOf } from '../../src/store/postgres-migrate.ts'
import { temporaryFolder } from '../support/database.ts'
import { launch, rapport } from '../support/process.ts'
import { type FilledPair, fillPair } from '../support/rows.ts'
import { asOwner, type OwnDatabase, ownDatabase } from '../support/servers.ts'

/** Rows of the workspace that moves, some of every table: RAPPORT_MOVE=100000 npm test -- test/servers/move.test.ts. */
const many = Number(process.env['RAPPORT_MOVE'] ?? 4_000)
/** On a busy machine 100,000 rows took 109 s, there and back and looked at four times. */
const timeout = 60_000 + many * 3

const settings = ({ url, ownerUrl, redisUrl }: OwnDatabase, folder: string) => ({
  RAPPORT_DATA: folder,
  DATABASE_URL: url,
  DATABASE_MIGRATION_URL: ownerUrl,
  REDIS_URL: redisUrl,
})

/** Two pairs with rows in every table, and one transcript of many lines with its passages, vectors and words. */
const fill = async (folder: string): Promise<FilledPair> => {
  const one = await filled(folder)
  await asFolderOwner(folder, async owner => {
    const [transcript] = await owner.rows(
      `select id, meeting_id from transcript where pair_id = '${one.pair}' limit 1`,
    )
    const [id, meeting] = [String(transcript?.['id']), String(transcript?.['meeting_id'])]
    await owner.exec(
      `insert into line (transcript_id, pair_id, no, speaker, starts_at, ends_at, text, spans)
        select '${id}', '${one.pair}', 1000 + n, 'Ines', n / 3.0, (n + 1) / 3.0, 'No "quote", \\ or {brace} is lost, ø ' || n, '[[0, 3]]'
        from generate_series(1, ${Math.ceil(many * 0.7)}) n;
      insert into passage (pair_id, meeting_id, transcript_id, ordinal, from_line, to_line, text, embedder, embedding)
        select '${one.pair}', '${meeting}', '${id}', 1000 + n, n, n + 1, 'Passage ' || n, 'use-lite-1',
          (select array_agg(sin(n * m)::real) from generate_series(1, 512) m)::real[]::vector::halfvec
        from generate_series(1, ${Math.ceil(many * 0.1)}) n;
      insert into posting (pair_id, word, source_id, places)
        select '${one.pair}', 'word' || n, '${id}', n || ',1,60' from generate_series(1, ${Math.ceil(many * 0.2)}) n`,
    )
  })
  return one
}

const filled = async (folder: string): Promise<FilledPair> => {
  await using database = await openEmbedded({ folder })
  await fillPair(database, 'other')
  const one = await fillPair(database, 'one')
  return one
}

const asFolderOwner = async <T>(
  folder: string,
  work: (owner: MigrationSession) => Promise<T>,
): Promise<T> => {
  const cluster = await openCluster(folder, Number.POSITIVE_INFINITY, () => undefined)
  try {
    return await work(ownerOf(cluster))
  } finally {
    await cluster.database.close()
  }
}
const asServerOwner = async <T>(url: string, work: (owner: MigrationSession) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(sessionOf(client))
  } finally {
    await client.end()
  }
}

/** Each table as text, reckoned in another way than the command does; and what binds its rows. */
const everything = async (owner: MigrationSession) => {
  await owner.exec("set time zone 'Asia/Tokyo'")
  const tables = await owner.rows(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname <> 'schema_migration' order by 1`,
  )
  const found = new Map<string, unknown>()
  for (const { name } of tables) {
    const [row] = await owner.rows(
      `select count(*)::int as rows, md5(string_agg(md5(to_jsonb(t)::text), '' order by md5(to_jsonb(t)::text))) as content
        from "${String(name)}" t`,
    )
    found.set(String(name), row)
  }
  const binding = await owner.rows(
    `select conname as name, condeferrable as loose, condeferred as late, convalidated as kept from pg_constraint
      where connamespace = 'public'::regnamespace and contype = 'f'
    union all select tgname, tgenabled <> 'O', false, true from pg_trigger where not tgisinternal order by 1`,
  )
  const [sequences] = await owner.rows(
    "select count(*)::int as n from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace",
  )
  return { found, binding, sequences: sequences?.['n'] }
}
const rowsIn = (found: ReadonlyMap<string, unknown>): number =>
  [...found.values()].reduce<number>((sum, row) => sum + (row as { rows: number }).rows, 0)

test(
  'all of it goes to the servers and back, the same in every table, and bound as before',
  async () => {
    await using from = await temporaryFolder()
    await using to = await temporaryFolder('empty')
    await using own = await ownDatabase()
    const { manager, pair } = await fill(from.folder)
    const before = await asFolderOwner(from.folder, everything)
    expect(rowsIn(before.found)).toBeGreaterThan(many)
    // What no copy of rows would bring along.
    expect(before.sequences).toBe(0)

    const begun = performance.now()
    const there = await rapport(['move', 'servers'], { env: settings(own, from.folder) })
    const arrived = performance.now()
    expect([there.code, there.stderr]).toEqual([
      0,
      expect.stringContaining('each table with the same checksum'),
    ])
    expect(there.stdout.trimEnd().split('\n').length).toBe(before.found.size)
    expect(there.stderr).toMatch(/^line: [\d,]+ of [\d,]+$/m)
    expect(await asServerOwner(own.ownerUrl, everything)).toEqual(before)
    expect(await asFolderOwner(from.folder, everything)).toEqual(before)

    const left = performance.now()
    const back = await rapport(['move', 'folder'], { env: settings(own, join(to.folder, 'new')) })
    process.stdout.write(
      `move: ${rowsIn(before.found)} rows, there ${seconds(arrived - begun)}, back ${seconds(performance.now() - left)}\n`,
    )
    expect([back.code, back.stderr]).toEqual([0, expect.stringContaining('unset DATABASE_URL')])
    expect(back.stdout).toBe(there.stdout)
    expect(await asFolderOwner(join(to.folder, 'new'), everything)).toEqual(before)

    // Both are workspaces that somebody can use.
    await using server = await openPostgres({ url: own.url })
    await using folder = await openEmbedded({ folder: join(to.folder, 'new') })
    for (const database of [server, folder]) {
      const [pairs] = await database.read(asPerson(manager), myPairs())
      expect(pairs.map(({ id }) => id)).toContain(pair)
    }
  },
  timeout,
)

test('what fails on the way, or is killed, leaves nothing behind where it went, and the source as it was', async () => {
  await using from = await temporaryFolder()
  await using to = await temporaryFolder('empty')
  await using own = await ownDatabase()
  await fill(from.folder)
  const before = await asFolderOwner(from.folder, everything)
  const env = settings(own, from.folder)

  // One row in the midst of it is refused there.
  await asOwner(own.ownerUrl, "alter table posting add constraint strange check (word <> 'word7')")
  const refused = await rapport(['move', 'servers'], { env })
  expect([refused.code, refused.stdout]).toEqual([1, ''])
  await asOwner(own.ownerUrl, 'alter table posting drop constraint strange')
  const killed = launch(['move', 'servers'], { env })
  await expect.poll(() => killed.stderr(), { interval: 5 }).toContain('line: ')
  await killed.end('SIGKILL')
  const left = await asServerOwner(own.ownerUrl, everything)
  expect(rowsIn(left.found)).toBe(0)
  expect(left.binding).toEqual(before.binding)
  expect(await asFolderOwner(from.folder, everything)).toEqual(before)

  // A value that the folder's schema refuses, as a hand at the servers may leave one.
  expect((await rapport(['move', 'servers'], { env })).code).toBe(0)
  await asOwner(own.ownerUrl, 'alter table line drop constraint line_transcript_id_pair_id_fkey')
  await asOwner(own.ownerUrl, 'update line set transcript_id = gen_random_uuid() where no = 1001')
  const folder = join(to.folder, 'new')
  const torn = await rapport(['move', 'folder'], { env: { ...env, RAPPORT_DATA: folder } })
  expect([torn.code, torn.stdout]).toEqual([1, ''])
  expect(readdirSync(to.folder)).toEqual([])
})

test('what is in use, filled or of another version is refused in a sentence', async () => {
  await using from = await temporaryFolder()
  await using other = await temporaryFolder()
  await using own = await ownDatabase()
  await using empty = await ownDatabase('empty')
  await filled(from.folder)
  await filled(other.folder)
  const move = async (where: string, env: Record<string, string>) => {
    const { code, stdout, stderr } = await rapport(['move', where], { env })
    expect([code, stdout, stderr.trimEnd().split('\n').length]).toEqual([2, '', 1])
    return stderr
  }
  const env = settings(own, from.folder)
  expect(await move('elsewhere', env)).toMatch(/servers, folder/)
  expect(await move('servers', { RAPPORT_DATA: from.folder })).toContain('DATABASE_MIGRATION_URL')
  expect(await move('servers', { ...env, RAPPORT_DATA: '/nonexistent/folder' })).toContain('no database in')
  expect(await move('servers', { ...settings(empty, from.folder), DATABASE_URL: own.url })).toContain(
    'rapport -- migrate',
  )
  expect(await move('servers', { ...env, DATABASE_MIGRATION_URL: own.url })).toContain('BYPASSRLS')
  {
    await using held = await openEmbedded({ folder: from.folder })
    expect(held.kind).toBe('embedded')
    expect(await move('servers', env)).toContain(`process ${process.pid}`)
  }
  {
    await using held = await openPostgres({ url: own.url })
    expect(held.kind).toBe('postgres')
    expect(await move('servers', env)).toContain('Stop every serve and work')
  }
  expect((await rapport(['move', 'servers'], { env })).code).toBe(0)
  expect(await move('servers', env)).toContain('holds something already')
  expect(await move('folder', settings(own, other.folder))).toContain('holds something already')
})
