import { createInterface } from 'node:readline'
import type { z } from 'zod'
import { LineErrorJson } from '../domain/contract.ts'
import { writeLine } from './output.ts'

export type LineId = string | number | null

/** JSON lines in, JSON lines out, in order; a bad line is answered in its place, and the end is then 2. */
export async function answerLines<Schema extends z.ZodType<{ id: string | number }>>(
  schema: Schema,
  answer: (request: z.infer<Schema>) => object,
): Promise<void> {
  let no = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    no++
    if (line.trim() === '') continue
    const read = requestOf(schema, line)
    const answered = 'request' in read ? answer(read.request) : read
    const error = LineErrorJson.safeParse(answered)
    if (error.success) {
      process.stderr.write(`line ${no}: ${error.data.error.message}\n`)
      process.exitCode = 2
    }
    await writeLine(JSON.stringify(answered))
  }
}

function requestOf<Schema extends z.ZodType>(
  schema: Schema,
  line: string,
): { request: z.infer<Schema> } | LineErrorJson {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return badLine(null, 'not-json', 'This line is not JSON.')
  }
  const request = schema.safeParse(value)
  if (request.success) return { request: request.data }
  const [issue] = request.error.issues
  return badLine(
    idOf(value),
    'invalid-request',
    `${issue?.path.join('.') || 'line'}: ${issue?.message ?? 'not understood'}`,
  )
}

const idOf = (value: unknown): LineId => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  return typeof id === 'string' || typeof id === 'number' ? id : null
}

export const badLine = (id: LineId, code: string, message: string): LineErrorJson =>
  LineErrorJson.parse({ id, error: { code, message } })
