import { unpackPart } from './archive.ts'
import { largestDocument } from './limits.ts'
import { decodeEntities } from './markup.ts'
import { type Reason, reasons } from './refuse.ts'

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
  const part = unpackPart(bytes, 'word/document.xml', largestDocument)
  if (part === null) return reasons.archive
  if ('code' in part) return part
  return rowsOf(new TextDecoder('utf-8').decode(part)).join('\n')
}
