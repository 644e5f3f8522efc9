import type { FastifyInstance } from 'fastify'
import { Refusal } from '../domain/errors.ts'

/** Deeper JSON than any form of ours: parsing 400,000 levels took 95 ms and every later walk more. */
const deepest = 32

const depthOf = (text: string): number => {
  let depth = 0
  let most = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (quoted) {
      if (character === '\\') at++
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if (character === '{' || character === '[') most = Math.max(most, ++depth)
    else if (character === '}' || character === ']') depth--
  }
  return most
}

/** Both can only come as escapes: raw, the one is not JSON and the other not UTF-8. */
const suspect = /\\u(?:0000|d[89a-f])/i

/** Whether every string can be kept: PostgreSQL takes neither NUL nor half a surrogate pair. */
const isText = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, held]) => isText(key) && isText(held))
}

/** The JSON of a request: shallow, without prototypes, and of text that can be kept. */
export const readJson = (app: FastifyInstance): void => {
  const parse = app.getDefaultJsonParser('error', 'error')
  // Plain text is what a form of another site could send without asking.
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body)
    if (depthOf(text) > deepest)
      return done(new Refusal('too-deep', 400, 'This JSON is nested too deeply.'), undefined)
    return parse(request, text, (error, value) =>
      !error && suspect.test(text) && !isText(value)
        ? done(new Refusal('not-text', 400, 'This holds signs that are no text. Type it anew.'), undefined)
        : done(error, value),
    )
  })
}
