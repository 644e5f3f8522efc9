import { createHash } from 'node:crypto'
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { postgresVersion } from '../../src/store/data-folder.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { readMigrations } from '../../src/store/migrate.ts'
import { query, sql } from '../../src/store/sql.ts'
import { temporaryFolder } from '../support/database.ts'
import { launchWriter } from '../support/bad-disk.ts'
import { rapport } from '../support/process.ts'

const ours = join(import.meta.dirname, '../../migrations')
const rowsEach = 3_000
const more = 3

/** A later version's migrations: ours, and some more that take a while. */
const laterMigrations = async (folder: string): Promise<string> => {
  const later = join(folder, 'later')
  await cp(ours, later, { recursive: true })
  const { length } = await readMigrations(ours)
  for (let number = length + 1; number <= length + more; number++)
    await writeFile(
      join(later, `${String(number).padStart(4, '0')}_later.sql`),
      `create table later_${number} (n int primary key, words text not null);
       alter table later_${number} enable row level security;
       alter table later_${number} force row level security;
       create policy anyone on later_${number} using (true);
       grant select on later_${number} to rapport_app;
       insert into later_${number} select n, repeat('x', 100) from generate_series(1, ${rowsEach}) n;`,
    )
  return later
}

const opened = (folder: string, migrations = ours) => openEmbedded({ folder, migrations })
const Numbered = z.object({ number: z.int() })

/** The migrations that are recorded, once for each record. */
const recorded = async (folder: string, migrations?: string): Promise<number[]> => {
  await using database = await opened(folder, migrations)
  const rows = await database.asSystem('jobs', tx =>
    tx.all(query(Numbered, sql`select number from schema_migration order by number`)),
  )
  return rows.map(({ number }) => number)
}
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** What of the later version stands in a database, asked past the program, which would bring it forward. */
const laterTables = async (folder: string) => {
  // What a killed process left half written; the program clears it away itself.
  await rm(join(folder, 'database', 'postmaster.pid'))
  const database = await PGlite.create(join(folder, 'database'), { extensions: { vector } })
  const rowsOf = async (text: string) => (await database.query<Record<string, never>>(text)).rows
  const done = await rowsOf('select number from schema_migration order by number')
  const tables = await rowsOf(
    `select relname from pg_class where relkind = 'r' and relname ~ 'later_|half_done' order by relname`,
  )
  const names = tables.map(({ relname }) => String(relname))
  const rows: number[] = []
  for (const name of names) {
    const [counted] = await rowsOf(`select count(*)::int as n from ${name}`)
    rows.push(Number(counted?.['n']))
  }
  await database.close()
  return { names, rows, recorded: done.map(({ number }) => Number(number)) }
}

/** Every file of a folder with a hash of its bytes; who holds it, and what PostgreSQL caches, is left out. */
const bytesOf = async (folder: string): Promise<Record<string, string>> => {
  const found: Record<string, string> = {}
  for (const path of (await readdir(folder, { recursive: true })).toSorted()) {
    if (
      /^(?:lock.*|holder|database.(?:postmaster.pid|global.pg_internal.init))$/.test(path) ||
      !(await stat(join(folder, path))).isFile()
    )
      continue
    found[path] = createHash('sha256')
      .update(await readFile(join(folder, path)))
      .digest('hex')
  }
  return found
}

let count: number
beforeAll(async () => {
  count = (await readMigrations(ours)).length
})

describe('the files', () => {
  test('are numbered without gaps', async () => {
    await using kept = await temporaryFolder('empty')
    await writeFile(join(kept.folder, '0001_one.sql'), 'select 1')
    await writeFile(join(kept.folder, '0003_three.sql'), 'select 1')
    await expect(readMigrations(kept.folder)).rejects.toThrow('without gaps: 0003_three.sql')
  })

  test('one number belongs to one file', async () => {
    await using kept = await temporaryFolder('empty')
    await writeFile(join(kept.folder, '0001_one.sql'), 'select 1')
    await writeFile(join(kept.folder, '0001_uno.sql'), 'select 1')
    await expect(readMigrations(kept.folder)).rejects.toThrow('without gaps: 0001_uno.sql')
  })
})

