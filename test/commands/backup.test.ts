import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { openEmbedded } from '../../src/store/embedded.ts'
import { eraseMeeting, recordErasure } from '../../src/store/erasing.ts'
import { finishErasures } from '../../src/store/erasing-person.ts'
import { query, sql } from '../../src/store/sql.ts'
import { backupPlace, namesIn } from '../support/backup-place.ts'
import { outcomeOf, refusedWith } from '../support/commands.ts'
import { everythingKept } from '../support/everything.ts'
import { fileOf } from '../support/http-seed.ts'
import { startOneOnOne } from '../support/one-on-one.ts'
import { startProcess } from '../support/process.ts'
import { password, startTestProgram, visitor } from '../support/program.ts'
import { fillPair } from '../support/rows.ts'
import { whatStands } from '../support/standing.ts'
import { manager, talks } from '../support/talks.ts'

const Doors = z.object({ sessions: z.int(), links: z.int(), logins: z.int() })
const openDoors = query(
  Doors,
  sql`select (select count(*)::int from session) as sessions, (select count(*)::int from one_time_link) as links,
    (select count(*)::int from login) as logins`,
)
const filled = async (folder: string) => {
  await using database = await openEmbedded({ folder })
  return await fillPair(database, 'canary')
}
const standing = async (folder: string, pair: string) => {
  await using database = await openEmbedded({ folder })
  return await whatStands(database, pair)
}

test('goes around: all is as it was, sealed on the way, and everybody signs in again', async () => {
  await using place = await backupPlace()
  const { pair } = await filled(place.data)
  const made = await place.backup('all.rapport')
  const key = made.stdout
  expect([made.code, key]).toEqual([0, expect.stringMatching(/^[\w-]{43}\n$/)])
  expect(made.stderr).toContain('nobody can open it without')
  const sealed = await readFile(place.at('all.rapport'))
  for (const words of ['canary', 'PG_VERSION', key.trim()]) expect(sealed.includes(words)).toBe(false)
  expect((await stat(place.at('all.rapport'))).mode & 0o077).toBe(0)

  await writeFile(place.at('its-key'), key)
  const brought = await place.restore('new', 'all.rapport', '--key-file', 'its-key')
  expect([brought.code, brought.stdout]).toEqual([0, ''])
  expect(brought.stderr).toMatch(/has the data as it was at \d{4}-.*Everybody signs in again/)
  const folder = place.at('new')
  expect(await standing(folder, pair)).toEqual(await standing(place.data, pair))
  await using database = await openEmbedded({ folder })
  const counts = await database.asSystem('sign-in', tx => tx.all(openDoors))
  expect(counts).toEqual([{ sessions: 0, links: 0, logins: 2 }])
}, 240_000)

