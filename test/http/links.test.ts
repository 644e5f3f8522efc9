import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/store/sql.ts'
import {
  joinMember,
  mailOf,
  type Member,
  okBody,
  sessionOf,
  startLonelyPair,
  startPair,
} from '../support/http-seed.ts'
import { refusalIn, signIn, tokenOf, trySignIn } from '../support/http-sign-in.ts'
import { password, startTestProgram, type TestProgram } from '../support/program.ts'

let program: TestProgram
let owner: Member
let firstLink: string
beforeAll(async () => {
  program = await startTestProgram()
  firstLink = (await program.firstStart())!.url
  const who = await program.useLink(firstLink, {
    name: 'Olive Owner',
    email: 'olive@example.org',
    workspace: 'Pottery',
  })
  owner = (await okBody(who, 'GET', '/api/me')).person
})
afterAll(() => program[Symbol.asyncDispose]())

describe('the first start', () => {
  test('its link makes the owner once', async () => {
    const me = await (await sessionOf(program, owner.id)).ask('GET', '/api/me')
    expect(me.body).toMatchObject({
      person: { name: 'Olive Owner' },
      workspace: { name: 'Pottery' },
      owner: true,
      administrator: true,
    })
    const again = await program.visitor().ask('POST', '/api/links/look', { token: tokenOf(firstLink) })
    expect(refusalIn(again)).toEqual([404, 'link-over'])
    expect(await program.firstStart()).toBeNull()
  })
})

describe('an invitation', () => {
  const invite = async () => {
    const who = await sessionOf(program, owner.id)
    const email = mailOf('ines')
    const person = await okBody(who, 'POST', '/api/people', { name: 'Ines Calder', email })
    return { who, email, person, link: await okBody(who, 'POST', `/api/people/${person.id}/invitation`) }
  }

  test('says whose it is, lets in once, and signs in', async () => {
    const { person, email, link } = await invite()
    expect(person.state).toBe('invited')
    const look = await okBody(program.visitor(), 'POST', '/api/links/look', { token: tokenOf(link.url) })
    expect(look).toEqual({ kind: 'invitation', name: 'Ines Calder', email, workspace: 'Pottery' })
    const joined = await program.useLink(link.url)
    const me = await okBody(joined, 'GET', '/api/me')
    expect(me).toMatchObject({ person: { id: person.id, email }, administrator: false, owner: false })
    const again = await program
      .visitor()
      .ask('POST', '/api/links/use', { token: tokenOf(link.url), password })
    expect(refusalIn(again)).toEqual([404, 'link-over'])
  })

  test('opened by two at once lets one in', async () => {
    const { link } = await invite()
    const wish = { token: tokenOf(link.url), password }
    const answers = await Promise.all(
      [1, 2, 3].map(() => program.visitor().ask('POST', '/api/links/use', wish)),
    )
    expect(answers.map(({ status }) => status).filter(status => status === 200)).toHaveLength(1)
  })

  test('after its time is over', async () => {
    const { person, link } = await invite()
    await program.database.asSystem('sign-in', tx =>
      tx.run(
        sql`delete from one_time_link where person_id = ${person.id}`,
        sql`insert into one_time_link (kind, person_id, token_hash, expires_at)
          values ('invitation', ${person.id}, sha256(${tokenOf(link.url)}::text::bytea), now() - interval '1 second')`,
      ),
    )
    const answer = await program
      .visitor()
      .ask('POST', '/api/links/use', { token: tokenOf(link.url), password })
    expect(refusalIn(answer)).toEqual([404, 'link-over'])
  })

  test('a newer one ends when the older is used', async () => {
    const { who, person, link } = await invite()
    const newer = await okBody(who, 'POST', `/api/people/${person.id}/invitation`)
    await program.useLink(link.url)
    const answer = await program.visitor().ask('POST', '/api/links/look', { token: tokenOf(newer.url) })
    expect(refusalIn(answer)).toEqual([404, 'link-over'])
  })

  test('is not made for somebody who has joined', async () => {
    const { who, person, link } = await invite()
    await program.useLink(link.url)
    const answer = await who.ask('POST', `/api/people/${person.id}/invitation`)
    expect(refusalIn(answer)).toEqual([422, 'invitation-not-yours'])
  })

  test('to a 1:1 that somebody else has begun is not the administrator’s to open', async () => {
    const manager = await joinMember(program, owner, 'Ines Calder')
    const { person } = await startLonelyPair(program, manager)
    const theirs = `/api/people/${person}/invitation`
    expect(refusalIn(await (await sessionOf(program, owner.id)).ask('POST', theirs))).toEqual([
      422,
      'invitation-not-yours',
    ])
    expect((await (await sessionOf(program, manager.id)).ask('POST', theirs)).status).toBe(201)
  })

  test('with an address that somebody has already is refused', async () => {
    const who = await sessionOf(program, owner.id)
    const answer = await who.ask('POST', '/api/people', { name: 'Olive Twice', email: 'OLIVE@example.org' })
    expect(refusalIn(answer)).toEqual([409, 'email-taken'])
  })
})

