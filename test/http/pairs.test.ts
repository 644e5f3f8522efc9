import { describe, expect, test } from 'vitest'
import {
  addTranscript,
  fileOf,
  joinMember,
  mailOf,
  okBody,
  openPair,
  sessionOf,
  untilIdle,
  startOwned,
} from '../support/http-seed.ts'
import { refusalIn } from '../support/http-sign-in.ts'
import { type Visitor } from '../support/program.ts'
import { talks } from '../support/talks.ts'

const { program, owner } = await startOwned()

const berlin = { timezone: 'Europe/Berlin' }

describe('a pair', () => {
  test('serves one half before the other has joined, who then finds what is shared', async () => {
    const report = await joinMember(program, owner, 'Tomasz Brandt')
    const mine = await sessionOf(program, report.id)
    const wish = { me: 'report', other: { name: 'Ines Calder' }, ...berlin, firstMeeting: '2026-03-10T09:00' }
    const pair = await okBody(mine, 'POST', '/api/pairs', wish)
    expect(pair).toMatchObject({
      me: 'report',
      manager: { joined: false },
      report: { id: report.id, joined: true },
    })
    const at = `/api/pairs/${pair.id}`
    const { next, meetings } = await okBody(mine, 'GET', at)
    expect([next, meetings.length]).toEqual([null, 1])
    const meeting = meetings[0].id
    await okBody(mine, 'PUT', `${at}/meetings/${meeting}/own-note`, { text: 'Mine alone.', version: 0 })
    await addTranscript(mine, { pair: pair.id, meeting }, fileOf('kiln.vtt', talks.zoom.text))

    const link = await okBody(mine, 'POST', `/api/people/${pair.manager.id}/invitation`)
    const theirs = await program.useLink(link.url, { email: mailOf('ines') })
    const [row] = (await okBody(theirs, 'GET', '/api/pairs')).pairs
    expect(row.pair).toMatchObject({ id: pair.id, me: 'manager', manager: { joined: true } })
    expect(row.waiting).toBeGreaterThan(0)
    const page = await okBody(theirs, 'GET', `${at}/meetings/${meeting}`)
    expect(page.transcripts).toHaveLength(1)
    expect(page.ownNote).toEqual({ text: '', version: 0, updatedAt: null })
  })

  test('with the address of somebody who is here already is the administrator’s to make', async () => {
    const { mine, report } = await openPair(program, owner)
    const wish = { me: 'manager', other: { name: 'Tomasz', email: report.email }, ...berlin }
    expect(refusalIn(await mine.ask('POST', '/api/pairs', wish))).toEqual([409, 'email-taken'])
  })

  test('of others is made once, of two, who are here', async () => {
    const administrator = await sessionOf(program, owner.id)
    const ann = (await joinMember(program, owner, 'Ann')).id
    const ben = (await joinMember(program, owner, 'Ben')).id
    const make = async (manager: string, report: string) =>
      refusalIn(await administrator.ask('POST', '/api/pairs/of-others', { manager, report, ...berlin }))
    expect(await make(ann, ann)).toEqual([422, 'pair-of-one'])
    expect(await make(ann, crypto.randomUUID())).toEqual([404, 'not-found'])
    expect(await make(ann, ben)).toEqual([201, undefined])
    expect(await make(ann, ben)).toEqual([409, 'pair-exists'])
    // Ben may lead Ann elsewhere.
    expect(await make(ben, ann)).toEqual([201, undefined])
  })

  test('has a time zone that either half sets, and its meetings keep their instant', async () => {
    const { mine, theirs, at, meeting } = await openPair(program, owner)
    const before = (await okBody(mine, 'GET', `${at}/meetings/${meeting}`)).meeting
    expect([before.local, before.at]).toEqual(['2026-03-10T09:00', '2026-03-10T08:00:00.000Z'])
    await okBody(theirs, 'PATCH', at, { timezone: 'Asia/Kathmandu', cadenceDays: 14 })
    const { pair, meetings } = await okBody(mine, 'GET', at)
    expect(pair).toMatchObject({ timezone: 'Asia/Kathmandu', cadenceDays: 14, minutes: 30 })
    expect([meetings[0].local, meetings[0].at]).toEqual(['2026-03-10T13:45', before.at])
    expect(refusalIn(await mine.ask('PATCH', at, { timezone: 'Mars/Olympus' }))).toEqual([
      400,
      'invalid-request',
    ])
  })
})

