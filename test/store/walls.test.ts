import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  asPair,
  asPerson,
  asSystem,
  type Database,
  type Identity,
  type Purpose,
} from '../../src/store/database.ts'
import { json, name, query, sql } from '../../src/store/sql.ts'
import { openTestDatabase } from '../support/database.ts'
import { type FilledPair, fillPair, makePerson } from '../support/rows.ts'

/**
 * The catalogue is asked, not the migrations: what stands in the database is what counts. Two pairs
 * and an administrator have a row of everything; each identity then sees what it may and no more.
 */
let database: Database & AsyncDisposable
let one: FilledPair
let two: FilledPair
let administrator: string

const Name = z.object({ name: z.string() })
const catalogue = <Row>(schema: z.ZodType<Row>, statement: ReturnType<typeof sql>) =>
  database.asSystem('jobs', tx => tx.all(query(schema, statement)))
const tables = () =>
  catalogue(
    Name,
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
  )

beforeAll(async () => {
  database = await openTestDatabase()
  one = await fillPair(database, 'one')
  two = await fillPair(database, 'two')
  administrator = await makePerson(database, 'Ada Admin', true)
})
afterAll(() => database[Symbol.asyncDispose]())

describe('the catalogue', () => {
  test('every table has row security, forced', async () => {
    const open = await catalogue(
      Name,
      sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not (relrowsecurity and relforcerowsecurity)`,
    )
    expect((await tables()).length).toBeGreaterThan(20)
    expect(open).toEqual([])
  })

  test('every table has a policy, and every view the rights of whoever asks', async () => {
    const without = await catalogue(
      Name,
      sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not exists (select from pg_policy where polrelid = pg_class.oid)`,
    )
    const views = await catalogue(
      Name,
      sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
        and not coalesce(reloptions::text[] @> array['security_invoker=true'], false)`,
    )
    expect([without, views]).toEqual([[], []])
  })

  test('the application owns nothing, cannot bypass and cannot become anybody else', async () => {
    const [role] = await catalogue(
      z.object({ me: z.string(), super: z.boolean(), bypass: z.boolean(), owned: z.int(), member: z.int() }),
      sql`select session_user as me, rolsuper as super, rolbypassrls as bypass,
          (select count(*)::int from pg_class where relowner = pg_roles.oid) as owned,
          (select count(*)::int from pg_auth_members join pg_roles granted on granted.oid = roleid
            where member = pg_roles.oid and granted.rolname not in ('pg_checkpoint', 'pg_maintain')) as member
        from pg_roles where rolname = current_user`,
    )
    expect(role).toEqual({ me: 'rapport_app', super: false, bypass: false, owned: 0, member: 0 })
  })

  test('no function of ours runs with its owner’s rights', async () => {
    const definers = await catalogue(
      Name,
      sql`select proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`,
    )
    expect(definers).toEqual([])
  })

  test.for([
    'reset role',
    'reset session authorization',
    'discard all',
    'set role postgres',
    'set session authorization postgres',
    "select set_config('session_authorization', 'postgres', false)",
    'select 1; set session authorization postgres',
    'do $$ begin set session authorization postgres; end $$',
  ])('"%s" gives nothing back', async attempt => {
    await database.asSystem('jobs', tx => tx.run({ text: attempt, values: [] })).catch(() => undefined)
    const [after] = await catalogue(z.object({ me: z.string() }), sql`select current_user as me`)
    expect(after).toEqual({ me: 'rapport_app' })
  })
})

/** How many rows of each table an identity sees; the tables it sees nothing of are left out. */
const sees = async (identity: Identity): Promise<Record<string, number>> => {
  const found: Record<string, number> = {}
  for (const { name: table } of await tables()) {
    const rows = await database
      .as(identity, tx =>
        tx.first(query(z.object({ n: z.int() }), sql`select count(*)::int as n from ${name(table)}`)),
      )
      .catch(() => ({ n: 0 }))
    if (rows && rows.n > 0) found[table] = rows.n
  }
  return found
}

/** Words, files and what was made of them: for the two people, and for steps that run as their pair. */
const content = [
  'action_item',
  'agenda_item',
  'agenda_template',
  'check_in',
  'consent',
  'decision',
  'feedback',
  'feedback_draft',
  'feedback_request',
  'goal',
  'indexed_source',
  'item_update',
  'line',
  'note',
  'note_update',
  'observation',
  'own_talk',
  'passage',
  'passage_sketch',
  'posting',
  'prepared_page',
  'promise_change',
  'remark',
  'roadblock',
  'roadblock_decision',
  'roadblock_mention',
  'speaker_label',
  'transcript',
  'transcript_file',
  'written_update',
]

describe('who sees what', () => {
  test('every table is filled, so that seeing nothing means something', async () => {
    const seen = new Set<string>()
    const identities: Identity[] = [
      asPerson(one.manager),
      asPair(one.pair),
      ...(['sign-in', 'jobs', 'calendar', 'retention', 'intake'] as const).map(asSystem),
    ]
    for (const identity of identities) for (const table of Object.keys(await sees(identity))) seen.add(table)
    expect((await tables()).map(table => table.name).filter(table => !seen.has(table))).toEqual([])
  })

  test('somebody unknown sees no more than that migrations ran', async () => {
    expect(Object.keys(await sees(asPerson('00000000-0000-4000-8000-000000000000')))).toEqual([
      'schema_migration',
      'workspace',
    ])
    expect(Object.keys(await sees(asPair('00000000-0000-4000-8000-000000000000')))).toEqual([
      'schema_migration',
    ])
  })

  test('nothing is seen without an identity, and none is left over or forged', async () => {
    const nobody = { kind: 'nobody' } as unknown as Identity
    expect(Object.keys(await sees(nobody))).toEqual(['schema_migration'])
    await database.asPerson(one.manager, tx => tx.all(query(Name, sql`select name from person`)))
    const [settings] = await catalogue(
      z.object({ person: z.string().nullable(), pair: z.string().nullable() }),
      sql`select current_setting('rapport.person', true) as person, current_setting('rapport.pair', true) as pair`,
    )
    expect(settings).toEqual({ person: '', pair: '' })
    await expect(
      database.asPerson("x'; set role postgres; --", tx => tx.all(query(Name, sql`select 'x' as name`))),
    ).rejects.toThrow('uuid')
  })

  test('a person sees the shared rows of their pair and their own private ones', async () => {
    const mine = await sees(asPerson(one.manager))
    for (const table of content) expect(mine[table], table).toBeGreaterThan(0)
    const texts = await database.asPerson(one.manager, tx =>
      tx.all(
        query(
          z.object({ text: z.string() }),
          sql`select text from note union all select text from passage union all select word from posting
            union all select text from observation union all select rough from feedback_draft
            union all select situation from feedback union all select text from goal union all select text from check_in`,
        ),
      ),
    )
    const words = texts.map(({ text }) => text).join(' ')
    expect(words).toContain('private to the manager of one')
    expect(words).not.toContain('private to the report of one')
    expect(words).not.toMatch(/\btwo\b/)
  })

  test('a pair’s steps see shared rows and nobody’s private ones', async () => {
    const texts = await database.asPair(one.pair, tx =>
      tx.all(
        query(
          z.object({ text: z.string() }),
          sql`select text from note union all select text from passage union all select word from posting
            union all select text from observation union all select rough from feedback_draft
            union all select situation from feedback union all select text from goal union all select text from check_in`,
        ),
      ),
    )
    const words = texts.map(({ text }) => text).join(' ')
    expect(words).toContain('shared by one')
    expect(words).not.toMatch(/private|of two|by two/)
  })

  test('an administrator sees the directory and no content', async () => {
    const seen = await sees(asPerson(administrator))
    expect(seen['person']).toBeGreaterThan(4)
    expect(seen['pair']).toBe(2)
    expect(seen['session'], 'their own').toBe(1)
    expect([seen['model_setting'], seen['own_prompt'], seen['model_key']]).toEqual([1, 1, undefined])
    for (const table of [...content, 'meeting', 'job', 'run', 'login'])
      expect(seen[table], table).toBeUndefined()
  })

  test.for<[Purpose, string[]]>([
    [
      'sign-in',
      [
        'administrator',
        'login',
        'one_time_link',
        'pair',
        'person',
        'schema_migration',
        'session',
        'sign_in_attempt',
        'workspace',
      ],
    ],
    [
      'jobs',
      [
        'embedder_in_use',
        'job',
        'model_habit',
        'model_key',
        'model_pause',
        'model_place',
        'model_setting',
        'model_use',
        'own_prompt',
        'pair',
        'person',
        'schedule',
        'schema_migration',
        'workspace',
      ],
    ],
    [
      'calendar',
      [
        'calendar_feed',
        'job',
        'mail',
        'meeting',
        'meeting_change',
        'pair',
        'person',
        'reminder_wish',
        'schema_migration',
      ],
    ],
    ['retention', ['erasure', 'job', 'meeting', 'pair', 'schema_migration']],
    ['intake', ['intake_key', 'meeting', 'pair', 'person', 'schema_migration']],
  ])('the system, for %s, sees accounts, pairs, jobs or dates, never content', async ([purpose, allowed]) => {
    expect(Object.keys(await sees(asSystem(purpose)))).toEqual(allowed)
  })

  test('nobody writes into another pair', async () => {
    for (const table of content) {
      const count = await database
        .asPerson(two.manager, tx => tx.run(sql`delete from ${name(table)} where pair_id = ${one.pair}`))
        .catch(() => [0])
      expect(count, table).toEqual([0])
    }
    const attempt = database.asPerson(two.manager, tx =>
      tx.run(sql`insert into decision (pair_id, meeting_id, text, evidence)
        values (${one.pair}, ${one.meeting}, 'forged', ${json([])}::jsonb)`),
    )
    await expect(attempt).rejects.toMatchObject({ code: '42501' })
  })

  test('the halves of a pair cannot be exchanged', async () => {
    const attempt = database.asPerson(one.manager, tx =>
      tx.run(sql`update pair set report_id = ${administrator} where id = ${one.pair}`),
    )
    await expect(attempt).rejects.toMatchObject({ code: '42501' })
  })
})
