import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { recordTries } from '../../src/store/accounts.ts'
import { type Database, DatabaseError } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { keepTidy } from '../../src/store/maintenance.ts'
import { query, sql } from '../../src/store/sql.ts'
import { acknowledged, launchWriter } from '../support/bad-disk.ts'
import { openTestDatabase, temporaryFolder, type TestDatabase } from '../support/database.ts'
import type { Disk } from '../support/process-disk.ts'

const Bucket = z.object({ bucket: z.string() })
const write = (database: Database, ...buckets: string[]) =>
  database.asSystem('sign-in', tx => tx.run(recordTries(buckets)))
const written = async (database: Database): Promise<string[]> => {
  const rows = await database.asSystem('sign-in', tx =>
    tx.all(query(Bucket, sql`select bucket from sign_in_attempt order by at, bucket`)),
  )
  return rows.map(({ bucket }) => bucket)
}
const Count = z.object({ n: z.number() })
/** Busy for minutes, without a row to show. */
const endless = query(Count, sql`select count(*)::int as n from generate_series(1, 1000000000)`)

describe('a transaction', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database[Symbol.asyncDispose]())
  beforeEach(() =>
    database.asSystem('sign-in', async tx => void (await tx.run(sql`delete from sign_in_attempt`))),
  )

  test('is kept whole or not at all, also when its work swallows the failure', async () => {
    const swallowing = database.asSystem('sign-in', async tx => {
      await tx.run(recordTries(['half']))
      await tx.run(sql`insert into sign_in_attempt (bucket) values (null)`).catch(() => undefined)
    })
    await expect(swallowing).rejects.toMatchObject({ code: '23502' })
    const throwing = database.asSystem('sign-in', async tx => {
      await tx.run(recordTries(['half']))
      throw new Error('changed my mind')
    })
    await expect(throwing).rejects.toThrow('changed my mind')
    expect(await written(database)).toEqual([])
  })

  test('ends with its work: what is kept of it beyond is refused', async () => {
    let kept: Parameters<Parameters<Database['as']>[1]>[0] | undefined
    await database.asSystem('sign-in', async tx => {
      kept = tx
      await tx.run(recordTries(['in time']))
    })
    await expect(kept?.run(recordTries(['too late']))).rejects.toThrow('over')
    expect(await written(database)).toEqual(['in time'])
  })

  test('takes its turn: nothing of another comes between', async () => {
    const counted = Array.from({ length: 20 }, () =>
      database.asSystem('sign-in', async tx => {
        const row = await tx.first(query(Count, sql`select count(*)::int as n from sign_in_attempt`))
        await wait(1)
        await tx.run(recordTries([`number ${row?.n}`]))
      }),
    )
    await Promise.all(counted)
    expect(new Set(await written(database)).size).toBe(20)
  })

  test('an error says its code and nothing of the row', async () => {
    const refused = database.asSystem('sign-in', tx =>
      tx.run(
        sql`insert into one_time_link (kind, token_hash, expires_at) values ('canary', 'canary', 'canary')`,
      ),
    )
    const error: unknown = await refused.catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(DatabaseError)
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('canary')
  })
})

describe('the thread', () => {
  test('a statement that does not end is ended, and the next one is answered', async () => {
    await using kept = await temporaryFolder()
    await using database = await openEmbedded({ folder: kept.folder, longestMessage: 1_000 })
    await write(database, 'before')
    await expect(database.asSystem('sign-in', tx => tx.all(endless))).rejects.toMatchObject({ code: '57P01' })
    await write(database, 'after')
    expect(await written(database)).toEqual(['before', 'after'])
  })

  test('closing waits for what is under way and refuses what comes later', async () => {
    await using kept = await temporaryFolder()
    const database = await openEmbedded({ folder: kept.folder })
    const underWay = database.asSystem('sign-in', async tx => {
      await tx.run(recordTries(['under way']))
      await wait(100)
      await tx.run(recordTries(['to its end']))
    })
    await database[Symbol.asyncDispose]()
    await underWay
    await expect(write(database, 'late')).rejects.toMatchObject({ code: '57P01' })
    await using again = await openEmbedded({ folder: kept.folder })
    expect((await written(again)).toSorted()).toEqual(['to its end', 'under way'])
  })

  test('what is deleted makes room again, on a schedule', async () => {
    await using database = await openTestDatabase()
    await write(database, ...Array.from({ length: 5_000 }, (_, n) => `row ${n}`))
    await database.maintain()
    const pages = () =>
      database.asSystem('sign-in', tx =>
        tx.first(query(Count, sql`select relpages as n from pg_class where relname = 'sign_in_attempt'`)),
      )
    expect((await pages())?.n).toBeGreaterThan(10)
    await database.asSystem('sign-in', tx => tx.run(sql`delete from sign_in_attempt`))
    const errors: unknown[] = []
    const tidying = keepTidy(database, error => errors.push(error), 50)
    while ((await pages())?.n !== 0) await wait(20)
    tidying[Symbol.dispose]()
    expect(errors).toEqual([])
  })
})

describe('a disk', () => {
  const until = (folder: string) => join(folder, 'room')

  test.for<Disk['fate']>(['full', 'short'])(
    '%s: every change is refused in a sentence, and taken again once there is room',
    async fate => {
      await using kept = await temporaryFolder()
      const { folder } = kept
      await using writer = launchWriter({ folder, at: 400, fate, until: until(folder), seed: 1 })
      while (writer.stderr().split('\n').length < 3) await wait(20)
      const before = acknowledged(writer.stdout())
      await writeFile(until(folder), '')
      while (acknowledged(writer.stdout()).length < before.length + 50) await wait(20)
      const { stdout, stderr } = await writer.end('SIGKILL')
      for (const line of stderr.split('\n').filter(Boolean)) expect(line).toMatch(/ disk-full$/)
      await using database = await openEmbedded({ folder })
      const there = await written(database)
      expect(acknowledged(stdout).filter(row => !there.includes(`row ${row}`))).toEqual([])
    },
  )

  test('a sync that fails acknowledges nothing; the thread recovers what it had acknowledged', async () => {
    await using kept = await temporaryFolder()
    await using writer = launchWriter({
      folder: kept.folder,
      at: 60,
      fate: 'sick',
      until: until(kept.folder),
      seed: 1,
    })
    while (writer.stderr() === '') await wait(20)
    const before = acknowledged(writer.stdout()).length
    while (acknowledged(writer.stdout()).length < before + 50) await wait(20)
    const { stdout, stderr } = await writer.end('SIGKILL')
    const refused = Number(stderr.split(' ')[0])
    expect(acknowledged(stdout)).not.toContain(refused)
    await using database = await openEmbedded({ folder: kept.folder })
    const there = await written(database)
    expect(acknowledged(stdout).filter(row => !there.includes(`row ${row}`))).toEqual([])
  })
})