describe('migrating', () => {
  test('goes forward by what is new, once', async () => {
    await using kept = await temporaryFolder()
    await using files = await temporaryFolder('empty')
    expect(await recorded(kept.folder)).toEqual(numbers(count))
    const later = await laterMigrations(files.folder)
    expect(await recorded(kept.folder, later)).toEqual(numbers(count + more))
    expect(await recorded(kept.folder, later)).toEqual(numbers(count + more))
  })

  test('two processes at once on an empty folder: one does it, and the other harms nothing', async () => {
    await using kept = await temporaryFolder('empty')
    const env = { RAPPORT_DATA: kept.folder }
    const both = await Promise.all([rapport(['migrate'], { env }), rapport(['migrate'], { env })])
    // The second is refused while the first is at it, or comes after it and finds nothing to do.
    const refused = both.filter(({ code }) => code !== 0)
    expect(refused.length).toBeLessThan(2)
    for (const { code, stderr } of refused) {
      expect(code).toBe(2)
      expect(stderr).toMatch(/^The data folder .* is in use by another Rapport \(process \d+\)\..*\n$/)
    }
    expect(await recorded(kept.folder)).toEqual(numbers(count))
  })

  test('killed midway it leaves a whole number of migrations, and goes on from there', async () => {
    await using files = await temporaryFolder('empty')
    const later = await laterMigrations(files.folder)
    const reached: number[] = []
    for (const at of [1, 180, 290]) {
      await using kept = await temporaryFolder()
      await launchWriter({ folder: kept.folder, at, fate: 'kill', seed: 1 }, 1, later).ended
      const tables = await laterTables(kept.folder)
      // Each one that is there is there with all its rows, and recorded.
      expect(tables.recorded).toEqual(numbers(count + tables.rows.length))
      expect(new Set(tables.rows)).toEqual(new Set(tables.rows.length === 0 ? [] : [rowsEach]))
      reached.push(tables.rows.length)
      expect(await recorded(kept.folder, later)).toEqual(numbers(count + more))
    }
    // The moments are spread: before the first, and after some.
    expect([reached[0], Math.max(...reached) > 0]).toEqual([0, true])
  }, 120_000)

  test('one that breaks off is named, and leaves the data as it was before it', async () => {
    await using kept = await temporaryFolder()
    await using files = await temporaryFolder('empty')
    const later = await laterMigrations(files.folder)
    const broken = join(later, `${String(count + 2).padStart(4, '0')}_later.sql`)
    await writeFile(broken, 'create table half_done (n int); select * from there_is_no_such_table;')
    await expect(opened(kept.folder, later)).rejects.toMatchObject({
      code: 'migration-failed',
      message: expect.stringContaining(`Migration ${count + 2} (later)`),
    })
    const tables = await laterTables(kept.folder)
    expect([tables.rows, tables.recorded, tables.names]).toEqual([
      [rowsEach],
      numbers(count + 1),
      [`later_${count + 1}`],
    ])
  })
})

describe('a folder of another version', () => {
  test('a newer one is refused by an older program in a sentence, and nothing of it is touched', async () => {
    await using kept = await temporaryFolder()
    await using files = await temporaryFolder('empty')
    const later = await laterMigrations(files.folder)
    await recorded(kept.folder, later)
    const before = await bytesOf(kept.folder)
    const { code, stdout, stderr } = await rapport(['start'], {
      env: { RAPPORT_DATA: kept.folder, PORT: '0' },
    })
    expect([code, stdout, stderr]).toEqual([
      2,
      '',
      'This data was written by a newer Rapport. Start that version, or restore a backup made by this one.\n',
    ])
    expect(await bytesOf(kept.folder)).toEqual(before)
    // Also when only the database itself knows.
    await rm(join(kept.folder, 'schema'))
    await expect(opened(kept.folder)).rejects.toMatchObject({ code: 'schema-newer' })
    expect(await recorded(kept.folder, later)).toEqual(numbers(count + more))
  })

  test('a migration that ran may not be edited', async () => {
    await using kept = await temporaryFolder()
    await using files = await temporaryFolder('empty')
    const edited = await laterMigrations(files.folder)
    const [first = ''] = await readdir(edited)
    await writeFile(join(edited, first), `${await readFile(join(ours, first), 'utf8')}\n-- harmless?\n`)
    await expect(opened(kept.folder, edited)).rejects.toMatchObject({
      code: 'schema-changed',
      message: 'Migration 1 is not the one this data was made with. Use an unmodified release.',
    })
    expect(await recorded(kept.folder)).toEqual(numbers(count))
  })

  test('files of another PostgreSQL are left alone', async () => {
    await using kept = await temporaryFolder()
    const version = join(kept.folder, 'database', 'PG_VERSION')
    expect(await readFile(version, 'utf8')).toBe(`${postgresVersion}\n`)
    await writeFile(version, '19\n')
    const before = await bytesOf(kept.folder)
    await expect(opened(kept.folder)).rejects.toMatchObject({
      code: 'database-version',
      message: expect.stringMatching(/made with PostgreSQL 19, and this Rapport brings \d+/),
    })
    expect(await bytesOf(kept.folder)).toEqual(before)
  })
})

describe('a damaged folder says what to do, and is never made anew', () => {
  const inside = (path: string) => (folder: string) => join(folder, 'database', path)
  const damages: readonly [what: string, harm: (folder: string) => Promise<unknown>][] = [
    ['its control file is gone', folder => rm(inside('global/pg_control')(folder))],
    [
      'its control file is blank',
      folder => writeFile(inside('global/pg_control')(folder), Buffer.alloc(8192)),
    ],
    ['its log is gone', folder => rm(inside('pg_wal')(folder), { recursive: true })],
    ['its tables are gone', folder => rm(inside('base')(folder), { recursive: true })],
    ['half of it was copied', folder => rm(inside('PG_VERSION')(folder))],
    [
      'something else stands in its place',
      async folder => {
        await rm(inside('')(folder), { recursive: true })
        await writeFile(join(folder, 'database'), 'a file')
      },
    ],
  ]
  test.for(damages)('%s', async ([, harm]) => {
    await using kept = await temporaryFolder()
    await harm(kept.folder)
    const before = Object.keys(await bytesOf(kept.folder))
    await expect(opened(kept.folder)).rejects.toMatchObject({
      code: 'database-damaged',
      message:
        `The database in ${kept.folder} could not be opened: it is damaged, or not one of Rapport's. ` +
        'Keep the folder as it is, and restore a backup into another one (RAPPORT_DATA).',
    })
    expect(Object.keys(await bytesOf(kept.folder))).toEqual(before)
  })
})
