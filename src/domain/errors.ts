/**
 * The one error a person is meant to read: a stable code for programs, a status for HTTP, and a
 * sentence that says what to do next. It never carries anybody's words from a note or transcript,
 * because refusals reach logs.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly status: number
  readonly details: Readonly<Record<string, string | number | boolean>> | undefined

  constructor(
    code: string,
    status: number,
    message: string,
    details?: Readonly<Record<string, string | number | boolean>>,
  ) {
    super(message)
    this.code = code
    this.status = status
    this.details = details
  }
}

/** What is not yours and what is not there look alike: 404, never 403 (existence is private). */
export const notFound = () => new Refusal('not-found', 404, 'There is nothing here, or it is not yours.')

/** Kind and place of an unexpected error; its message, however many lines it has, may hold somebody's words. */
export const failureName = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  const place = error.stack
    ?.replace(error.message, '')
    .split('\n')
    .find(line => line.startsWith('    at '))
  return `${error.name}${place ? ` ${place.trim()}` : ''}`
}