describe('meetings', () => {
  const plan = (who: Visitor, at: string, local: string) => okBody(who, 'POST', `${at}/meetings`, { local })

  test('stand in order; the next one is the first that is planned', async () => {
    const { mine, theirs, at, meeting } = await openPair(program, owner)
    const year = new Date().getUTCFullYear() + 1
    const later = await plan(mine, at, `${year}-06-09T09:00`)
    const sooner = await plan(theirs, at, `${year}-06-02T09:00`)
    const { next, meetings } = await okBody(mine, 'GET', at)
    expect(next.id).toBe(sooner.id)
    expect(meetings.map(({ id }: { id: string }) => id)).toEqual([later.id, sooner.id, meeting])
    const page = await okBody(mine, 'GET', `${at}/meetings/${sooner.id}`)
    expect([page.previous, page.following]).toEqual([meeting, later.id])
    await okBody(mine, 'PATCH', `${at}/meetings/${sooner.id}`, { version: 1, state: 'cancelled', why: 'Ill' })
    expect((await okBody(theirs, 'GET', at)).next.id).toBe(later.id)
  })

  test.each([
    ['the hour that spring skips', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z', '2026-03-29T03:30'],
    ['the hour that autumn has twice', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z', '2026-10-25T02:30'],
    ['an ordinary summer’s day', '2026-07-01T09:00', '2026-07-01T07:00:00.000Z', '2026-07-01T09:00'],
  ])('are planned by the clock on the wall: %s', async (_name, local, instant, shown) => {
    const { mine, at } = await openPair(program, owner)
    const made = await plan(mine, at, local)
    expect([made.at, made.local]).toEqual([instant, shown])
  })

  test.each([
    '2026-02-30T09:00',
    '2026-13-01T09:00',
    '2026-03-10T24:30',
    '0000-01-01T00:00',
    '9999-12-31T23:59',
  ])('are not planned for %s', async local => {
    const { mine, at } = await openPair(program, owner)
    const answer = await mine.ask('POST', `${at}/meetings`, { local })
    expect(refusalIn(answer)).toEqual([400, 'invalid-request'])
    expect(answer.body.error.fields[0].path).toBe('local')
  })

  test('say who moved them and why; whoever saw an older state is told', async () => {
    const { mine, theirs, at, meeting, report } = await openPair(program, owner)
    const path = `${at}/meetings/${meeting}`
    const moved = { version: 1, state: 'moved', local: '2026-03-12T10:00', why: 'Dentist' }
    expect(await okBody(theirs, 'PATCH', path, moved)).toMatchObject({
      state: 'moved',
      local: '2026-03-12T10:00',
      why: 'Dentist',
      changedBy: report.id,
      version: 2,
    })
    const late = await mine.ask('PATCH', path, { version: 1, state: 'missed' })
    expect(refusalIn(late)).toEqual([409, 'changed-meanwhile'])
    expect((await okBody(mine, 'GET', path)).meeting).toMatchObject({ state: 'moved', version: 2 })
    await okBody(mine, 'PATCH', path, { version: 2, why: null, state: 'held' })
    expect((await okBody(theirs, 'GET', path)).meeting).toMatchObject({
      state: 'held',
      why: null,
      version: 3,
    })
  })

  test('have been held once there is a transcript', async () => {
    const { mine, at, pair, meeting } = await openPair(program, owner)
    await addTranscript(mine, { pair, meeting }, fileOf('kiln.vtt', talks.zoom.text))
    expect((await okBody(mine, 'GET', `${at}/meetings/${meeting}`)).meeting.state).toBe('held')
  })
})

describe('an own note', () => {
  test('keeps what another window wrote', async () => {
    const { mine, theirs, at, meeting } = await openPair(program, owner)
    const path = `${at}/meetings/${meeting}/own-note`
    expect(await okBody(mine, 'PUT', path, { text: 'First.', version: 0 })).toMatchObject({ version: 1 })
    expect(await okBody(mine, 'PUT', path, { text: 'Second.', version: 1 })).toMatchObject({ version: 2 })
    for (const version of [0, 1, 9])
      expect(refusalIn(await mine.ask('PUT', path, { text: 'Late.', version }))).toEqual([
        409,
        'changed-meanwhile',
      ])
    expect((await okBody(mine, 'GET', `${at}/meetings/${meeting}`)).ownNote.text).toBe('Second.')
    // The other half has one of their own, from its first version on.
    expect(await okBody(theirs, 'PUT', path, { text: 'Mine.', version: 0 })).toMatchObject({ version: 1 })
    expect((await okBody(mine, 'GET', `${at}/meetings/${meeting}`)).ownNote.text).toBe('Second.')
  })

  test('is found by its author as it stands now', async () => {
    const { mine, theirs, at, meeting } = await openPair(program, owner)
    const path = `${at}/meetings/${meeting}/own-note`
    const find = async (who: Visitor, query: string) =>
      (await okBody(who, 'POST', `${at}/search`, { query })).places.map(({ text }: { text: string }) => text)
    await okBody(mine, 'PUT', path, { text: 'Ask about the wheelbarrow.', version: 0 })
    expect(await find(mine, 'wheelbarrow')).toEqual(['Ask about the wheelbarrow.'])
    expect(await find(theirs, 'wheelbarrow')).toEqual([])
    await okBody(mine, 'PUT', path, { text: 'Ask about the ladder.', version: 1 })
    expect([await find(mine, 'wheelbarrow'), await find(mine, 'ladder')]).toEqual([
      [],
      ['Ask about the ladder.'],
    ])
  })
})

test('voices are asked for once: what they promised is theirs, in this transcript and the next', async () => {
  const { mine, at, pair, meeting, report } = await openPair(program, owner)
  const voices = (text: string) =>
    text.replaceAll('Ines Calder', 'Speaker 1').replaceAll('Tomasz Brandt', 'Speaker 2')
  const ownersIn = async (id: string) =>
    (await okBody(mine, 'GET', `${at}/transcripts/${id}`)).findings
      .filter(({ kind }: { kind: string }) => kind === 'action-item')
      .map(({ owner: whose }: { owner: string | null }) => whose)
  const first = await addTranscript(mine, { pair, meeting }, fileOf('one.vtt', voices(talks.zoom.text)))
  expect(first['unknownLabels']).toEqual(['Speaker 1', 'Speaker 2'])
  expect(new Set(await ownersIn(first.id))).toEqual(new Set([null]))

  const labels = [
    { label: 'Speaker 1', side: 'manager' },
    { label: 'Speaker 2', side: 'report' },
  ]
  const twice = await mine.ask('PUT', `${at}/labels`, {
    labels: [...labels, { label: 'Speaker 1', side: null }],
  })
  expect(refusalIn(twice)).toEqual([400, 'invalid-request'])
  expect(await okBody(mine, 'PUT', `${at}/labels`, { labels })).toEqual({ labels })
  await untilIdle(mine, pair)
  expect(await ownersIn(first.id)).toContain(report.id)
  const next = await okBody(mine, 'POST', `${at}/meetings`, { local: '2026-03-17T09:00' })
  const second = await addTranscript(
    mine,
    { pair, meeting: next.id },
    fileOf('two.vtt', voices(talks.teams.text)),
  )
  expect(second['unknownLabels']).toEqual([])
})

test('the sample is loaded once, and goes without a trace', async () => {
  const member = await joinMember(program, owner, 'Ines Calder')
  const mine = await sessionOf(program, member.id)
  const made = await okBody(mine, 'POST', '/api/sample')
  expect(made).toMatchObject({ sample: true, me: 'manager' })
  expect(refusalIn(await mine.ask('POST', '/api/sample'))).toEqual([409, 'sample-exists'])
  const { meetings } = await okBody(mine, 'GET', `/api/pairs/${made.id}`)
  expect(meetings.length).toBeGreaterThan(10)
  expect((await mine.ask('DELETE', `/api/pairs/${made.id}`)).status).toBe(204)
  expect((await okBody(mine, 'GET', '/api/pairs')).pairs).toEqual([])
  expect((await mine.ask('GET', `/api/pairs/${made.id}`)).status).toBe(404)
  // It can be looked at again.
  const again = await okBody(mine, 'POST', '/api/sample')
  await okBody(mine, 'DELETE', `/api/pairs/${again.id}`)
})
