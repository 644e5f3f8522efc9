import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { toLocal } from '../../src/domain/local-time.ts'
import { okBody, openPair, sessionOf, startOwned } from '../support/http-seed.ts'

const { program, owner } = await startOwned()

const day = 86_400_000
const inDays = (days: number) =>
  `${toLocal(new Date(Date.now() + days * day), 'Europe/Berlin').slice(0, 10)}T10:00`

/** What a calendar program makes of a file; anything that is not RFC 5545 throws. */
const parse = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text))
  expect(text.endsWith('\r\n') || text.endsWith('END:VCALENDAR')).toBe(true)
  for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
  return calendar.getAllSubcomponents('vevent').map(component => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      summary: event.summary,
      start: toLocal(event.startDate.toJSDate(), 'Europe/Berlin'),
      minutes: event.duration.toSeconds() / 60,
      status: String(component.getFirstPropertyValue('status')),
      stamped: component.getFirstPropertyValue('dtstamp') !== null,
    }
  })
}

const open = async () => {
  const room = await openPair(program, owner)
  const path = `${room.at}/meetings/${room.meeting}`
  await okBody(room.mine, 'PATCH', path, {
    version: 1,
    local: inDays(3),
    onwards: true,
    why: 'A secret reason',
  })
  await okBody(room.theirs, 'POST', `${path}/agenda`, { text: 'A secret item' })
  const subscribe = async (who = room.mine) => {
    const { url } = await okBody(who, 'POST', '/api/me/calendar')
    return new URL(url).pathname
  }
  return { ...room, path, subscribe }
}

describe('a person’s feed', () => {
  test('opens in a calendar library: the meetings there are and the places ahead, with the other’s name', async () => {
    const { subscribe } = await open()
    const address = await subscribe()
    const answer = await program.visitor().ask('GET', address)
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    const events = parse(answer.text)
    expect(events[0]).toMatchObject({
      summary: '1:1 with Tomasz Brandt',
      start: inDays(3),
      minutes: 30,
      status: 'CONFIRMED',
      stamped: true,
    })
    expect(events.slice(1).map(({ start }) => start)).toEqual(
      Array.from({ length: 8 }, (_, index) => inDays(3 + 7 * (index + 1))),
    )
    expect(new Set(events.slice(1).map(({ status }) => status))).toEqual(new Set(['TENTATIVE']))
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(9)
    expect(answer.text).not.toContain('secret')
  })

  test('keeps one entry for a place that becomes a meeting, and shows one that is cancelled', async () => {
    const { mine, path, subscribe } = await open()
    const address = await subscribe()
    const read = async () => parse((await program.visitor().ask('GET', address)).text)
    const place = (await read())[1]
    await okBody(mine, 'PATCH', path, { version: 2, state: 'cancelled', why: 'A secret reason' })
    const [cancelled, next] = await read()
    expect(cancelled).toMatchObject({ start: inDays(3), status: 'CANCELLED' })
    expect(next).toMatchObject({ uid: place?.uid, start: inDays(10), status: 'CONFIRMED' })
  })

  test('is behind an address nobody can guess, which a new one or a word ends', async () => {
    const { mine, manager, subscribe } = await open()
    const first = await subscribe()
    expect(first).toMatch(/^\/api\/calendar\/[\w-]{43}\.ics$/)
    expect((await okBody(mine, 'GET', '/api/me/calendar')).since).not.toBeNull()
    const second = await subscribe()
    const statusOf = async (address: string) => (await program.visitor().ask('GET', address)).status
    expect([await statusOf(first), await statusOf(second)]).toEqual([404, 200])
    await mine.ask('DELETE', '/api/me/calendar')
    expect(await statusOf(second)).toBe(404)
    expect(await okBody(mine, 'GET', '/api/me/calendar')).toEqual({ since: null })

    // A closed account's feed is closed with it.
    const third = await subscribe()
    const administrator = await sessionOf(program, owner.id)
    await okBody(administrator, 'PATCH', `/api/people/${manager.id}`, { state: 'disabled' })
    expect(await statusOf(third)).toBe(404)
  })
})

test('one meeting is a file of its own, without a word that was written', async () => {
  const { theirs, path } = await open()
  const answer = await theirs.ask('GET', `${path}/calendar`)
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename="1-1-${inDays(3).slice(0, 10)}.ics"`,
  )
  expect(parse(answer.text)).toMatchObject([
    { summary: '1:1 with Ines Calder', start: inDays(3), status: 'CONFIRMED' },
  ])
  expect(answer.text).not.toContain('secret')
})

test('the rhythm says who moved and who cancelled, and who raises what', async () => {
  const { mine, theirs, path, at, meeting, manager, report } = await open()
  await okBody(theirs, 'PATCH', path, { version: 2, local: inDays(4) })
  const page = await okBody(mine, 'GET', `${at}/rhythm`)
  expect(page.start).toBe(inDays(3))
  expect(page.meetings).toMatchObject([
    { id: meeting, local: inDays(4), past: false, moved: { by: report.id } },
  ])
  expect(page.meetings[0].moved.notice).toBeGreaterThan(2 * 24 * 60 - 60)
  await okBody(mine, 'PATCH', path, { version: 3, state: 'cancelled', why: 'Ill' })
  const after = await okBody(theirs, 'GET', `${at}/rhythm`)
  expect(after.meetings[0]).toMatchObject({ state: 'cancelled', changedBy: manager.id, why: 'Ill' })
  expect(after.meetings[1]).toMatchObject({ state: 'planned', local: inDays(10), moved: null })

  // In a meeting that was held: raised by each, and reached of it.
  const next = after.meetings[1].id
  const agenda = `${at}/meetings/${next}/agenda`
  await okBody(mine, 'POST', agenda, { text: 'The roof' })
  const [secret] = (await okBody(mine, 'GET', agenda)).items
  await okBody(mine, 'PATCH', `${agenda}/${secret.id}`, { version: secret.version, state: 'reached' })
  await okBody(mine, 'PATCH', `${at}/meetings/${next}`, { version: 1, state: 'held' })
  expect((await okBody(mine, 'GET', `${at}/rhythm`)).agenda).toEqual(
    expect.arrayContaining([
      { person: manager.id, raised: 1, reached: 0 },
      { person: report.id, raised: 0, reached: 1 },
    ]),
  )
})
