import { describe, expect, test } from 'vitest'
import { toLocal } from '../../src/domain/local-time.ts'
import { localBus } from '../../src/live/local.ts'
import { keepRhythms } from '../../src/pipeline/keep-rhythms.ts'
import { okBody, openPair, startOwned } from '../support/http-seed.ts'
import { type Visitor } from '../support/program.ts'

const { program, owner } = await startOwned()

const day = 86_400_000
const inDays = (days: number) =>
  `${toLocal(new Date(Date.now() + days * day), 'Europe/Berlin').slice(0, 10)}T10:00`

/** The clock comes by, so many days from now. */
const passBy = async (days = 0) => {
  await using bus = localBus()
  await keepRhythms({
    database: program.database,
    bus,
    now: new Date(Date.now() + days * day),
  })
}

/** A pair whose weekly rhythm has its next meeting in three days. */
const open = async () => {
  const room = await openPair(program, owner)
  const { mine, at, meeting } = room
  const path = `${at}/meetings/${meeting}`
  await okBody(mine, 'PATCH', path, { version: 1, local: inDays(3), onwards: true })
  const planned = async (who: Visitor = mine) =>
    (await okBody(who, 'GET', at)).meetings
      .filter(({ state }: { state: string }) => state === 'planned')
      .map(({ local }: { local: string }) => local)
      .toSorted()
  const agenda = async (id: string) =>
    (await okBody(mine, 'GET', `${at}/meetings/${id}/agenda`)).items.map(
      ({ text, state, carriedFrom }: { text: string; state: string; carriedFrom: string | null }) => [
        text,
        state,
        carriedFrom,
      ],
    )
  const idOf = async (local: string): Promise<string> =>
    (await okBody(mine, 'GET', at)).meetings.find((one: { local: string }) => one.local === local).id
  return { ...room, path, planned, agenda, idOf }
}

describe('the next meeting makes itself', () => {
  test('when one is over: a week on, whoever looks first, and once', async () => {
    const { planned } = await open()
    await passBy(3)
    // At ten it may not be over yet; a day later it is.
    await Promise.all([passBy(4), passBy(4)])
    expect(await planned()).toEqual([inDays(3), inDays(10)])
    await passBy(4)
    expect(await planned()).toEqual([inDays(3), inDays(10)])
  })

  test('on its own day after one that moved, and for good where that was wished', async () => {
    const { mine, path, planned } = await open()
    await okBody(mine, 'PATCH', path, { version: 2, local: inDays(5) })
    await passBy(6)
    expect(await planned()).toEqual([inDays(5), inDays(10)])

    const other = await open()
    await okBody(other.mine, 'PATCH', other.path, { version: 2, local: inDays(5), onwards: true })
    await passBy(6)
    expect(await other.planned()).toEqual([inDays(5), inDays(12)])
  })

  test('at once where one is cancelled; the agenda goes along, and comes back when it is held after all', async () => {
    const { mine, theirs, path, at, planned, agenda, idOf, meeting } = await open()
    await okBody(theirs, 'POST', `${path}/agenda`, { text: 'The kiln' })
    await okBody(mine, 'POST', `${path}/agenda`, { text: 'The roof' })
    await okBody(theirs, 'PATCH', path, { version: 2, state: 'cancelled', why: 'Ill' })
    expect(await planned()).toEqual([inDays(10)])
    const next = await idOf(inDays(10))
    await okBody(mine, 'POST', `${at}/meetings/${next}/agenda`, { text: 'The fair' })
    const from = inDays(3).slice(0, 10)
    expect(await agenda(next)).toEqual([
      ['The kiln', 'open', from],
      ['The roof', 'open', from],
      ['The fair', 'open', null],
    ])
    await okBody(theirs, 'PATCH', path, { version: 3, state: 'planned', why: null })
    expect(await agenda(meeting)).toEqual([
      ['The kiln', 'open', null],
      ['The roof', 'open', null],
    ])
    expect(await agenda(next)).toEqual([['The fair', 'open', null]])
  })

  test('in another number of days from the next one on', async () => {
    const { mine, at, planned } = await open()
    await okBody(mine, 'PATCH', at, { cadenceDays: 14 })
    await passBy(4)
    expect(await planned()).toEqual([inDays(3), inDays(17)])
  })
})

