import { describe, expect, test } from 'vitest'
import { readTranscript } from '../../../src/domain/transcript/read.ts'
import { said } from './reading.ts'

const text = 'Zoë: Grüße, wie geht’s?\nBjörn: Très bien.\n'
const spoken = ['Zoë: Grüße, wie geht’s?', 'Björn: Très bien.']

const utf16 = (source: string, littleEndian: boolean, mark: boolean): Uint8Array => {
  const marked = mark ? `\uFEFF${source}` : source
  const bytes = new Uint8Array(marked.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < marked.length; at++) view.setUint16(at * 2, marked.charCodeAt(at), littleEndian)
  return bytes
}
const utf8 = (source: string): Uint8Array => new TextEncoder().encode(source)

describe('encodings', () => {
  test.each([
    ['UTF-8', utf8(text)],
    ['UTF-8 with a mark', utf8(`\uFEFF${text}`)],
    ['UTF-16 little-endian with a mark', utf16(text, true, true)],
    ['UTF-16 big-endian with a mark', utf16(text, false, true)],
    ['UTF-16 little-endian without one', utf16(text, true, false)],
    ['UTF-16 big-endian without one', utf16(text, false, false)],
    ['line ends of Windows', utf8(text.replaceAll('\n', '\r\n'))],
    ['line ends of the old Macintosh', utf8(text.replaceAll('\n', '\r'))],
  ])('%s', (_, bytes) => expect(said(readTranscript(bytes))).toEqual(spoken))

  test('Windows-1252', () => {
    const bytes = Uint8Array.from(Buffer.from('Zo\xEB: Gr\xFC\xDFe.\nAnn: Ja.\n', 'latin1'))
    expect(said(readTranscript(bytes))).toEqual(['Zoë: Grüße.', 'Ann: Ja.'])
  })

  test('UTF-8 with one broken letter stays UTF-8', () => {
    const bytes = utf8(text)
    bytes[bytes.length - 3] = 0xff
    expect(said(readTranscript(bytes))[0]).toBe(spoken[0])
  })

  test('zero characters become U+FFFD', () => {
    expect(
      said(readTranscript(utf8('WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann>a\0b is a long enough sentence'))),
    ).toEqual(['Ann: a\uFFFDb is a long enough sentence'])
  })
})
