import type { FastifyRequest } from 'fastify'
import { Refusal } from '../domain/errors.ts'
import { largestFile } from '../domain/transcript/limits.ts'

interface Upload {
  readonly name: string
  readonly bytes: Uint8Array
  /** When the meeting was, on the pair's clocks; what the sender says, unchecked. */
  readonly local: string | null
}

/** Bytes of a request with a file in it: JSON escapes can double a text, and multipart adds its own lines. */
export const largestUpload = largestFile * 2 + 65_536

/**
 * The one file of a multipart upload, with the statement that both agreed to it (field `consent`,
 * value `yes`). The whole file is held in memory: it is at most 16 MB and goes to one row.
 *
 * @throws Refusal `consent-missing`, `file-missing`, `file-too-large`, `form-broken`.
 */
export const readUpload = (request: FastifyRequest): Promise<Upload> =>
  readParts(request).catch((error: unknown) => {
    // What the form's own reader throws has no status, and may quote what it was reading.
    throw hasStatus(error) ? error : broken()
  })

const hasStatus = (error: unknown): boolean =>
  error instanceof Refusal || (error instanceof Error && 'statusCode' in error)

const readParts = async (request: FastifyRequest): Promise<Upload> => {
  let consent = false
  let local: string | null = null
  let file: Omit<Upload, 'local'> | undefined
  for await (const part of request.parts({ limits: { files: 1, fields: 5, fileSize: largestFile } })) {
    if (part.type === 'file') {
      const bytes = await part.toBuffer().catch((error: unknown) => {
        throw part.file.truncated ? tooLarge() : error
      })
      if (part.file.truncated) throw tooLarge()
      file = { name: nameOf(part.filename), bytes }
    } else if (part.fieldname === 'consent') consent = part.value === 'yes'
    else if (part.fieldname === 'local') local = String(part.value)
  }
  if (!file) throw new Refusal('file-missing', 400, 'No file came with this. Choose one and try again.')
  if (!consent)
    throw new Refusal(
      'consent-missing',
      422,
      'Both of you must have agreed to this transcript. Nothing was kept.',
    )
  return { ...file, local }
}

/** A name as it can be kept and shown: no half signs, none that PostgreSQL refuses. */
const nameOf = (given: string | undefined): string =>
  (given ?? '').replaceAll('\0', '').slice(0, 200).toWellFormed() || 'Transcript'

const broken = () =>
  new Refusal('form-broken', 400, 'The file did not arrive whole. Nothing was kept. Try again.')

const tooLarge = () =>
  new Refusal('file-too-large', 413, 'This file is larger than 16 MB. Nothing was kept. Is it a recording?')
