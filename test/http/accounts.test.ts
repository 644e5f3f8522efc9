import { describe, expect, test } from 'vitest'
import { sql } from '../../src/store/sql.ts'
import { temporaryFolder } from '../support/database.ts'
import { joinMember, mailOf, okBody, sessionOf, startOwned } from '../support/http-seed.ts'
import { refusalIn, signIn, trySignIn } from '../support/http-sign-in.ts'
import { password, startTestProgram } from '../support/program.ts'

const { program, owner } = await startOwned()

describe('signing in', () => {
  test('with the address in any case, and not with another’s password', async () => {
    const member = await joinMember(program, owner, 'Ines Calder')
    const who = await signIn(program, member.email.toUpperCase())
    expect((await okBody(who, 'GET', '/api/session')).person.id).toBe(member.id)
    const wrong = await trySignIn(program, member.email, `${password}!`)
    const unknown = await trySignIn(program, mailOf('nobody'))
    expect(refusalIn(wrong)).toEqual([401, 'sign-in-failed'])
    // Whether somebody has an account here is told to nobody.
    expect(unknown.text).toBe(wrong.text)
  })

  test('hands over a cookie that scripts, other sites and plain lines do not get', async () => {
    const member = await joinMember(program, owner, 'Ines Calder')
    const [cookie, ...more] = (await trySignIn(program, member.email)).headers.getSetCookie()
    expect(more).toEqual([])
    const [pair, ...flags] = cookie!.split('; ')
    expect(pair).toMatch(/^__Host-rapport=[\w-]{43}$/)
    expect(flags.toSorted()).toEqual(['HttpOnly', 'Max-Age=7776000', 'Path=/', 'SameSite=Lax', 'Secure'])
  })

  test('takes the cookie back at the end, and its session is over', async () => {
    const who = await sessionOf(program, owner.id)
    const { cookie } = who
    const answer = await who.ask('DELETE', '/api/session')
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-rapport=;.*(?:Max-Age=0|Expires=Thu, 01 Jan 1970)/,
    )
    const after = await Object.assign(program.visitor(), { cookie }).ask('GET', '/api/me')
    expect(refusalIn(after)).toEqual([401, 'signed-out'])
  })

  test('is slowed down in the database: a restart forgets nothing', async () => {
    await using kept = await temporaryFolder()
    const emails = [mailOf('ines'), mailOf('nobody')]
    {
      await using first = await startTestProgram({ folder: kept.folder })
      const who = await first.owner('Ines Calder', emails[0])
      for (const email of emails)
        for (let tries = 0; tries < 5; tries++)
          expect((await trySignIn(first, email, 'not this one')).status).toBe(401)
      // Somebody signed in stays so.
      expect((await who.ask('GET', '/api/me')).status).toBe(200)
    }
    await using second = await startTestProgram({ folder: kept.folder })
    for (const email of emails) {
      const right = await trySignIn(second, email)
      expect(refusalIn(right)).toEqual([429, 'sign-in-throttled'])
      expect(right.headers.get('retry-after')).toBe('900')
    }
    const quarter = sql`update sign_in_attempt set at = at - interval '16 minutes'`
    await expect(second.database.asSystem('sign-in', tx => tx.run(quarter))).rejects.toMatchObject({
      code: '42501',
    })
    await second.database.asSystem('sign-in', tx => tx.run(sql`delete from sign_in_attempt`))
    expect((await trySignIn(second, emails[0]!)).status).toBe(200)
  })

  test('counts tries that are made at once', async () => {
    const member = await joinMember(program, owner, 'Ines Calder')
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => trySignIn(program, member.email, 'not this one')),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7)
    await program.database.asSystem('sign-in', tx => tx.run(sql`delete from sign_in_attempt`))
  })
})

