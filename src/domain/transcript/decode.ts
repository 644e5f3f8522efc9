/** A text file as lines without their ends. */
export interface SourceText {
  readonly lines: readonly string[]
  readonly text: string
}

/** Bytes that start an archive, a document or a recording, with the word a person knows it by. */
const signatures: readonly [bytes: readonly number[], what: string][] = [
  [[0x50, 0x4b, 0x03, 0x04], 'an archive or an office document'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x1f, 0x8b], 'a compressed file'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old office document'],
  [[0x52, 0x49, 0x46, 0x46], 'a recording'],
  [[0x49, 0x44, 0x33], 'a recording'],
  [[0x1a, 0x45, 0xdf, 0xa3], 'a recording'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
  [[0xff, 0xd8, 0xff], 'a picture'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
  [[0x4d, 0x5a], 'a program'],
]

/** What a file that is no text is, in a word or two; null for text. */
export const binaryKind = (bytes: Uint8Array): string | null => {
  const known = signatures.find(([start]) => start.every((byte, index) => bytes[index] === byte))
  if (known) return known[1]
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

const decoderFor = (bytes: Uint8Array): InstanceType<typeof TextDecoder> => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be')
  const side = zeroSide(bytes)
  if (side) return new TextDecoder(`utf-16${side}`)
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return new TextDecoder('utf-8')
  } catch {
    // Not UTF-8: what Windows programs of western Europe write. Never fails.
    return new TextDecoder('windows-1252')
  }
}

/** Bytes as lines, whatever their encoding and line ends; zero characters become U+FFFD as WebVTT says. */
export const decodeText = (bytes: Uint8Array): SourceText => {
  const text = decoderFor(bytes)
    .decode(bytes)
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replaceAll('\0', '\uFFFD')
  return { text, lines: text.split('\n') }
}
