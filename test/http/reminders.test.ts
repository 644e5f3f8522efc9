import { createServer, type Server, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { toLocal } from '../../src/domain/local-time.ts'
import { remind } from '../../src/pipeline/remind.ts'
import { openSmtp } from '../../src/pipeline/smtp.ts'
import { okBody, openPair, startOwned } from '../support/http-seed.ts'
import { type Visitor } from '../support/program.ts'

const { program, owner } = await startOwned()

const hour = 3_600_000
const localIn = (ms: number) => toLocal(new Date(Date.now() + ms), 'Europe/Berlin')
const look = (inMs = 0, mailer: ReturnType<typeof openSmtp> | null = null) =>
  remind({ database: program.database, mailer, publicUrl: null }, new Date(Date.now() + inMs))
const mailsOf = async (who: Visitor) =>
  (await okBody(who, 'GET', '/api/me/reminders')).mails as { subject: string; text: string; state: string }[]

/** A pair that meets in two days, with words in its agenda and a reason for its time. */
const open = async () => {
  const room = await openPair(program, owner)
  const path = `${room.at}/meetings/${room.meeting}`
  const local = localIn(48 * hour)
  await okBody(room.mine, 'PATCH', path, { version: 1, local, why: 'A secret reason' })
  await okBody(room.theirs, 'POST', `${path}/agenda`, { text: 'A secret item' })
  return { ...room, path, local }
}

/** A mail server that speaks just enough SMTP, and keeps what it was sent; it can be told to refuse. */
const startMailServer = async () => {
  const mails: string[] = []
  const state = { refuses: false }
  const talk = (socket: Socket) => {
    let text: string | null = null
    let rest = ''
    socket.setEncoding('utf8')
    socket.on('error', () => socket.destroy())
    socket.write('220 test\r\n')
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (text !== null) {
          if (line !== '.') text += `${line}\n`
          else {
            mails.push(text)
            text = null
            socket.write('250 kept\r\n')
          }
        } else if (/^data/i.test(line)) {
          text = ''
          socket.write('354 go on\r\n')
        } else if (/^rcpt/i.test(line) && state.refuses) socket.write('451 later\r\n')
        else if (/^quit/i.test(line)) socket.end('221 bye\r\n')
        else socket.write('250 well\r\n')
      }
    })
  }
  const server: Server = createServer(talk)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    mails,
    state,
    url: `smtp://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise<void>(done => server.close(() => done())),
  }
}

describe('a reminder', () => {
  test('comes once to each the day before, in names and times alone, and is kept where no mail is set up', async () => {
    const { mine, theirs } = await open()
    await look()
    expect(await mailsOf(mine)).toEqual([])
    await look(25 * hour)
    await look(26 * hour)
    const [[one, ...more], [other]] = [await mailsOf(mine), await mailsOf(theirs)]
    expect(more).toEqual([])
    expect(one).toMatchObject({
      state: 'waiting',
      subject: expect.stringContaining('Your 1:1 with Tomasz Brandt'),
    })
    expect(other?.subject).toContain('Your 1:1 with Ines Calder')
    expect(one?.text).toContain('for 30 minutes')
    expect(`${one?.subject}${one?.text}${other?.text}`).not.toContain('secret')
  })

  test('tells the other one of a move or a cancelling that stands, and nobody of one that was taken back', async () => {
    const { mine, theirs, path, local } = await open()
    const change = (who: Visitor, version: number, wish: object) =>
      okBody(who, 'PATCH', path, { version, ...wish })
    await change(theirs, 2, { local: localIn(50 * hour) })
    await change(theirs, 3, { local })
    await look(5 * 60_000)
    // The manager's own move when the room was opened is told to the report, and stands.
    expect([(await mailsOf(mine)).length, (await mailsOf(theirs)).length]).toEqual([0, 1])
    await change(theirs, 4, { state: 'cancelled', why: 'A secret illness' })
    await look(5 * 60_000)
    const [told] = await mailsOf(mine)
    expect(told?.subject).toMatch(/^Tomasz Brandt cancelled your 1:1 of /)
    expect(told?.text).not.toContain('secret')
  })

  test('is for who wants it', async () => {
    const { mine, theirs, path } = await open()
    const wish = await okBody(mine, 'PATCH', '/api/me/reminders', { ahead: false })
    expect(wish).toMatchObject({ ahead: false, changes: true, mailed: false })
    await okBody(mine, 'PATCH', '/api/me/reminders', { changes: false })
    await look(25 * hour)
    await okBody(theirs, 'PATCH', path, { version: 2, state: 'cancelled' })
    await look(5 * 60_000)
    expect(await mailsOf(mine)).toEqual([])
    expect(await okBody(mine, 'GET', '/api/me/reminders')).toMatchObject({ ahead: false, changes: false })
  })

  test('leaves by the mail server, once; refused, it waits and goes later', async () => {
    const { mine, manager } = await open()
    await using server = await startMailServer()
    using mailer = openSmtp(server.url, 'Rapport <rapport@example.org>')
    server.state.refuses = true
    await look(25 * hour, mailer)
    expect(server.mails).toEqual([])
    expect((await mailsOf(mine))[0]?.state).toBe('waiting')
    server.state.refuses = false
    await look(25 * hour + 60_000, mailer)
    expect(server.mails).toEqual([])
    await look(26 * hour, mailer)
    await look(27 * hour, mailer)
    const forMe = server.mails.filter(mail => mail.includes(`To: ${manager.email}`))
    expect(forMe).toHaveLength(1)
    expect(forMe[0]).toContain('Auto-Submitted: auto-generated')
    expect(forMe[0]).toContain('From: Rapport <rapport@example.org>')
    expect((await mailsOf(mine))[0]?.state).toBe('sent')
  })
})