describe('passwords', () => {
  test.each([
    ['eleven signs', 'elevensigns'],
    ['more than 256', 'a'.repeat(257)],
    ['nothing', ''],
  ])('%s is refused', async (_name, next) => {
    const who = await sessionOf(program, owner.id)
    const answer = await who.ask('POST', '/api/me/password', { current: password, next })
    expect(refusalIn(answer)).toEqual([400, 'invalid-request'])
    expect(answer.body.error.fields[0].path).toBe('next')
  })

  test('a new one needs the present one, and ends every other session', async () => {
    const member = await joinMember(program, owner, 'Ines Calder')
    const here = await sessionOf(program, member.id)
    const there = await sessionOf(program, member.id)
    const next = 'пароль з пробілами і ümlauten'
    const wrong = await here.ask('POST', '/api/me/password', { current: 'not this one', next })
    expect(refusalIn(wrong)).toEqual([422, 'password-wrong'])
    expect((await here.ask('POST', '/api/me/password', { current: password, next })).status).toBe(204)
    expect((await here.ask('GET', '/api/me')).status).toBe(200)
    expect((await there.ask('GET', '/api/me')).status).toBe(401)
    expect((await trySignIn(program, member.email)).status).toBe(401)
    // However a keyboard composes its signs.
    await signIn(program, member.email, next.normalize('NFD'))
    const { events } = await okBody(here, 'GET', '/api/me/events')
    expect(events[0]).toMatchObject({ action: 'password-changed' })
  })

  test('guessing the present one is slowed down too', async () => {
    const member = await joinMember(program, owner, 'Ines Calder')
    const who = await sessionOf(program, member.id)
    const tries = []
    for (let i = 0; i < 6; i++)
      tries.push(await who.ask('POST', '/api/me/password', { current: 'not this one', next: password }))
    expect(tries.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 429])
  })
})

describe('sessions', () => {
  test('are listed by device, and ended one by one', async () => {
    const member = await joinMember(program, owner, 'Ines Calder')
    const phone = program.visitor()
    await phone.ask(
      'POST',
      '/api/session',
      { email: member.email, password },
      {
        'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1',
      },
    )
    const desk = await sessionOf(program, member.id)
    const { sessions } = await okBody(desk, 'GET', '/api/me/sessions')
    expect(sessions.map(({ device }: { device: string }) => device)).toContain('Safari on iPhone')
    expect(sessions.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
    const { id } = sessions.find(({ device }: { device: string }) => device.includes('iPhone'))
    expect((await desk.ask('DELETE', `/api/me/sessions/${id}`)).status).toBe(204)
    expect((await phone.ask('GET', '/api/me')).status).toBe(401)
    expect(refusalIn(await desk.ask('DELETE', `/api/me/sessions/${id}`))).toEqual([404, 'not-found'])
  })

  test('end by themselves', async () => {
    const who = await sessionOf(program, owner.id)
    const { sessions } = await okBody(who, 'GET', '/api/me/sessions')
    const { id } = sessions.find(({ current }: { current: boolean }) => current)
    await program.database.asSystem('sign-in', tx =>
      tx.run(sql`update session set expires_at = now() where id = ${id}`),
    )
    expect((await who.ask('GET', '/api/me')).status).toBe(401)
  })

  test('end with the account, and come back with none of them', async () => {
    const member = await joinMember(program, owner, 'Ines Calder')
    const who = await signIn(program, member.email)
    const administrator = await sessionOf(program, owner.id)
    const path = `/api/people/${member.id}`
    expect(await okBody(administrator, 'PATCH', path, { state: 'disabled' })).toMatchObject({
      state: 'disabled',
    })
    expect((await who.ask('GET', '/api/me')).status).toBe(401)
    expect((await trySignIn(program, member.email)).status).toBe(401)
    await okBody(administrator, 'PATCH', path, { state: 'active' })
    expect((await who.ask('GET', '/api/me')).status).toBe(401)
    await signIn(program, member.email)
  })

  test('one’s own account and the owner’s stay open', async () => {
    const administrator = await sessionOf(program, owner.id)
    const answer = await administrator.ask('PATCH', `/api/people/${owner.id}`, { state: 'disabled' })
    expect(refusalIn(answer)).toEqual([422, 'not-oneself'])
  })
})
