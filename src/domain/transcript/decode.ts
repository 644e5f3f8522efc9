import { mostRows } from './limits.ts'

/** A text file as rows without their ends. */
export interface Source {
  readonly text: string
  readonly lines: readonly string[]
}

interface Signature {
  readonly bytes: readonly number[]
  /** The word a person knows it by. */
  readonly what: string
  /** These letters may also begin a sentence: only with a zero byte close by do they mean a binary file. */
  readonly letters?: true
}

const signatures: readonly Signature[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'an archive or an office document' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], what: 'an empty archive' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], what: 'a rich text document' },
  { bytes: [0x1f, 0x8b], what: 'a compressed file' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'an archive' },
  { bytes: [0x52, 0x61, 0x72, 0x21, 0x1a], what: 'an archive' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old office document' },
  { bytes: [0x52, 0x49, 0x46, 0x46], what: 'a recording', letters: true },
  { bytes: [0x49, 0x44, 0x33], what: 'a recording', letters: true },
  { bytes: [0x4f, 0x67, 0x67, 0x53], what: 'a recording', letters: true },
  { bytes: [0x1a, 0x45, 0xdf, 0xa3], what: 'a recording' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a picture' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a picture' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'a program' },
  { bytes: [0x4d, 0x5a], what: 'a program', letters: true },
]

/** What a file that is no text is, in a word or two; null for text. */
export const binaryKind = (bytes: Uint8Array): string | null => {
  const zeros = bytes.subarray(0, 512).includes(0)
  const known = signatures.find(
    ({ bytes: start, letters }) => (!letters || zeros) && start.every((byte, at) => bytes[at] === byte),
  )
  if (known) return known.what
  // "ftyp" at 4 marks MP4 and M4A.
  if (bytes[4] === 0x66 && bytes[5] === 0x74 && bytes[6] === 0x79 && bytes[7] === 0x70) return 'a recording'
  return null
}

const sampled = 4096

/** UTF-16 without a mark: in western text every other byte is zero. */
const zeroSide = (bytes: Uint8Array): 'le' | 'be' | null => {
  const length = Math.min(bytes.length, sampled) & ~1
  let even = 0
  let odd = 0
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even++
    if (bytes[index + 1] === 0) odd++
  }
  const pairs = length / 2
  if (pairs < 2) return null
  if (odd > pairs * 0.4 && even < pairs * 0.1) return 'le'
  return even > pairs * 0.4 && odd < pairs * 0.1 ? 'be' : null
}

const utf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // A cut or damaged UTF-8 file has few broken letters among many whole ones; what Windows programs
    // of western Europe write has hardly any whole one.
    const text = new TextDecoder('utf-8').decode(bytes)
    let [broken, beyondAscii] = [0, 0]
    for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) broken++
    for (const byte of bytes) if (byte > 127) beyondAscii++
    return broken * 4 < beyondAscii ? text : new TextDecoder('windows-1252').decode(bytes)
  }
}

const decode = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const side = zeroSide(bytes)
  return side ? new TextDecoder(`utf-16${side}`).decode(bytes) : utf8(bytes)
}

const [lineFeed, carriageReturn, unknownLetter] = [0x0a, 0x0d, 0xfffd]

/**
 * Line ends of every system to line feeds, zero characters to U+FFFD as WebVTT says. Unit by unit: a
 * replacement by pattern keeps a note of each match, which is 700 MB for 16 MB of line ends.
 */
const evened = (text: string): string => {
  if (!text.includes('\r') && !text.includes('\0')) return text
  const units = new Uint16Array(text.length)
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === lineFeed && at > 0 && text.charCodeAt(at - 1) === carriageReturn) continue
    units[length++] = unit === carriageReturn ? lineFeed : unit === 0 ? unknownLetter : unit
  }
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(units.subarray(0, length))
}

/** Bytes as text, whatever their encoding and line ends. Never fails. */
export const decodeText = (bytes: Uint8Array): string => {
  const text = decode(bytes)
  return evened(text.startsWith('\uFEFF') ? text.slice(1) : text)
}

/** Rows of a text; null when there are more than any transcript has. */
export const sourceOf = (text: string): Source | null => {
  const lines = text.split('\n', mostRows + 1)
  return lines.length > mostRows ? null : { text, lines }
}

/** Share of control and undecodable characters above which bytes are no text; test files with some have 1 %. */
const mostControls = 0.05

/** Whether text, once decoded, is no text: told by its beginning. */
export const looksBinary = (text: string): boolean => {
  const sample = text.slice(0, sampled)
  let controls = 0
  for (let at = 0; at < sample.length; at++) {
    const code = sample.charCodeAt(at)
    const isControl = (code < 32 && (code < 9 || code > 13) && code !== 27) || (code >= 127 && code < 160)
    if (isControl || code === 0xfffd) controls++
  }
  return sample.length > 0 && controls / sample.length > mostControls
}
