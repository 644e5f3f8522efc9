import { describe, expect, test } from 'vitest'
import { localBus } from '../../src/live/local.ts'
import { keepRhythms } from '../../src/pipeline/keep-rhythms.ts'
import { keepingSchedule } from '../../src/pipeline/keeping.ts'
import { recordErasure } from '../../src/store/erasing.ts'
import { canaries } from '../support/canaries.ts'
import { everythingKept } from '../support/everything.ts'
import {
  fileOf,
  joinMember,
  okBody,
  seedPair,
  sessionOf,
  startLonelyPair,
  untilIdle,
  startOwned,
} from '../support/http-seed.ts'
import { dayAhead, planMeeting } from '../support/one-on-one.ts'
import { password } from '../support/program.ts'
import { talks } from '../support/talks.ts'

const { program, owner } = await startOwned()

/** A pair whose every word of its own can be looked for afterwards. */
const marked = async () => {
  const { word, placesIn } = canaries()
  const manager = await joinMember(program, owner, 'Ines Calder')
  const pair = await seedPair(program, manager, word)
  const left = async () => {
    const all = await everythingKept(program.database, {
      pair: pair.pair,
      manager: manager.id,
      report: pair.report.id,
    })
    return placesIn(all)
  }
  return {
    ...pair,
    left,
    word,
    at: `/api/pairs/${pair.pair}`,
    mine: await sessionOf(program, manager.id),
    theirs: await sessionOf(program, pair.report.id),
  }
}
const notOfTheMeeting = new Set([
  'template',
  'feedback',
  'question',
  'goal',
  'check-in',
  'observation of manager',
  'draft of manager',
  'observation of report',
  'draft of report',
  'observation of the manager',
  'draft of the manager',
  'observation of the report',
  'draft of the report',
])

describe('a meeting', () => {
  test('goes when its day is typed, with all that came from it; a wrong day erases nothing', async () => {
    const { at, meeting, mine, theirs, left } = await marked()
    expect(await left()).toEqual(expect.arrayContaining(['transcript', 'shared note', 'note of the report']))
    const wrong = await theirs.ask('POST', `${at}/meetings/${meeting}/erasure`, { day: '2026-03-11' })
    expect([wrong.status, wrong.body.error.code]).toEqual([422, 'day-differs'])
    await okBody(theirs, 'POST', `${at}/meetings/${meeting}/erasure`, { day: '2026-03-10' })
    expect((await left()).filter(place => !notOfTheMeeting.has(place))).toEqual([])
    expect((await mine.ask('GET', `${at}/meetings/${meeting}`)).status).toBe(404)
    expect((await okBody(mine, 'GET', at)).promises).toEqual([])
  })

  test('takes along what was carried on from its agenda, from meeting to meeting', async () => {
    const { at, pair, meeting, mine, left, word } = await marked()
    // A rhythm that nobody follows any more makes no next meeting: one is ahead.
    await planMeeting(mine, pair, `${dayAhead(1)}T09:00`)
    const text = `The ${word('carried item')} for the fair`
    await okBody(mine, 'POST', `${at}/meetings/${meeting}/agenda`, { text })
    await using bus = localBus()
    for (const days of [0, 8, 15])
      await keepRhythms({ database: program.database, bus, now: new Date(Date.now() + days * 86_400_000) })
    const { meetings } = await okBody(mine, 'GET', at)
    const agendas: string[] = []
    for (const { id } of meetings)
      agendas.push(JSON.stringify(await okBody(mine, 'GET', `${at}/meetings/${id}/agenda`)))
    expect(agendas.filter(agenda => agenda.includes(text)).length).toBeGreaterThan(2)
    await okBody(mine, 'POST', `${at}/meetings/${meeting}/erasure`, { day: '2026-03-10' })
    expect((await left()).filter(place => place.endsWith('item'))).toEqual([])
  })
})

describe('a whole 1:1', () => {
  test('goes when both have said so, and not a word is left', async () => {
    const { at, manager, report, mine, theirs, left } = await marked()
    expect((await mine.ask('POST', `${at}/erasure`, { name: 'Somebody' })).body.error.code).toBe(
      'name-differs',
    )
    expect(await okBody(mine, 'POST', `${at}/erasure`, { name: report.name })).toEqual({ state: 'asked' })
    // Asking twice is not both.
    expect(await okBody(mine, 'POST', `${at}/erasure`, { name: report.name })).toEqual({ state: 'asked' })
    expect((await okBody(theirs, 'GET', `${at}/keeping`)).erasingAskedBy).toBe(manager.id)
    // Nobody takes back what the other asked.
    await okBody(theirs, 'DELETE', `${at}/erasure`)
    expect((await okBody(theirs, 'GET', `${at}/keeping`)).erasingAskedBy).toBe(manager.id)
    expect(await okBody(theirs, 'POST', `${at}/erasure`, { name: manager.name })).toEqual({ state: 'erased' })
    expect(await left()).toEqual([])
    expect((await mine.ask('GET', at)).status).toBe(404)
  })

  test('goes at once while the other has not joined', async () => {
    const manager = await joinMember(program, owner, 'Ines Calder')
    const { pair } = await startLonelyPair(program, manager)
    const who = await sessionOf(program, manager.id)
    expect(await okBody(who, 'POST', `/api/pairs/${pair}/erasure`, { name: 'Nils Newcomer' })).toEqual({
      state: 'erased',
    })
  })
})

