import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import { IntakeAnswer, SentEvent, SentTranscript } from '../domain/api/intake.ts'
import { Refusal } from '../domain/errors.ts'
import { largestFile } from '../domain/transcript/limits.ts'
import { asSystem } from '../store/database.ts'
import { holderOfHook, holderOfToken, intakeKeyUsed } from '../store/intake.ts'
import { hashToken } from '../store/links.ts'
import { takeIn } from '../store/take-in.ts'
import type { Dependencies } from './dependencies.ts'
import { largestUpload } from './upload.ts'

/** What a sender that lost an answer may send again; older than this it is somebody who listened. */
const tolerance = 5 * 60

const OfHook = z.object({ key: Id })

const unknownKey = () =>
  new Refusal('key-unknown', 401, 'This key opens nothing here. Make a new one under My account.')

/**
 * Transcripts that programs send: with a personal token, or signed as Standard Webhooks says. What is sent is kept
 * as the key's owner; where it belongs is told by time and names, and asked when in doubt.
 */
export const intake: FastifyPluginAsyncZod<Dependencies> = async (app, { database, queue, bus, clock }) => {
  // A signature is over the bytes as they came.
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, String(body)),
  )

  const receive = async (key: { readonly id: string; readonly person: string }, sent: SentTranscript) => {
    const { name, text, base64, people = null } = sent
    const bytes = text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text)
    if (bytes.length > largestFile)
      throw new Refusal('file-too-large', 413, 'This file is larger than 16 MB. Nothing was kept.')
    await database.asSystem('intake', tx => tx.run(intakeKeyUsed(key.id)))
    const at = sent.at === undefined ? null : new Date(sent.at).toISOString()
    const taken = await takeIn(database, key.person, { name, bytes, at, people })
    if (taken.state === 'kept') {
      queue.wake()
      await bus.publish({ channel: 'meeting', pair: taken.pair, id: taken.meeting, event: 'changed' })
    }
    return { state: taken.state }
  }

  const holderOf = async ({ headers, params }: FastifyRequest) => {
    const hook = OfHook.safeParse(params)
    if (hook.success) return (await database.read(asSystem('intake'), holderOfHook(hook.data.key)))[0][0]
    const token = /^Bearer ([\w-]{20,100})$/.exec(headers.authorization ?? '')?.[1]
    if (token === undefined) return undefined
    const [[holder]] = await database.read(asSystem('intake'), holderOfToken(hashToken(token)))
    return holder && { ...holder, secret: null }
  }

  for (const path of ['/api/intake', '/api/intake/:key'])
    app.post(
      path,
      {
        bodyLimit: largestUpload,
        config: { public: true },
        schema: { ...(path.endsWith(':key') ? { params: OfHook } : {}), response: { 202: IntakeAnswer } },
        // Whose key it is comes before a byte is read.
        preParsing: async request => {
          if (!(await holderOf(request))) throw unknownKey()
        },
      },
      async (request, reply) => {
        const key = await holderOf(request)
        const body = typeof request.body === 'string' ? request.body : ''
        if (!key || (key.secret && !isSigned(request.headers, body, key.secret, clock.now())))
          throw unknownKey()
        const sent = key.secret ? parsed(SentEvent, body).data : parsed(SentTranscript, body)
        return reply.code(202).send(await receive(key, sent))
      },
    )
}

/** By the schema, and of text that can be kept; what is wrong is said without what was sent. */
const parsed = <Value>(schema: z.ZodType<Value>, body: string): Value => {
  const broken = () =>
    new Refusal('event-broken', 400, 'This is not what a transcript is sent as. Nothing was kept.')
  try {
    const value = schema.safeParse(JSON.parse(body))
    if (!value.success || !body.isWellFormed() || /\\u(?:0000|d[89a-f])/i.test(body)) throw broken()
    return value.data
  } catch {
    throw broken()
  }
}

/**
 * Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, base64, behind `v1,`; several while a secret is being
 * changed. A message is refused five minutes from its time on, on either side.
 */
const isSigned = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
  secret: Uint8Array,
  now: Date,
): boolean => {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map(part => headers[`webhook-${part}`])
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return false
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() / 1000 - Number(timestamp)) > tolerance)
    return false
  const expected = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest()
  return signatures.split(' ').some(signature => {
    const [version, value = ''] = signature.split(',')
    const given = Buffer.from(value, 'base64')
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
}