test('what was erased since the backup is erased in what is brought back', async () => {
  await using place = await backupPlace()
  const [meeting, person] = await (async () => {
    await using database = await openEmbedded({ folder: place.data })
    return [await fillPair(database, 'canarymeeting'), await fillPair(database, 'canaryperson')] as const
  })()
  await place.backup('all.rapport', '--key-file', 'key')
  {
    await using database = await openEmbedded({ folder: place.data })
    await database.asPerson(meeting.report, tx => tx.run(...eraseMeeting(meeting.pair, meeting.meeting)))
    const gone = { what: 'person', row: person.report, pair: null } as const
    await database.asPerson(person.report, tx => tx.run(recordErasure(gone)))
    await finishErasures(database)
  }
  const refused = await place.restore(
    'new',
    'all.rapport',
    '--key-file',
    'key',
    '--erased-in',
    place.at('nowhere'),
  )
  expect(outcomeOf(refused)).toEqual(refusedWith('There is no database in'))
  expect(await namesIn(place.beside)).not.toContain('new')
  const brought = await place.restore('new', 'all.rapport', '--key-file', 'key', '--erased-in', place.data)
  expect(brought.code).toBe(0)
  // Two, and the one that each of the pairs says of itself.
  expect(brought.stderr).toContain('but for 4 erased since')
  await using database = await openEmbedded({ folder: place.at('new') })
  const kept = await everythingKept(database, meeting)
  expect(kept).not.toMatch(/found for canarymeeting|file of canarymeeting/)
  // What each has of their own beside the meeting stays; its notes and all that was read of it do not.
  expect(kept).toContain('private to the manager of canarymeeting')
  expect(kept).not.toMatch(/^(?:note|note_update|transcript|line|passage|posting) \{/m)
  const others = await everythingKept(database, person)
  expect(others).not.toMatch(/Report of canaryperson|private to the report of canaryperson/)
  expect(others).toContain('private to the manager of canaryperson')
  expect(others).toContain('former colleague')
}, 240_000)

test('while the program runs and takes files: consistent, nobody is turned away, and nothing is left over', async () => {
  await using place = await backupPlace()
  await using running = await startProcess(place.data)
  const who = visitor(running.url)
  const token = running.link?.split('#')[1]
  await who.ask('POST', '/api/links/use', { token, password, name: manager, email: 'ines@example.org' })
  const { pair, meeting } = await startOneOnOne(who)
  let going = true
  const answers: number[] = []
  const uploading = (async () => {
    for (let n = 0; going; n++) {
      const file = fileOf(`${n}.vtt`, `${talks.zoom.text}${'\n'.repeat(n)}`)
      answers.push((await who.ask('POST', `/api/pairs/${pair}/meetings/${meeting}/transcripts`, file)).status)
    }
  })()
  await vi.waitFor(() => expect(answers.length).toBeGreaterThan(1), { timeout: 20_000 })
  const before = answers.length
  const made = await place.backup('live.rapport', '--key-file', 'key')
  const acknowledged = answers.length
  going = false
  await uploading
  expect([made.code, made.stdout, made.stderr]).toEqual([
    0,
    '',
    expect.stringContaining('live.rapport has all data'),
  ])
  expect(new Set(answers)).toEqual(new Set([201]))
  expect((await namesIn(place.data)).filter(name => name.startsWith('copy-'))).toEqual([])

  expect((await place.restore('new', 'live.rapport', '--key-file', 'key')).code).toBe(0)
  // Its jobs go on where they were, and come to what they come to elsewhere.
  await using program = await startTestProgram({ folder: place.at('new') })
  const ended = (jobs: readonly { readonly state: string }[]) =>
    jobs.length === 4 && jobs.every(({ state }) => state === 'done')
  await vi.waitFor(
    async () => {
      const stands = await whatStands(program.database, pair)
      if (!stands.every(({ jobs }) => ended(jobs))) throw new Error('still at work')
    },
    { timeout: 60_000, interval: 100 },
  )
  const stands = await whatStands(program.database, pair)
  expect(stands.length).toBeGreaterThanOrEqual(before)
  expect(stands.length).toBeLessThanOrEqual(acknowledged + 1)
  for (const { reading } of stands) expect(reading).toEqual(stands[0]?.reading)
}, 120_000)

test('overwrites nothing', async () => {
  await using place = await backupPlace()
  expect((await place.backup('one.rapport', '--key-file', 'key')).code).toBe(0)
  const first = await readFile(place.at('one.rapport'))
  expect(outcomeOf(await place.backup('one.rapport', '--key-file', 'key'))).toEqual(
    refusedWith('one.rapport is there already'),
  )
  expect(await readFile(place.at('one.rapport'))).toEqual(first)
  await mkdir(place.at('full'))
  await writeFile(join(place.at('full'), 'letter'), 'dear')
  expect(outcomeOf(await place.restore('full', 'one.rapport', '--key-file', 'key'))).toEqual(
    refusedWith('is not empty. Name another with RAPPORT_DATA'),
  )
  expect(await namesIn(place.at('full'))).toEqual(['letter'])
})
