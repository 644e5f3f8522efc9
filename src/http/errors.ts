import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ApiError } from '../domain/api/common.ts'
import { Refusal } from '../domain/errors.ts'
import { DatabaseError } from '../store/database.ts'

/** One place that answers errors: one shape, a stable code, a sentence that says what to do. */

type Answer = { readonly status: number; readonly error: ApiError['error'] }

const coded: Record<string, [status: number, code: string, message: string]> = {
  FST_ERR_BAD_URL: [400, 'address-unreadable', 'This address is not one. Check it for stray signs.'],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'body-too-large', 'This is too large. Nothing was kept.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'media-type', 'Send JSON, or a file as a form.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'body-missing', 'The request has no body.'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'not-json', 'The body is not JSON.'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: [415, 'media-type', 'Send the file as a form.'],
  FST_REQ_FILE_TOO_LARGE: [413, 'file-too-large', 'This file is larger than 16 MB. Nothing was kept.'],
  FST_FILES_LIMIT: [400, 'one-file', 'Send one file at a time.'],
}

const fieldsOf = (issues: readonly { path: readonly PropertyKey[]; message: string }[]) =>
  issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message }))

const invalid = (fields: ApiError['error']['fields']): Answer => ({
  status: 400,
  error: {
    code: 'invalid-request',
    message: 'Something in this request is not as it should be. See the fields.',
    ...(fields ? { fields } : {}),
  },
})

const internal: Answer = {
  status: 500,
  error: {
    code: 'internal',
    message: 'Something went wrong on our side. Nothing of yours was lost. Try again.',
  },
}

const nothingHere: Answer = {
  status: 404,
  error: { code: 'not-found', message: 'There is nothing here, or it is not yours.' },
}

const answerTo = (error: unknown): Answer => {
  if (error instanceof Refusal) {
    const { status, code, message, details } = error
    return { status, error: { code, message, ...(details ? { details } : {}) } }
  }
  if (hasZodFastifySchemaValidationErrors(error))
    return invalid(
      error.validation.map(issue => ({
        path: issue.instancePath.split('/').filter(Boolean).join('.'),
        message: issue.message ?? 'not understood',
      })),
    )
  if (error instanceof z.ZodError) return invalid(fieldsOf(error.issues))
  // What a policy refuses, or a foreign key does not find, is not there for this person.
  if (error instanceof DatabaseError && (error.code === '42501' || error.code === '23503')) return nothingHere
  const { code, statusCode } = error as Partial<FastifyError>
  const known = code ? coded[code] : undefined
  if (known) return { status: known[0], error: { code: known[1], message: known[2] } }
  if (statusCode === 429)
    return { status: 429, error: { code: 'too-many-requests', message: 'Too many requests. Wait a moment.' } }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return {
      status: statusCode,
      error: { code: 'bad-request', message: 'This request was not understood.' },
    }
  return internal
}

/** Kind and place of a defect; its message may hold somebody's words. */
const traceOf = (error: unknown) =>
  error instanceof Error
    ? {
        name: error.name,
        code: (error as { code?: string }).code,
        // Reduced at its source to what names no row's content.
        summary: error instanceof DatabaseError ? error.message : undefined,
        at: error.stack
          ?.split('\n')
          .filter(line => line.startsWith('    at '))
          .slice(0, 8),
      }
    : { name: typeof error }

const send = (reply: FastifyReply, { status, error }: Answer) => {
  if (error.details?.['retryAfter']) void reply.header('retry-after', String(error.details['retryAfter']))
  return reply.code(status).type('application/json').send(JSON.stringify({ error }))
}

/** Answers what a route throws and what is not there; only a 5xx is logged, without its message. */
export const answerErrors = (app: FastifyInstance): void => {
  app.setErrorHandler((error, request: FastifyRequest, reply: FastifyReply) => {
    const answer = answerTo(error)
    if (answer.status >= 500) {
      const cause = isResponseSerializationError(error) ? 'response does not fit its schema' : undefined
      request.log.error({ failure: traceOf(error), cause }, 'request failed')
    }
    return send(reply, answer)
  })
  app.setNotFoundHandler((_request, reply) => send(reply, nothingHere))
}

/** An address that cannot be decoded comes to no route and no hook; it is not said back. */
export const answerUnrouted = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
  // Nobody else closes a connection that asked for an upgrade: it would keep the program from stopping.
  if (request.headers.upgrade !== undefined) reply.raw.once('finish', () => void request.raw.socket.destroy())
  void send(reply, answerTo(error))
}

const unreadable: Record<string, [status: string, code: string, message: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'too-slow', 'The request did not come to an end.'],
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'headers-too-large',
    'The headers are too large.',
  ],
}

/** Bytes that are no HTTP request: the same shape of error, and none of them in the log. */
export const answerClientError = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, code, message] = unreadable[error.code ?? ''] ?? [
    '400 Bad Request',
    'not-http',
    'This is not an HTTP request.',
  ]
  const body = JSON.stringify({ error: { code, message } })
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  )
}
