import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LiveMessage } from '../../src/domain/api/live.ts'
import {
  addTranscript,
  fileOf,
  joinMember,
  joinOwner,
  type Member,
  okBody,
  sessionOf,
  startPair,
} from '../support/http-seed.ts'
import { askForUpgrade, listen } from '../support/http-socket.ts'
import { password, startTestProgram, type TestProgram, type Visitor } from '../support/program.ts'
import { talks } from '../support/talks.ts'

interface Place {
  readonly pair: string
  readonly meeting: string
  readonly report: Member
}

let program: TestProgram
let owner: Member
let manager: Member
let ours: Place
let others: Place

beforeAll(async () => {
  program = await startTestProgram()
  owner = await joinOwner(program)
  manager = await joinMember(program, owner, 'Ines Calder')
  const stranger = await joinMember(program, owner, 'Sten Stranger')
  ours = await startPair(program, manager, 'Tomasz Brandt')
  others = await startPair(program, stranger, 'Olga Other')
})
afterAll(() => program[Symbol.asyncDispose]())

/** Something happens in a pair: a meeting's minutes change. */
const soundIn = async ({ pair, meeting }: Place, who: Visitor) => {
  const path = `/api/pairs/${pair}/meetings/${meeting}`
  const { version } = (await okBody(who, 'GET', path)).meeting
  await okBody(who, 'PATCH', path, { version, minutes: 45 })
}

describe('who may open it', () => {
  test.each([
    ['another site', 'https://elsewhere.example'],
    ['a page of another port', 'http://localhost:1'],
    ['a page without an origin of its own', 'null'],
    ['a browser that does not say', null],
  ])('%s is refused before the upgrade, with a valid session', async (_name, origin) => {
    const answer = await askForUpgrade(await sessionOf(program, manager.id), { origin })
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([403, 'origin-foreign'])
  })

  test.each([
    ['no session', null],
    ['a session that never was', '__Host-rapport=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ])('%s is refused before the upgrade', async (_name, cookie) => {
    const answer = await askForUpgrade(Object.assign(program.visitor(), { cookie }))
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([401, 'signed-out'])
  })

  test('a session that was ended is refused', async () => {
    const who = await sessionOf(program, manager.id)
    const before = { ...who }
    await okBody(who, 'DELETE', '/api/session')
    expect((await askForUpgrade(before)).status).toBe(401)
  })

  test('no other address is upgraded', async () => {
    const who = await sessionOf(program, manager.id)
    for (const path of ['/', '/api/me', '/api/nothing', '/assets/nothing'])
      expect((await askForUpgrade(who, { path })).status, path).toBe(404)
    expect((await askForUpgrade(who, { path: '/api/live%FF' })).status).toBe(400)
  })
})

describe('what is heard', () => {
  test('a transcript on its way, to its end, in ids and numbers alone', async () => {
    const who = await sessionOf(program, manager.id)
    using page = await listen(await sessionOf(program, ours.report.id))
    await page.watch(ours.pair, () => soundIn(ours, who))
    const { job } = await addTranscript(who, ours, fileOf('kiln.vtt', talks.zoom.text))
    await expect
      .poll(() => page.heard.filter(({ channel, event }) => channel === 'job' && event === 'finished').length)
      // Read, extract, link, embed.
      .toBe(4)
    for (const message of page.heard) {
      expect(LiveMessage.strict().parse(message)).toEqual(message)
      expect(message.event).toMatch(/^(?:progress|finished|changed)$/)
    }
    const parts = page.heard.flatMap(({ id: about, numbers }) =>
      about === job.id && numbers?.['progress'] !== undefined ? [numbers['progress']] : [],
    )
    expect(parts).toEqual(parts.toSorted((one, next) => one - next))
  })

  test('the own pair’s only, whatever is wished for', async () => {
    const mine = await sessionOf(program, manager.id)
    const theirs = await sessionOf(program, others.report.id)
    using page = await listen(mine)
    using owners = await listen(await sessionOf(program, owner.id))
    owners.send({ watch: [ours.pair, others.pair] })
    await page.watch(ours.pair, () => soundIn(ours, mine))
    page.send({ watch: [ours.pair, others.pair] })
    await soundIn(others, theirs)
    await soundIn(others, theirs)
    const before = page.heard.length
    await soundIn(ours, mine)
    await expect.poll(() => page.heard.length).toBeGreaterThan(before)
    expect(new Set(page.heard.map(({ pair }) => pair))).toEqual(new Set([ours.pair]))
    expect(owners.heard).toEqual([])
  })

  test.each([
    ['no JSON', 'watch everything', 1007],
    ['a wish of another shape', { watch: 'all' }, 1007],
    ['a wish that is too long', { watch: ['a'.repeat(10_000)] }, 1009],
    ['a wish beyond any size', 'x'.repeat(100_000), 1009],
  ])('%s closes it', async (_name, wish, code) => {
    using page = await listen(await sessionOf(program, manager.id))
    page.send(wish)
    expect((await page.closed).code).toBe(code)
  })
})

// At once: its next heartbeat, half a minute on, would notice too.
describe('it ends with its session', { timeout: 20_000 }, () => {
  const signedOut = { code: 1008, reason: 'signed out' }

  test('when one signs out; the other window stays', async () => {
    const here = await sessionOf(program, manager.id)
    const there = await sessionOf(program, manager.id)
    using page = await listen(here)
    using window = await listen(there)
    await okBody(here, 'DELETE', '/api/session')
    expect(await page.closed).toEqual(signedOut)
    await window.watch(ours.pair, () => soundIn(ours, there))
  })

  test('when it is ended from the list', async () => {
    const here = await sessionOf(program, manager.id)
    const there = await sessionOf(program, manager.id)
    using page = await listen(there)
    const { sessions } = await okBody(there, 'GET', '/api/me/sessions')
    const { id } = sessions.find(({ current }: { current: boolean }) => current)
    await okBody(here, 'DELETE', `/api/me/sessions/${id}`)
    expect(await page.closed).toEqual(signedOut)
  })

  test('when the password is changed elsewhere', async () => {
    const here = await sessionOf(program, others.report.id)
    using page = await listen(await sessionOf(program, others.report.id))
    using own = await listen(here)
    await okBody(here, 'POST', '/api/me/password', { current: password, next: `${password}, anew` })
    expect(await page.closed).toEqual(signedOut)
    await own.watch(others.pair, () => soundIn(others, here))
  })

  test('when the account is recovered', async () => {
    using page = await listen(await sessionOf(program, ours.report.id))
    const mine = await sessionOf(program, manager.id)
    const { url } = await okBody(mine, 'POST', `/api/people/${ours.report.id}/recovery`)
    await program.useLink(url)
    expect(await page.closed).toEqual(signedOut)
  })

  test('when the program stops', async () => {
    await using stopping = await startTestProgram()
    using page = await listen(await stopping.owner())
    await stopping[Symbol.asyncDispose]()
    expect(await page.closed).toEqual({ code: 1001, reason: 'stopping' })
  })

  test('when the person is disabled, and nothing is heard after', async () => {
    const mine = await sessionOf(program, manager.id)
    using page = await listen(await sessionOf(program, ours.report.id))
    await page.watch(ours.pair, () => soundIn(ours, mine))
    const administrator = await sessionOf(program, owner.id)
    await okBody(administrator, 'PATCH', `/api/people/${ours.report.id}`, { state: 'disabled' })
    expect(await page.closed).toEqual(signedOut)
    const before = page.heard.length
    await soundIn(ours, mine)
    expect(page.heard).toHaveLength(before)
  })
})
