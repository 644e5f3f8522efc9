import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { amcheck } from '@electric-sql/pglite/contrib/amcheck'
import { vector } from '@electric-sql/pglite-pgvector'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openEmbedded } from '../../src/store/embedded.ts'
import { query, sql } from '../../src/store/sql.ts'
import { acknowledged, launchWriter } from '../support/bad-disk.ts'
import { temporaryFolder } from '../support/database.ts'
import type { Disk } from '../support/process-disk.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'

const cuts = Number(process.env['RAPPORT_CUTS'] ?? 3)

/** Writes rows on a bad disk until it has its way; the numbers acknowledged. */
const writeUntil = async (disk: Disk, first = 1): Promise<number[]> => {
  const { code, stdout, stderr } = await launchWriter(disk, first).ended
  expect([code, stderr]).toEqual([null, ''])
  return acknowledged(stdout)
}

/** The numbers of the rows that are there, in order. */
const rowsIn = async (folder: string): Promise<number[]> => {
  await using database = await openEmbedded({ folder })
  const rows = await database.asSystem('sign-in', tx =>
    tx.all(
      query(
        z.object({ row: z.int() }),
        sql`select substr(bucket, 5)::int as row from sign_in_attempt where bucket like 'row %' order by 1`,
      ),
    ),
  )
  return rows.map(({ row }) => row)
}

/** PostgreSQL's own check that every index is whole and holds every row of its table. */
const checkIndexes = async (folder: string): Promise<void> => {
  const database = await PGlite.create(join(folder, 'database'), { extensions: { amcheck, vector } })
  await database.exec('create extension amcheck')
  const { rows } = await database.query(
    `select count(bt_index_check(c.oid, true)) from pg_class c join pg_am on pg_am.oid = relam where amname = 'btree' and relpersistence = 'p'`,
  )
  expect(rows).not.toEqual([{ count: 0 }])
  await database.close()
}

describe('a power cut', () => {
  const random = randomFrom(seedOfRun('power cuts'))
  const moments = Array.from({ length: cuts }, (_, number) => ({
    // Every second one leaves torn sectors, the others nothing at all of what was not synced.
    fate: number % 2 === 0 ? ('torn' as const) : ('lost' as const),
    at: 150 + random.below(1_500),
    seed: random.below(2 ** 31),
  }))

  test.for(moments)('$fate at write $at: what was acknowledged is there', async moment => {
    await using kept = await temporaryFolder()
    const disk = { folder: kept.folder, ...moment }
    const first = await writeUntil(disk)
    // Cut again, soon: what a recovery writes must be as safe as what it recovers.
    const second = await writeUntil({ ...disk, at: 1 + (moment.at % 150) }, 10_000)
    const there = await rowsIn(kept.folder)
    // What was under way may have come through unheard: one transaction of each process, no more.
    const unheard = new Set([first.length + 1, second.length + 10_000])
    expect(there.filter(row => !unheard.has(row))).toEqual([...first, ...second])
    await checkIndexes(kept.folder)
  })

  test('in the middle of the first start: it begins again', async () => {
    await using kept = await temporaryFolder('empty')
    const at = 100 + random.below(900)
    expect(await writeUntil({ folder: kept.folder, fate: 'torn', at, seed: 1 })).toEqual([])
    expect(await rowsIn(kept.folder)).toEqual([])
  })

  test('a disk that only says it synced does lose: the model can tell', async () => {
    await using kept = await temporaryFolder()
    const told = await writeUntil({ folder: kept.folder, fate: 'lost', at: 700, seed: 1, lies: true })
    const there = await rowsIn(kept.folder).catch(() => [])
    expect(there.length).toBeLessThan(told.length)
  })
})
