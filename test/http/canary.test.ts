import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { offlineCoach } from '../../src/coach/offline/coach.ts'
import { openWriter } from '../../src/pipeline/model-writer.ts'
import { openCoachDesk } from '../../src/pipeline/coach-desk.ts'
import { openBundledEmbedder } from '../../src/embed/bundled.ts'
import { buildApp } from '../../src/http/app.ts'
import { localBus } from '../../src/live/local.ts'
import { asPair, asPerson, asSystem, type Identity } from '../../src/store/database.ts'
import { name, query, sql } from '../../src/store/sql.ts'
import { openTestDatabase, temporaryFolder } from '../support/database.ts'
import { provocations } from '../support/http-canaries.ts'
import { askFor, type Role, role } from '../support/http-expectations.ts'
import { servedRoutes } from '../support/http-routes.ts'
import {
  joinAdministrator,
  joinMember,
  joinOwner,
  okBody,
  seedPair,
  sessionOf,
} from '../support/http-seed.ts'
import { startTestProgram } from '../support/program.ts'

/**
 * A word of its own stands in every private place of one pair. Then everybody reads and searches
 * whatever they can, and nobody may come upon a word that is not theirs to read.
 */
const words = new Map<string, string>()
const word = (place: string): string => {
  const made = words.get(place) ?? `canary${crypto.randomUUID().replaceAll('-', '')}`
  words.set(place, made)
  return made
}
const placesIn = (text: string): string[] => {
  // A shared note's words also travel as updates.
  const updates = [...text.matchAll(/"update":"([^"]*)"/g)].map(([, update]) => atob(update ?? ''))
  const all = [text, ...updates].join('\n')
  return [...words].filter(([, canary]) => all.includes(canary)).map(([place]) => place)
}

const log: string[] = []
await using kept = new AsyncDisposableStack()
const { folder } = kept.use(await temporaryFolder())
const program = kept.use(
  await startTestProgram({ folder, logLevel: 'debug', logTo: { write: line => void log.push(line) } }),
)
const owned = kept.move()
afterAll(() => owned[Symbol.asyncDispose]())

const owner = await joinOwner(program)
const manager = await joinMember(program, owner, 'Ines Calder')
const ours = { ...(await seedPair(program, manager, word, word('password'))), program }
const stranger = await joinMember(program, owner, 'Sten Stranger')
await seedPair(program, stranger, place => `another ${place}`)
const administrator = await joinAdministrator(program, owner, 'Ada Admin')
const routes = await servedRoutes(program)

const shared = [
  'file name',
  'transcript',
  'reason',
  'finding',
  'agenda item',
  'written update',
  'roadblock',
  'decision on it',
  'template',
  'feedback',
  'question',
  'goal',
  'check-in',
  'shared note',
]
const theManager = role('the manager', manager.id, true)
const theReport = role('the report', ours.report.id, true)
const outsiders: readonly Role[] = [
  role('nobody', null),
  role('somebody of another pair', stranger.id),
  role('an administrator', administrator.id, false, true),
  role('the owner of the workspace', owner.id, false, true),
]

/** Whole words and pieces of them, what stands around them, and what they are about. */
const searchesFor = (canary: string): string[] => [
  canary,
  canary.slice(0, -3),
  canary.slice(6),
  `ask about the ${canary} before the summer`,
  `${canary.toUpperCase()} OR 1=1 --`,
]
const about = [
  'Only for me: ask about this before the summer.',
  'What did I want to raise in private before the holidays?',
  'number on the lid of the glaze',
]
const searched = async (who: Role): Promise<string> => {
  const asker = who.person ? await sessionOf(program, who.person) : program.visitor()
  const found: string[] = []
  for (const search of [...[...words.values()].flatMap(searchesFor), ...about])
    for (const path of [`/api/pairs/${ours.pair}/search`, '/api/search'])
      found.push((await asker.ask('POST', path, { query: search })).text)
  return found.join('\n')
}

const readEverything = async (who: Role, methods: readonly string[]): Promise<string> => {
  const answers: string[] = []
  for (const route of routes.filter(({ method }) => methods.includes(method))) {
    const { answer } = await askFor(ours, who, route)
    answers.push(answer.text, ...[...answer.headers].map(([header, value]) => `${header}: ${value}`))
  }
  return answers.join('\n')
}

