import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ApiError } from '../domain/api/common.ts'
import { Refusal } from '../domain/errors.ts'
import { DatabaseError } from '../store/database.ts'

/** One place that answers errors: one shape, a stable code, a sentence that says what to do. */

type Answer = { readonly status: number; readonly error: ApiError['error'] }

const coded: Record<string, [status: number, code: string, message: string]> = {
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
  // What a policy refuses is not there for this person.
  if (error instanceof DatabaseError && error.code === '42501')
    return {
      status: 404,
      error: { code: 'not-found', message: 'There is nothing here, or it is not yours.' },
    }
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

export const answerErrors = (app: FastifyInstance): void => {
  app.setErrorHandler((error, request: FastifyRequest, reply: FastifyReply) => {
    const { status, error: body } = answerTo(error)
    if (status >= 500) {
      const cause = isResponseSerializationError(error) ? 'response does not fit its schema' : undefined
      request.log.error({ failure: traceOf(error), cause }, 'request failed')
    }
    if (body.details?.['retryAfter']) void reply.header('retry-after', String(body.details['retryAfter']))
    return reply
      .code(status)
      .type('application/json')
      .send(JSON.stringify({ error: body }))
  })
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .type('application/json')
      .send(
        JSON.stringify({
          error: { code: 'not-found', message: 'There is nothing here, or it is not yours.' },
        }),
      ),
  )
}
