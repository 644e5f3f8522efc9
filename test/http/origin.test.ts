import { describe, expect, test } from 'vitest'
import { sendRaw } from '../support/http-raw.ts'
import { sessionOf, startOwned } from '../support/http-seed.ts'
import { refusalIn } from '../support/http-sign-in.ts'

const { program, owner } = await startOwned()

describe('where a request comes from', () => {
  const changes = [
    ['POST', '/api/sample'],
    ['PATCH', '/api/me'],
    ['PUT', '/api/pairs/x/labels'],
    ['DELETE', '/api/session'],
  ]
  const foreign: [string, (url: string) => Record<string, string>][] = [
    ['another site', () => ({ origin: 'https://elsewhere.example' })],
    ['another port of this machine', () => ({ origin: 'http://localhost:1' })],
    ['a sandboxed frame', () => ({ origin: 'null' })],
    ['another site, as the browser says', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['a sibling domain', url => ({ origin: new URL(url).origin, 'sec-fetch-site': 'same-site' })],
  ]

  test.each(foreign)('%s changes nothing', async (_name, headersFor) => {
    const who = await sessionOf(program, owner.id)
    for (const [method, path] of changes) {
      const answer = await who.ask(method!, path!, {}, headersFor(program.url))
      expect([path, ...refusalIn(answer)]).toEqual([path, 403, 'origin-foreign'])
    }
    expect((await who.ask('GET', '/api/me')).status).toBe(200)
  })

  test('the page itself may', async () => {
    const who = await sessionOf(program, owner.id)
    const headers = { origin: new URL(program.url).origin, 'sec-fetch-site': 'same-origin' }
    expect((await who.ask('PATCH', '/api/me', { language: 'en' }, headers)).status).toBe(200)
  })

  test('a form of another site, which needs no leave to be sent, is not understood', async () => {
    const who = await sessionOf(program, owner.id)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await who.ask('PATCH', '/api/me', '{"name":"Mallory"}', { 'content-type': type })
      expect(refusalIn(answer)).toEqual([415, 'media-type'])
    }
  })

  test.each(['elsewhere.example', 'localhost.elsewhere.example', '127.0.0.1.elsewhere.example', ''])(
    'the name "%s" is not answered',
    async host => {
      const answer = await sendRaw(program.url, [
        'GET /api/health HTTP/1.1',
        `Host: ${host}`,
        'Connection: close',
      ])
      expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([421, 'host-unknown'])
    },
  )

  test('every answer says what a browser may do with it', async () => {
    const { headers } = await program.visitor().ask('GET', '/api/health')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})
