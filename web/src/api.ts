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

const failureOf = async (response: Response): Promise<ApiFailure> => {
  const body: unknown = await response.json().catch(() => null)
  const error =
    typeof body === 'object' && body !== null && 'error' in body
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
    throw offline()
  })
  if (response.status === 204) return undefined as Answer
  if (response.ok) return (await response.json()) as Answer
  const failure = await failureOf(response)
  if (failure.code === 'signed-out') onSignedOut()
  throw failure
}

export const get = <Answer>(path: string): Promise<Answer> => ask<Answer>('GET', path)
export const post = <Answer>(path: string, body?: unknown): Promise<Answer> => ask<Answer>('POST', path, body)
export const patch = <Answer>(path: string, body: unknown): Promise<Answer> =>
  ask<Answer>('PATCH', path, body)
export const put = <Answer>(path: string, body: unknown): Promise<Answer> => ask<Answer>('PUT', path, body)
export const remove = (path: string): Promise<void> => ask<void>('DELETE', path)

/** The sentence to show for anything that was thrown. */
export const sentence = (error: unknown): string =>
  error instanceof Error ? error.message : 'Something went wrong. Try again.'
