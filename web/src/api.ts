import { setReachable } from './connection.ts'

/** Talking to the server: JSON in, JSON out, one kind of error. */

/** What the server (or the lack of one) refused with; `message` is a sentence for the person. */
export class ApiFailure extends Error {
  readonly code: string
  readonly status: number
  readonly fields: readonly { path: string; message: string }[]

  constructor(
    status: number,
    code: string,
    message: string,
    fields: readonly { path: string; message: string }[] = [],
  ) {
    super(message)
    this.status = status
    this.code = code
    this.fields = fields
  }
}

const offline = () =>
  new ApiFailure(0, 'offline', 'The server cannot be reached. What you wrote is kept here.')

/** What a proxy answers while the program behind it is away. */
const awayStatuses = new Set([502, 503, 504])

const failureOf = async (response: Response): Promise<ApiFailure> => {
  const body: unknown = await response.json().catch(() => null)
  const isOurs = typeof body === 'object' && body !== null && 'error' in body
  if (!isOurs && awayStatuses.has(response.status)) return offline()
  const error = isOurs
    ? (body.error as { code: string; message: string; fields?: { path: string; message: string }[] })
    : { code: 'internal', message: 'Something went wrong on our side. Try again.' }
  return new ApiFailure(response.status, error.code, error.message, error.fields)
}

let onSignedOut: () => void = () => undefined
/** Called when a session has ended while somebody was working. */
export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener
}

export const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
  const isForm = body instanceof FormData
  const response = await fetch(`/api${path}`, {
    method,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    headers: body === undefined || isForm ? {} : { 'content-type': 'application/json' },
  }).catch(() => {
    setReachable(false)
    throw offline()
  })
  const failure = response.ok ? null : await failureOf(response)
  setReachable(failure?.code !== 'offline')
  if (response.status === 204) return undefined as Answer
  if (!failure) return (await response.json()) as Answer
  if (failure.code === 'signed-out') onSignedOut()
  throw failure
}

export const get = <Answer>(path: string): Promise<Answer> => ask<Answer>('GET', path)
export const post = <Answer>(path: string, body?: unknown): Promise<Answer> => ask<Answer>('POST', path, body)
export const patch = <Answer>(path: string, body: unknown): Promise<Answer> =>
  ask<Answer>('PATCH', path, body)
export const put = <Answer>(path: string, body: unknown): Promise<Answer> => ask<Answer>('PUT', path, body)
export const remove = (path: string): Promise<void> => ask<void>('DELETE', path)

/** Whether something was not sent because nobody answered. */
export const isOffline = (error: unknown): boolean => error instanceof ApiFailure && error.code === 'offline'

/** The sentence to show for anything that was thrown. */
export const sentence = (error: unknown): string =>
  error instanceof Error ? error.message : 'Something went wrong. Try again.'