describe('a person', () => {
  test('goes with account, private words and what they said; what the other wrote stays', async () => {
    const { at, pair, meeting, transcript, report, mine, theirs, left } = await marked()
    const wrong = { name: report.name, password: `${password} not` }
    expect((await theirs.ask('POST', '/api/me/erasure', wrong)).body.error.code).toBe('password-wrong')
    await okBody(theirs, 'POST', '/api/me/erasure', { name: report.name, password })
    expect((await theirs.ask('GET', '/api/me')).status).toBe(401)
    await untilIdle(mine, pair)
    const kept = await left()
    expect(kept).toEqual(
      expect.arrayContaining(['note of the manager', 'finding', 'agenda item', 'shared note']),
    )
    // The line with this word was spoken by the report.
    for (const gone of [
      'transcript',
      'note of the report',
      'observation of the report',
      'draft of the report',
    ])
      expect(kept).not.toContain(gone)
    const all = await everythingKept(program.database, { pair, manager: report.id, report: report.id })
    expect(all).not.toContain(report.email)
    // Others of that name are in the directory.
    const rows = all.split('\n').filter(row => !row.startsWith('person ') || row.includes(report.id))
    expect(rows.filter(row => row.includes(report.name))).toEqual([])
    const page = await okBody(mine, 'GET', at)
    expect(page.pair.report).toMatchObject({ id: report.id, name: 'former colleague' })
    const review = await okBody(mine, 'GET', `${at}/transcripts/${transcript}`)
    expect(review.lines.length).toBeGreaterThan(0)
    expect(new Set(review.lines.map(({ speaker }: { speaker: string }) => speaker))).toEqual(
      new Set(['Ines Calder']),
    )
    const said = new Set(review.lines.map(({ no }: { no: number }) => no))
    for (const { evidence } of (await okBody(mine, 'GET', `${at}/meetings/${meeting}`)).findings)
      for (const { line } of evidence) expect(said.has(line)).toBe(true)
  })

  test('is erased by an administrator who types the name; the owner stays', async () => {
    const { report, theirs } = await marked()
    const admin = await sessionOf(program, owner.id)
    await okBody(admin, 'POST', `/api/people/${report.id}/erasure`, { name: report.name.toUpperCase() })
    expect((await theirs.ask('GET', '/api/me')).status).toBe(401)
    const people = (await okBody(admin, 'GET', '/api/people')).people
    expect(people.find(({ id }: { id: string }) => id === report.id)).toMatchObject({
      name: 'former colleague',
    })
    const refused = await admin.ask('POST', `/api/people/${owner.id}/erasure`, { name: owner.name })
    expect(refused.body.error.code).toBe('owner-stays')
  })
})

test('an erasure that was broken off is gone on with by itself', async () => {
  const { pair, at, manager, report, mine, theirs, left } = await marked()
  await okBody(mine, 'POST', `${at}/erasure`, { name: report.name })
  // The program stopped after the row was there and before anything went.
  await program.database.asPerson(report.id, tx => tx.run(recordErasure({ what: 'pair', row: pair, pair })))
  expect(await left()).toContain('shared note')
  await keepingSchedule.run(program.database, new Date())
  expect(await left()).toEqual([])
  expect((await theirs.ask('GET', at)).status).toBe(404)
  expect((await mine.ask('GET', '/api/me')).body.person.id).toBe(manager.id)
})

test('nobody records the erasure of a 1:1 that the other half has not asked for', async () => {
  const { pair, at, manager, report, mine } = await marked()
  const record = (who: string) =>
    program.database.asPerson(who, tx => tx.run(recordErasure({ what: 'pair', row: pair, pair })))
  await expect(record(manager.id)).rejects.toThrow('row-level security')
  await okBody(mine, 'POST', `${at}/erasure`, { name: report.name })
  await expect(record(manager.id)).rejects.toThrow('row-level security')
  await expect(record(owner.id)).rejects.toThrow('row-level security')
  await expect(
    program.database.asPerson(manager.id, tx =>
      tx.run(recordErasure({ what: 'person', row: report.id, pair: null })),
    ),
  ).rejects.toThrow('row-level security')
})

test('one no ends transcripts for both, until who said it takes it back', async () => {
  const { at, meeting, mine, theirs } = await marked()
  await okBody(theirs, 'PATCH', `${at}/keeping`, { reading: false })
  const file = () => fileOf('more.vtt', `${talks.zoom.text}\nNOTE again\n`)
  const refused = await mine.ask('POST', `${at}/meetings/${meeting}/transcripts`, file())
  expect([refused.status, refused.body.error.code]).toEqual([422, 'reading-ended'])
  expect((await mine.ask('PATCH', `${at}/keeping`, { reading: true })).body.error.code).toBe('no-not-yours')
  expect((await okBody(theirs, 'PATCH', `${at}/keeping`, { reading: true })).endedBy).toBeNull()
  expect((await mine.ask('POST', `${at}/meetings/${meeting}/transcripts`, file())).status).toBe(201)
})
