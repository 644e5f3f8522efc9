import { Unzip, UnzipInflate } from 'fflate'
import { largestDocument } from './limits.ts'
import { decodeEntities } from './markup.ts'
import { type Reason, reasons } from './refuse.ts'

const mainPart = 'word/document.xml'
/** Bytes handed to the unpacker at once: deflate makes at most 1032 of one, so the overrun stays below 4 MB. */
const portion = 4096

/**
 * The main part of a Word document, unpacked while counting: whatever an archive claims about its sizes,
 * not more than the limit and one portion is ever in memory. Null where there is no such part.
 */
const unpack = (bytes: Uint8Array): Uint8Array | Reason | null => {
  const chunks: Uint8Array[] = []
  let length = 0
  let failed = false
  let found = false
  let done = false
  const unzip = new Unzip(file => {
    if (file.name !== mainPart || found) return
    found = true
    file.ondata = (error, chunk, final) => {
      if (error) failed = true
      else if (chunk) {
        length += chunk.length
        if (length <= largestDocument) chunks.push(chunk.slice())
      }
      done ||= final
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length && !done && !failed && length <= largestDocument; at += portion)
      unzip.push(bytes.subarray(at, at + portion), at + portion >= bytes.length)
  } catch {
    return found ? reasons.damaged : null
  }
  if (length > largestDocument) return reasons.documentTooLong
  if (failed || (found && !done)) return reasons.damaged
  return found ? joined(chunks, length) : null
}

const joined = (chunks: readonly Uint8Array[], length: number): Uint8Array => {
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

/** Rows of WordprocessingML: paragraphs and breaks end a row, `w:t` is text, a tab is a tab. */
const rowsOf = (xml: string): string[] => {
  const rows: string[] = []
  let row: string[] = []
  const end = () => {
    rows.push(decodeEntities(row.join('')))
    row = []
  }
  for (let open = xml.indexOf('<'); open >= 0; open = xml.indexOf('<', open + 1)) {
    const close = xml.indexOf('>', open)
    if (close < 0) break
    const tag = /^<(\/?w:[a-zA-Z]{1,12})[\s/>]/.exec(xml.slice(open, open + 20))?.[1]
    if (tag === 'w:t' && xml[close - 1] !== '/') {
      const next = xml.indexOf('<', close)
      row.push(xml.slice(close + 1, next < 0 ? undefined : next))
    } else if (tag === 'w:tab') row.push('\t')
    else if (tag === 'w:br' || tag === 'w:cr' || tag === '/w:p') end()
  }
  end()
  return rows
}

const isArchive = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04

/** A Word document as text; the reason why not; null where the bytes are none. */
export const documentText = (bytes: Uint8Array): string | Reason | null => {
  if (!isArchive(bytes)) return null
  const part = unpack(bytes)
  if (part === null) return reasons.archive
  if (!(part instanceof Uint8Array)) return part
  return rowsOf(new TextDecoder('utf-8').decode(part)).join('\n')
}