describe('who reads what', () => {
  test.each([
    [theManager, 'the manager'],
    [theReport, 'the report'],
  ])('$name: what the two share, and the own note', async (who, side) => {
    const own = `note of ${side}`
    const unsent = [`observation of ${side}`, `draft of ${side}`]
    expect(placesIn(await readEverything(who, ['GET'])).toSorted()).toEqual(
      [...shared, own, ...unsent].toSorted(),
    )
    // Search goes through what was said, what both wrote or settled, and the own note.
    const settled = ['finding', 'roadblock', 'agenda item', 'written update', 'feedback']
    const found = ['transcript', 'shared note', ...settled, own]
    expect(placesIn(await searched(who)).toSorted()).toEqual(found.toSorted())
  })

  test('search by meaning is on, and so can leak', async () => {
    const who = await sessionOf(program, manager.id)
    const wish = { query: 'number on the lid of the glaze' }
    const found = await okBody(who, 'POST', `/api/pairs/${ours.pair}/search`, wish)
    expect(found.method).toBe('hybrid')
    expect(placesIn(JSON.stringify(found))).toContain('transcript')
  })

  test.each(outsiders)('$name: nothing, whatever they ask for or send', async who => {
    const answers = await readEverything(who, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    expect(placesIn(answers + (await searched(who)))).toEqual([])
  })
})

describe('what runs and what is kept beside the words', () => {
  const Row = z.object({ row: z.unknown() })
  const seen = async (identity: Identity, table: string) =>
    (
      await program.database.read(identity, query(Row, sql`select to_jsonb(t) as row from ${name(table)} t`))
    )[0].map(({ row }) => JSON.stringify(row))

  test.each<[string, Identity]>([
    ['job', asSystem('jobs')],
    ['run', asPair(ours.pair)],
    ['audit', asPerson(ours.report.id)],
    ['session', asSystem('sign-in')],
    ['login', asSystem('sign-in')],
    ['one_time_link', asSystem('sign-in')],
    ['sign_in_attempt', asSystem('sign-in')],
  ])('%s rows hold nobody’s words', async (table, identity) => {
    await program
      .visitor()
      .ask('POST', '/api/session', { email: word('tried address'), password: word('tried') })
    const rows = await seen(identity, table)
    expect(rows.length).toBeGreaterThan(0)
    expect(placesIn(rows.join('\n'))).toEqual([])
  })
})

describe('errors', () => {
  test.each(provocations)('$name', async ({ provoke }) => {
    const canary = word('provoked')
    const who = await sessionOf(program, manager.id)
    const answers = await provoke({ ...ours, who, canary })
    for (const { status, text } of answers) {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect(text).not.toContain(canary)
      expect(JSON.parse(text)).toEqual({
        error: expect.objectContaining({ code: expect.any(String), message: expect.any(String) }),
      })
    }
  })

  test('a defect of ours says neither its cause nor what was asked', async () => {
    const database = await openTestDatabase()
    await using embedder = openBundledEmbedder()
    await using bus = localBus()
    const coach = offlineCoach()
    await using writer = openWriter({ database, bus, environment: null, coach })
    const app = await buildApp({
      database,
      clock: { now: () => new Date() },
      queue: { wake: () => undefined },
      bus,
      embedder,
      coach: openCoachDesk(database, null),
      writer,
      publicUrl: null,
      assets: null,
      isReady: async () => true,
      logLevel: 'debug',
      logTo: { write: line => void log.push(line) },
    })
    // Whoever asks now meets a database that is gone.
    await database[Symbol.asyncDispose]()
    const answer = await app.inject({
      method: 'POST',
      url: `/api/session?${word('asked of a broken program')}`,
      payload: { email: word('asked of a broken program'), password: word('asked of a broken program') },
    })
    await app.close()
    expect([answer.statusCode, answer.json().error.code]).toEqual([500, 'internal'])
    expect(placesIn(answer.body)).toEqual([])
    expect(log.join('')).toContain('request failed')
  })
})

test('the log tells what was asked for and how it went, in nobody’s words', () => {
  const lines = log.join('')
  expect(lines).toContain('/api/pairs/:pair/search')
  expect(placesIn(lines)).toEqual([])
  // Nor whose address, session or link it was.
  expect(lines).not.toMatch(/__Host-rapport|@example\.org|Ines Calder|Tomasz/)
})

test('passwords and tokens are nowhere in the data folder', async () => {
  const who = program.visitor()
  await okBody(who, 'POST', '/api/session', { email: ours.report.email, password: word('password') })
  words.set('session', who.cookie!.split('=')[1]!)
  const { url } = await okBody(
    await sessionOf(program, manager.id),
    'POST',
    `/api/people/${ours.report.id}/recovery`,
  )
  words.set('link', url.split('#')[1])
  const secrets = ['password', 'session', 'link', 'tried', 'tried address']
  await program.database.maintain()
  const found = new Set<string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      for (const place of placesIn(await readFile(join(entry.parentPath, entry.name), 'latin1')))
        found.add(place)
  // What people wrote is there: the search would have found the rest.
  expect([...found]).toContain('note of the manager')
  expect(secrets.filter(secret => found.has(secret))).toEqual([])
})
