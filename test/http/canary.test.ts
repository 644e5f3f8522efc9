import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { remind } from '../../src/pipeline/remind.ts'
import { toLocal } from '../../src/domain/local-time.ts'
import { asPair, asPerson, asSystem, type Identity } from '../../src/store/database.ts'
import { canaries } from '../support/canaries.ts'
import { purposes, rowsSeenBy } from '../support/everything.ts'
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
import { rowsOnServer } from '../support/servers.ts'
import { startTestProgram } from '../support/program.ts'

/**
 * A word of its own stands in every private place of one pair. Then everybody reads and searches
 * whatever they can, and nobody may come upon a word that is not theirs to read.
 */
const { words, word, placesIn } = canaries()

const log: string[] = []
await using kept = new AsyncDisposableStack()
const program = kept.use(
  await startTestProgram({ logLevel: 'debug', logTo: { write: line => void log.push(line) } }),
)
const owned = kept.move()
afterAll(() => owned[Symbol.asyncDispose]())

const owner = await joinOwner(program)
const manager = await joinMember(program, owner, 'Ines Calder')
const ours = { ...(await seedPair(program, manager, word, word('password'))), program }
const stranger = await joinMember(program, owner, 'Sten Stranger')
const others = await seedPair(program, stranger, place => `another ${place}`)
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

/** Whole words, the beginnings of them, and what stands around them. */
const searchesFor = (canary: string): string[] => [
  canary,
  canary.slice(0, -3),
  `ask about the ${canary.toUpperCase()} OR 1=1 --`,
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

  // Everything there is to ask, one after another: on servers a busy machine took over a minute.
  test.each(outsiders)(
    '$name: nothing, whatever they ask for or send',
    async who => {
      const answers = await readEverything(who, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      expect(placesIn(answers + (await searched(who)))).toEqual([])
    },
    240_000,
  )
})

describe('what leaves', () => {
  test('e-mails to each of the two', async () => {
    const ahead = new Date(Date.now() + 24 * 3_600_000)
    const local = toLocal(ahead, 'Europe/Berlin')
    const who = await sessionOf(program, manager.id)
    const planned = await okBody(who, 'POST', `/api/pairs/${ours.pair}/meetings`, { local })
    await okBody(who, 'PATCH', `/api/pairs/${ours.pair}/meetings/${planned.id}`, {
      version: planned.version,
      minutes: 45,
      why: `Because of ${word('reason')}.`,
    })
    await remind({ database: program.database, mailer: null, publicUrl: null }, new Date())
    for (const person of [manager.id, ours.report.id]) {
      const { mails } = await okBody(await sessionOf(program, person), 'GET', '/api/me/reminders')
      expect(mails.length, person).toBeGreaterThan(0)
      expect(placesIn(JSON.stringify(mails))).toEqual([])
    }
  })

  test('a calendar, of each of the two, and a meeting as a file', async () => {
    for (const person of [manager.id, ours.report.id]) {
      const who = await sessionOf(program, person)
      const { url } = await okBody(who, 'POST', '/api/me/calendar')
      const feed = await who.ask('GET', new URL(url).pathname)
      expect(feed.text).toContain('BEGIN:VEVENT')
      const file = await who.ask('GET', `/api/pairs/${ours.pair}/meetings/${ours.meeting}/calendar`)
      expect(file.status).toBe(200)
      expect(placesIn(feed.text + file.text)).toEqual([])
    }
  })
})

/** What each of the two may read of the rows, besides what both may. */
const own = (side: 'manager' | 'report') => [
  `note of the ${side}`,
  `observation of the ${side}`,
  `draft of the ${side}`,
]

describe('what is kept', () => {
  // So that there are mails, a feed and an attempt to get in as well.
  const leave = async () => {
    await program
      .visitor()
      .ask('POST', '/api/session', { email: word('tried address'), password: word('tried') })
    await remind({ database: program.database, mailer: null, publicUrl: null }, new Date())
  }

  test.each<[name: string, identity: Identity, may: readonly string[]]>([
    ['the manager', asPerson(manager.id), [...shared, ...own('manager')]],
    ['the report', asPerson(ours.report.id), [...shared, ...own('report')]],
    ['a step of their pair', asPair(ours.pair), shared],
    ['somebody of another pair', asPerson(stranger.id), []],
    ['a step of another pair', asPair(others.pair), []],
    ['an administrator', asPerson(administrator.id), []],
    ['the owner of the workspace', asPerson(owner.id), []],
    ...purposes.map((purpose): [string, Identity, string[]] => [
      `the system, for ${purpose}`,
      asSystem(purpose),
      [],
    ]),
  ])('in every row of every table: %s', async (_, identity, may) => {
    await leave()
    const seen = await rowsSeenBy(program.database, identity)
    expect(seen.size).toBeGreaterThan(0)
    expect(placesIn([...seen.values()].join('\n')).toSorted()).toEqual(may.toSorted())
    // Work, its runs, who came and went, and mails are nobody's words, whoever looks.
    for (const table of [
      'job',
      'run',
      'audit',
      'session',
      'login',
      'one_time_link',
      'sign_in_attempt',
      'mail',
    ])
      expect(placesIn(seen.get(table) ?? ''), table).toEqual([])
  })

  test.each([
    ['job', asSystem('jobs')],
    ['run', asPair(ours.pair)],
    ['audit', asPerson(ours.report.id)],
    ['session', asSystem('sign-in')],
    ['login', asSystem('sign-in')],
    ['one_time_link', asSystem('sign-in')],
    ['sign_in_attempt', asSystem('sign-in')],
    ['mail', asSystem('calendar')],
  ] as const)('there are %s rows, so that finding nothing means something', async (table, identity) => {
    await leave()
    expect((await rowsSeenBy(program.database, identity)).get(table) ?? '').not.toBe('')
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
})

test('the log tells what was asked for and how it went, in nobody’s words', () => {
  const lines = log.join('')
  expect(lines).toContain('/api/pairs/:pair/search')
  expect(placesIn(lines)).toEqual([])
  // Nor whose address, session or link it was.
  expect(lines).not.toMatch(/__Host-rapport|@example\.org|Ines Calder|Tomasz/)
})

async function* filesIn(folder: string) {
  await program.database.maintain()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) yield await readFile(join(entry.parentPath, entry.name), 'latin1')
}

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
  const found = new Set<string>()
  for await (const bytes of program.folder === '' ? rowsOnServer(program.ownerUrl) : filesIn(program.folder))
    for (const place of placesIn(bytes)) found.add(place)
  // What people wrote is there: the search would have found the rest.
  expect([...found]).toContain('note of the manager')
  expect(secrets.filter(secret => found.has(secret))).toEqual([])
})