describe('what was not reached', () => {
  test('comes first next time, under the name of who raised it; what was reached stays', async () => {
    const { mine, theirs, path, at, agenda, idOf, meeting, report } = await open()
    const kiln = await okBody(theirs, 'POST', `${path}/agenda`, { text: 'The kiln' })
    await okBody(theirs, 'POST', `${path}/agenda`, { text: 'The boats', kind: 'roadblock' })
    await okBody(theirs, 'POST', `${path}/agenda`, { text: 'The board' })
    await okBody(mine, 'PATCH', `${path}/agenda/${kiln.id}`, { version: 1, state: 'reached' })
    await passBy(4)
    const next = await idOf(inDays(10))
    const from = inDays(3).slice(0, 10)
    expect(await agenda(meeting)).toEqual([
      ['The kiln', 'reached', null],
      ['The boats', 'carried', null],
      ['The board', 'carried', null],
    ])
    expect(await agenda(next)).toEqual([
      ['The boats', 'open', from],
      ['The board', 'open', from],
    ])
    const [boats] = (await okBody(mine, 'GET', `${at}/meetings/${next}/agenda`)).items
    expect(boats).toMatchObject({ raisedBy: report.id, kind: 'roadblock' })
    // Twice is once.
    await passBy(4)
    expect(await agenda(next)).toHaveLength(2)

    // Ticked afterwards it was reached after all.
    const [, carried] = (await okBody(mine, 'GET', `${path}/agenda`)).items
    await okBody(theirs, 'PATCH', `${path}/agenda/${carried.id}`, {
      version: carried.version,
      state: 'reached',
    })
    expect(await agenda(next)).toEqual([['The board', 'open', from]])
  })
})

describe('the page of both', () => {
  test('says what became of promises by side, and what sending in writing gave back once that can be told', async () => {
    const { mine, theirs, at, path, meeting, manager, report } = await open()
    const promise = async (whose: string, due: string | null, state?: string) => {
      const { id, version } = await okBody(mine, 'POST', `${at}/findings`, {
        meeting,
        transcript: null,
        kind: 'action-item',
        text: 'Call the glazier',
        owner: whose,
        due,
        evidence: [],
      })
      if (state) await okBody(mine, 'PATCH', `${at}/findings/action-item/${id}`, { version, state })
    }
    await promise(report.id, inDays(3).slice(0, 10), 'done')
    await promise(report.id, null, 'done')
    await promise(report.id, inDays(-3).slice(0, 10), 'done')
    await promise(report.id, null)
    await promise(manager.id, inDays(-2).slice(0, 10))
    await promise(manager.id, inDays(5).slice(0, 10), 'dropped')
    const item = await okBody(theirs, 'POST', `${path}/agenda`, { text: 'The order', kind: 'status' })
    await okBody(theirs, 'POST', `${path}/agenda/${item.id}/writings`, { text: 'It is on its way.' })
    const page = await okBody(theirs, 'GET', `${at}/rhythm`)
    expect(page.promises.find(({ person }: { person: string }) => person === report.id)).toEqual({
      person: report.id,
      onTime: 2,
      late: 1,
      dropped: 0,
      open: 1,
      since: expect.any(String),
    })
    expect(page.promises.find(({ person }: { person: string }) => person === manager.id)).toEqual({
      person: manager.id,
      onTime: 0,
      late: 1,
      dropped: 1,
      open: 0,
      since: expect.any(String),
    })
    expect(page.givenBack).toEqual({ written: 1, minutes: null })
  })
})
