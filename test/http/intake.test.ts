import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { okBody, openPair, sessionOf, untilIdle, startOwned } from '../support/http-seed.ts'
import { type Visitor } from '../support/program.ts'
import { talks } from '../support/talks.ts'

const { program, owner } = await startOwned()

const makeKey = (who: Visitor, kind: 'token' | 'webhook') =>
  okBody<{ id: string; url: string; secret: string }>(who, 'POST', '/api/me/intake/keys', {
    kind,
    name: 'The recorder',
    agreed: true,
  })
const file = (more = '') => ({
  name: 'weekly.vtt',
  text: `${talks.zoom.text}${more}`,
  at: '2026-03-10T09:05:00+01:00',
})
const sendByToken = (token: string, body: unknown) =>
  program.visitor().ask('POST', '/api/intake', body, { authorization: `Bearer ${token}` })

/** As the specification of Standard Webhooks has a sender sign. */
const signed = (secret: string, body: string, at = Date.now(), id = 'msg_1') => {
  const timestamp = String(Math.floor(at / 1000))
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
}

test('sent with a token, it stands in its meeting with the statement it rests on; once', async () => {
  const { mine, theirs, meeting, at, manager } = await openPair(program, owner)
  const { url, secret } = await makeKey(mine, 'token')
  expect(new URL(url).pathname).toBe('/api/intake')
  const sent = await sendByToken(secret, file())
  expect([sent.status, sent.body]).toEqual([202, { state: 'kept' }])
  expect((await sendByToken(secret, file())).body).toEqual({ state: 'known' })
  const page = () => okBody(theirs, 'GET', `${at}/meetings/${meeting}`)
  expect((await page()).transcripts).toHaveLength(1)
  await expect.poll(async () => (await page()).findings.length, { timeout: 60_000 }).toBeGreaterThan(0)
  const { transcripts } = await okBody(theirs, 'GET', `${at}/keeping`)
  expect(transcripts).toMatchObject([{ meeting, statedBy: manager.id, fileName: 'weekly.vtt' }])
  expect((await okBody(mine, 'GET', '/api/me/intake')).keys[0].usedAt).not.toBeNull()
})

test('a webhook counts when its signature is right and fresh, and for what it was signed for', async () => {
  const { mine, at, meeting } = await openPair(program, owner)
  const { url, secret } = await makeKey(mine, 'webhook')
  const path = new URL(url).pathname
  const send = (body: string, headers: Record<string, string>) =>
    program.visitor().ask('POST', path, body, headers)
  const body = JSON.stringify({
    type: 'transcript.ready',
    timestamp: '2026-03-10T09:40:00Z',
    data: file('\n'),
  })
  const other = (await makeKey(mine, 'webhook')).secret
  const minutes = 60_000
  for (const headers of [
    { 'content-type': 'application/json' },
    signed(other, body),
    signed(secret, `${body} `),
    signed(secret, body, Date.now() - 6 * minutes),
    signed(secret, body, Date.now() + 6 * minutes),
    { ...signed(secret, body), 'webhook-id': 'msg_2' },
    {
      ...signed(secret, body),
      'webhook-signature': signed(secret, body)['webhook-signature'].replace('v1', 'v1a'),
    },
  ]) {
    const refused = await send(body, headers)
    expect([refused.status, refused.body.error.code]).toEqual([401, 'key-unknown'])
  }
  expect((await okBody(mine, 'GET', `${at}/meetings/${meeting}`)).transcripts).toEqual([])
  const rotated = signed(secret, body)
  const good = await send(body, {
    ...rotated,
    'webhook-signature': `v1,AAAA ${rotated['webhook-signature']}`,
  })
  expect([good.status, good.body]).toEqual([202, { state: 'kept' }])
  // Said again, it changes nothing.
  expect((await send(body, rotated)).body).toEqual({ state: 'known' })
  const strange = JSON.stringify({ data: { words: 'none of these' } })
  expect((await send(strange, signed(secret, strange))).body.error.code).toBe('event-broken')
})

test('in doubt it waits for its receiver alone, who says where it belongs or discards it', async () => {
  const { mine, theirs, pair, at } = await openPair(program, owner)
  const { id, secret } = await makeKey(mine, 'token')
  const strangers = { name: 'all hands.txt', text: 'Ines Calder: Welcome.\nSten Berg: Hello.', at: file().at }
  expect((await sendByToken(secret, strangers)).body).toEqual({ state: 'waiting' })
  expect((await sendByToken(secret, strangers)).body).toEqual({ state: 'known' })
  const late = {
    name: 'late.txt',
    text: 'Ines Calder: Good.\nTomasz Brandt: I will call the smith by Friday.',
  }
  expect((await sendByToken(secret, late)).body).toEqual({ state: 'waiting' })
  const { waiting } = await okBody(mine, 'GET', '/api/me/intake')
  expect(waiting.map(({ fileName }: { fileName: string }) => fileName)).toEqual(['all hands.txt', 'late.txt'])
  // Nobody else sees, places or discards it.
  const [strange, known] = waiting
  for (const who of [theirs, await sessionOf(program, owner.id)]) {
    expect((await okBody(who, 'GET', '/api/me/intake')).waiting).toEqual([])
    const wish = { pair, local: '2026-03-10T09:00' }
    expect((await who.ask('POST', `/api/me/intake/files/${known.id}`, wish)).status).toBe(404)
    expect((await who.ask('DELETE', `/api/me/intake/files/${known.id}`)).status).toBe(404)
    expect((await who.ask('DELETE', `/api/me/intake/keys/${id}`)).status).toBe(404)
  }
  const placed = await okBody(mine, 'POST', `/api/me/intake/files/${known.id}`, {
    pair,
    local: '2026-03-17T09:00',
  })
  await untilIdle(mine, pair)
  const { transcripts } = await okBody(theirs, 'GET', `${at}/transcripts`)
  expect(transcripts.map((row: { id: string }) => row.id)).toEqual([placed.transcript.id])
  await okBody(mine, 'DELETE', `/api/me/intake/files/${strange.id}`)
  expect((await okBody(mine, 'GET', '/api/me/intake')).waiting).toEqual([])

  await okBody(mine, 'DELETE', `/api/me/intake/keys/${id}`)
  expect((await sendByToken(secret, file('again'))).status).toBe(401)
})

test('nothing comes in where one of the two said no, or by a key whose account is closed', async () => {
  const { mine, theirs, at, manager } = await openPair(program, owner)
  const { secret } = await makeKey(mine, 'token')
  await okBody(theirs, 'PATCH', `${at}/keeping`, { reading: false })
  const refused = await sendByToken(secret, file('\n\n'))
  expect([refused.status, refused.body.error.code]).toEqual([422, 'reading-ended'])
  await okBody(await sessionOf(program, owner.id), 'PATCH', `/api/people/${manager.id}`, {
    state: 'disabled',
  })
  expect((await sendByToken(secret, file('\n\n'))).status).toBe(401)
  // Nor without everybody's consent said.
  const wish = { kind: 'token', name: 'The recorder', agreed: false }
  expect((await theirs.ask('POST', '/api/me/intake/keys', wish)).status).toBe(400)
})