describe('recovery', () => {
  test('only the other half opens it; once, for an hour, and whoever was signed in is not', async () => {
    const manager = await joinMember(program, owner, 'Ines Calder')
    const { report } = await startPair(program, manager, 'Tomasz Brandt')
    const path = `/api/people/${report.id}/recovery`
    const before = await sessionOf(program, report.id)
    expect(refusalIn(await (await sessionOf(program, owner.id)).ask('POST', path))).toEqual([
      422,
      'recovery-not-yours',
    ])
    expect(refusalIn(await before.ask('POST', path))).toEqual([422, 'recovery-not-yours'])
    const link = await okBody(await sessionOf(program, manager.id), 'POST', path)
    const minutes = (Date.parse(link.expiresAt) - Date.now()) / 60_000
    expect(minutes > 55 && minutes <= 60).toBe(true)
    // Made, not used: nothing has changed yet, but its subject sees it.
    const { events } = await okBody(before, 'GET', '/api/me/events')
    expect(events[0]).toMatchObject({ action: 'recovery-link-made', by: 'Ines Calder', byMe: false })

    const next = 'another horse, another battery'
    const recovered = await program.useLink(link.url, { password: next })
    expect((await okBody(recovered, 'GET', '/api/me')).person.id).toBe(report.id)
    expect((await before.ask('GET', '/api/me')).status).toBe(401)
    expect((await trySignIn(program, report.email)).status).toBe(401)
    await signIn(program, report.email, next)
    const again = await program
      .visitor()
      .ask('POST', '/api/links/use', { token: tokenOf(link.url), password })
    expect(refusalIn(again)).toEqual([404, 'link-over'])
  })

  test('the report, too, opens it for the manager who began the 1:1', async () => {
    const manager = await joinMember(program, owner, 'Ines Calder')
    const { report } = await startPair(program, manager, 'Tomasz Brandt')
    const answer = await (
      await sessionOf(program, report.id)
    ).ask('POST', `/api/people/${manager.id}/recovery`)
    expect(answer.status).toBe(201)
  })

  test('an administrator who lays a 1:1 over somebody’s account does not get in', async () => {
    const member = await joinMember(program, owner, 'Ines Calder')
    const administrator = await sessionOf(program, owner.id)
    const made = await administrator.ask('POST', '/api/pairs/of-others', {
      manager: owner.id,
      report: member.id,
      timezone: 'Europe/Berlin',
    })
    expect(made.status).toBe(201)
    const answer = await administrator.ask('POST', `/api/people/${member.id}/recovery`)
    expect(refusalIn(answer)).toEqual([422, 'recovery-not-yours'])
    // Nor by closing the account and opening it again.
    for (const state of ['disabled', 'active'])
      await okBody(administrator, 'PATCH', `/api/people/${member.id}`, { state })
    expect((await administrator.ask('POST', `/api/people/${member.id}/recovery`)).status).toBe(422)
    expect((await administrator.ask('POST', `/api/people/${member.id}/invitation`)).status).toBe(422)
  })

  test('of a disabled account opens nothing', async () => {
    const manager = await joinMember(program, owner, 'Ines Calder')
    const { report } = await startPair(program, manager, 'Tomasz Brandt')
    const link = await okBody(
      await sessionOf(program, manager.id),
      'POST',
      `/api/people/${report.id}/recovery`,
    )
    await okBody(await sessionOf(program, owner.id), 'PATCH', `/api/people/${report.id}`, {
      state: 'disabled',
    })
    const answer = await program
      .visitor()
      .ask('POST', '/api/links/use', { token: tokenOf(link.url), password })
    expect(refusalIn(answer)).toEqual([404, 'link-over'])
  })
})
