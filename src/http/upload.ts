import type { FastifyRequest } from 'fastify'
import { Refusal } from '../domain/errors.ts'
import { largestFile } from '../domain/transcript/limits.ts'

/**
 * The one file of a multipart upload, with the statement that both agreed to it (field `consent`,
 * value `yes`). The whole file is held in memory: it is at most 16 MB and goes to one row.
 *
 * @throws Refusal `consent-missing`, `file-missing`, `file-too-large`.
 */
export const readUpload = async (request: FastifyRequest): Promise<{ name: string; bytes: Uint8Array }> => {
  let consent = false
  let file: { name: string; bytes: Uint8Array } | undefined
  for await (const part of request.parts({ limits: { files: 1, fields: 5, fileSize: largestFile } })) {
    if (part.type === 'file') {
      const bytes = await part.toBuffer().catch((error: unknown) => {
        throw part.file.truncated ? tooLarge() : error
      })
      if (part.file.truncated) throw tooLarge()
      file = { name: part.filename.slice(0, 200) || 'Transcript', bytes }
    } else if (part.fieldname === 'consent') consent = part.value === 'yes'
  }
  if (!file) throw new Refusal('file-missing', 400, 'No file came with this. Choose one and try again.')
  if (!consent)
    throw new Refusal(
      'consent-missing',
      422,
      'Both of you must have agreed to this transcript. Nothing was kept.',
    )
  return file
}

const tooLarge = () =>
  new Refusal('file-too-large', 413, 'This file is larger than 16 MB. Nothing was kept. Is it a recording?')
