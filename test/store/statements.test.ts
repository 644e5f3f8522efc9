import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { asSystem, type Database } from '../../src/store/database.ts'
import { json, query, sql } from '../../src/store/sql.ts'
import { openTestDatabase } from '../support/database.ts'

/** Statements are prepared once and bound after that; nobody should notice. */
let database: Database & AsyncDisposable
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

const insertTry = (key: string) => sql`insert into sign_in_attempt (bucket) values (${key})`
const tries = (key: string) =>
  query(z.object({ n: z.int() }), sql`select count(*)::int as n from sign_in_attempt where bucket = ${key}`)
const signIn = asSystem('sign-in')

test('each statement of a message has a count and rows of its own', async () => {
  const counts = await database.as(signIn, tx =>
    tx.run(
      insertTry('one'),
      insertTry('one'),
      sql`select 1`,
      sql`delete from sign_in_attempt where bucket = ${'one'}`,
    ),
  )
  expect(counts).toEqual([1, 1, 0, 2])
  const [first, second] = await database.read(signIn, tries('one'), tries('none'))
  expect([first, second]).toEqual([[{ n: 0 }], [{ n: 0 }]])
})

test('a failure undoes what went before it in the message and runs nothing after it', async () => {
  const failing = database.as(signIn, tx =>
    tx.run(insertTry('undone'), sql`select 1 / (${'0'}::int)`, insertTry('undone')),
  )
  await expect(failing).rejects.toMatchObject({ code: '22012' })
  const unreadable = database.as(signIn, tx => tx.run(insertTry('undone'), sql`select from nowhere`))
  await expect(unreadable).rejects.toMatchObject({ code: '42P01' })
  expect(await database.read(signIn, tries('undone'))).toEqual([[{ n: 0 }]])
})

test('a change in a single message answers and is kept, as a whole or not at all', async () => {
  const Bucket = z.object({ bucket: z.string() })
  const added = (key: string) =>
    query(Bucket, sql`insert into sign_in_attempt (bucket) values (${key}) returning bucket`)
  expect(await database.change(signIn, added('single'), added('single'))).toEqual([
    [{ bucket: 'single' }],
    [{ bucket: 'single' }],
  ])
  const failing = database.change(signIn, added('single'), query(Bucket, sql`select 1 / (${'0'}::int)`))
  await expect(failing).rejects.toMatchObject({ code: '22012' })
  expect(await database.read(signIn, tries('single'))).toEqual([[{ n: 2 }]])
})

test('values come back as they went, also when the text is known already', async () => {
  const Row = z.object({
    bytes: z.instanceof(Uint8Array),
    list: z.array(z.string()),
    at: z.date(),
    none: z.null(),
  })
  const at = new Date('2026-03-10T09:30:00.123Z')
  const given = { bytes: new Uint8Array([0, 255, 39]), list: ["it's", '{"a",b}', ''], at, none: null }
  for (let round = 0; round < 2; round++) {
    const [[row]] = await database.read(
      signIn,
      query(
        Row,
        sql`select ${given.bytes}::bytea as bytes, ${given.list}::text[] as list, ${at}::timestamptz as at, ${null}::text as none`,
      ),
    )
    expect(row).toEqual(given)
  }
  const Deep = z.object({ deep: z.unknown() })
  const deep = { quote: `she said "no" \\ 'yes'` }
  expect(await database.read(signIn, query(Deep, sql`select ${json(deep)}::jsonb as deep`))).toEqual([
    [{ deep }],
  ])
})

test('more different texts than are kept prepared', async () => {
  for (let i = 0; i < 520; i++) {
    const text = { text: `select ${i}::int as n`, values: [] }
    expect(await database.read(signIn, query(z.object({ n: z.int() }), text))).toEqual([[{ n: i }]])
  }
  expect(await database.read(signIn, tries('again'))).toEqual([[{ n: 0 }]])
})
