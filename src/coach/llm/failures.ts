import { APIError } from 'openai'
import { Refusal } from '../../domain/errors.ts'

/**
 * What can go wrong with somebody else's server, in codes and sentences of ours. Neither the
 * server's words (they may hold a key) nor the model's (they may hold a transcript) are repeated.
 * From 500 on it may pass by itself; below, somebody has to change something. `retryAfter` is in
 * seconds and means that the work waits without a try being counted.
 */
const failures = {
  'model-unreachable': [503, 'The model’s address does not answer. Is it right, and is it running?'],
  'model-too-slow': [503, 'The model did not come to an end in time.'],
  'model-failed': [503, 'The model’s server failed.'],
  'model-busy': [503, 'The model’s server has too much to do and asks to wait.'],
  'model-quota': [503, 'The account with the model’s provider is used up.'],
  'model-answer-too-large': [502, 'The model’s server sent more than two megabytes and was cut off.'],
  'model-not-an-api': [502, 'Something answers at the model’s address, but not in the way of a model.'],
  'model-answer-cut': [502, 'The model’s answer broke off.'],
  'model-answer-empty': [502, 'The model answered nothing.'],
  'model-answer-unusable': [502, 'The model’s answer does not have the form that was asked for.'],
  'model-answer-unproven': [502, 'Too much of the model’s answer does not stand in the lines.'],
  'model-input-cut': [502, 'The model’s server read only a part of what was sent.'],
  'model-key-refused': [422, 'The model’s server refuses the key.'],
  'model-unknown': [422, 'The model’s server does not know this model.'],
  'model-too-long': [422, 'This is longer than the model can read at once.'],
  'model-request-refused': [422, 'The model’s server refuses the request.'],
  'model-declined': [422, 'The model declined to answer.'],
} as const

export type FailureCode = keyof typeof failures

export const failure = (code: FailureCode, details?: Readonly<Record<string, string | number>>): Refusal =>
  new Refusal(code, failures[code][0], failures[code][1], details)

export const isFailure = (error: unknown, ...codes: readonly FailureCode[]): error is Refusal =>
  error instanceof Refusal && (codes as readonly string[]).includes(error.code)

/** An account that is used up is looked at again after an hour. */
const afterQuota = 3600
const longestRetryAfter = 24 * 3600

/** Seconds; both of the header's forms, and OpenAI's own in milliseconds. */
const retryAfterOf = (headers: Headers | undefined): number | null => {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? NaN)
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return Math.ceil(milliseconds / 1000)
  const header = headers?.get('retry-after') ?? null
  if (header === null) return null
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(header)
    ? Number(header)
    : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), longestRetryAfter) : null
}

/** The server's own words, read to tell one refusal from another and then forgotten. */
const wordsOf = (error: APIError): string => {
  const body = error.error as { message?: unknown; code?: unknown; type?: unknown } | string | undefined
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? '')
  return `${text} ${error.message}`.slice(0, 4_000).toLowerCase()
}

const tooLong =
  /context[_ ]?(?:length|window|size)|maximum context|too many (?:input )?tokens|prompt is too long|n_ctx|exceeds? the (?:available )?context|reduce the length/
const usedUp = /insufficient_quota|exceeded your current quota|billing|credit balance/

/** Whatever the client threw, as a refusal of ours. What the caller's own signal ended keeps its reason. */
export const refusalOf = (error: unknown, signal?: AbortSignal): unknown => {
  if (signal?.aborted) return signal.reason
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++)
    if (cause instanceof Refusal) return cause
  if (!(error instanceof APIError)) return failure('model-failed')
  const words = wordsOf(error)
  const { status } = error
  if (status === undefined)
    return 'cause' in error && error.cause ? failure('model-unreachable') : failure('model-failed')
  if (status === 401 || status === 403) return failure('model-key-refused')
  if (status === 429 || status === 402)
    return usedUp.test(words) || status === 402
      ? failure('model-quota', { retryAfter: retryAfterOf(error.headers) ?? afterQuota })
      : failure('model-busy', { retryAfter: retryAfterOf(error.headers) ?? 20 })
  if (status === 408 || status === 504) return failure('model-too-slow')
  if (status >= 500) {
    const wait = retryAfterOf(error.headers)
    return failure('model-failed', wait === null ? undefined : { retryAfter: wait })
  }
  if (status === 413 || tooLong.test(words)) return failure('model-too-long')
  if (status === 404) return failure('model-unknown')
  if (/content_?(?:filter|policy|management)/.test(words)) return failure('model-declined')
  return failure('model-request-refused')
}

/** The parameter a refusal is about: one of those that were sent, by name. */
export const refusedParameter = (error: unknown, sent: readonly string[]): string | null => {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return null
  const words = wordsOf(error)
  if (tooLong.test(words)) return null
  const named = sent.filter(name => error.param === name || new RegExp(`\\b${name}\\b`).test(words))
  // "max_tokens is not supported, use max_completion_tokens": the longer name is not the one complained of.
  return named.find(name => error.param === name) ?? named[0] ?? null
}
