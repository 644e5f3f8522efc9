import { Inflate } from 'fflate'
import { type Reason, reasons } from './refuse.ts'

/** Bytes handed to the unpacker at once: deflate makes at most 1032 of one, so the overrun stays below 4 MB. */
const portion = 4096

/** Signatures and sizes of the ZIP format (APPNOTE 4.3). */
const [directoryEnd, directoryEntry, localEntry] = [0x06054b50, 0x02014b50, 0x04034b50]
const [directoryEndSize, directoryEntrySize, localEntrySize] = [22, 46, 30]
const longestComment = 65_535

interface Entry {
  readonly method: number
  readonly packed: number
  readonly offset: number
}

/** Where the directory stands, read from the end; null in an archive that was cut off. */
const directoryAt = (view: DataView): number | null => {
  const last = view.byteLength - directoryEndSize
  for (let at = last; at >= Math.max(0, last - longestComment); at--)
    if (view.getUint32(at, true) === directoryEnd) return view.getUint32(at + 16, true)
  return null
}

/** One walk over the directory: an archive of a million entries costs no more than its bytes. */
const entryOf = (view: DataView, bytes: Uint8Array, from: number, name: string): Entry | null => {
  const wanted = new TextEncoder().encode(name)
  let at = from
  while (at + directoryEntrySize <= view.byteLength && view.getUint32(at, true) === directoryEntry) {
    const nameLength = view.getUint16(at + 28, true)
    const nameAt = at + directoryEntrySize
    if (nameLength === wanted.length && wanted.every((byte, index) => bytes[nameAt + index] === byte))
      return {
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        offset: view.getUint32(at + 42, true),
      }
    at = nameAt + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return null
}

/** The packed bytes of an entry; null where the directory points outside of the file. */
const packedBytes = (view: DataView, bytes: Uint8Array, { offset, packed }: Entry): Uint8Array | null => {
  if (offset + localEntrySize > view.byteLength || view.getUint32(offset, true) !== localEntry) return null
  const begin =
    offset + localEntrySize + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  return begin + packed <= bytes.length ? bytes.subarray(begin, begin + packed) : null
}

/**
 * One part of a ZIP archive, unpacked while counting: whatever the archive claims about its sizes, not more
 * than `most` bytes and one portion are ever in memory. Null where there is no such part.
 */
export const unpackPart = (bytes: Uint8Array, name: string, most: number): Uint8Array | Reason | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const directory = directoryAt(view)
  if (directory === null) return reasons.damaged
  const entry = entryOf(view, bytes, directory, name)
  if (!entry) return null
  const packed = packedBytes(view, bytes, entry)
  if (!packed) return reasons.damaged
  if (entry.method === 0) return packed.length > most ? reasons.documentTooLong : packed
  return entry.method === 8 ? inflated(packed, most) : reasons.damaged
}

const inflated = (packed: Uint8Array, most: number): Uint8Array | Reason => {
  const chunks: Uint8Array[] = []
  let length = 0
  let done = false
  const inflate = new Inflate((chunk, final) => {
    length += chunk.length
    if (length <= most) chunks.push(chunk.slice())
    done ||= final
  })
  try {
    for (let at = 0; at < packed.length && length <= most; at += portion)
      inflate.push(packed.subarray(at, at + portion), at + portion >= packed.length)
  } catch {
    return reasons.damaged
  }
  if (length > most) return reasons.documentTooLong
  return done ? joined(chunks, length) : reasons.damaged
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
