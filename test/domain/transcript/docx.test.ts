import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readTranscript } from '../../../src/domain/transcript/read.ts'
import { said } from './reading.ts'

const paragraph = (...runs: readonly string[]): string =>
  `<w:p><w:pPr><w:tabs/></w:pPr><w:r>${runs.map(run => `<w:t xml:space="preserve">${run}</w:t>`).join('</w:r><w:r><w:br/>')}</w:r></w:p>`

const xml = (...paragraphs: readonly string[]): Uint8Array =>
  strToU8(`<?xml version="1.0"?><w:document><w:body>${paragraphs.join('')}</w:body></w:document>`)

const document = (part: Uint8Array): Uint8Array =>
  zipSync({
    '[Content_Types].xml': strToU8('<x/>'),
    'word/media/a.png': new Uint8Array(5000),
    'word/document.xml': part,
  })

const teams = document(
  xml(
    paragraph('Planning-20260312_093000-Meeting Transcript'),
    paragraph('12 March 2026, 09:30am'),
    paragraph('Ann Reed started transcription'),
    paragraph('Ann Reed   0:03', 'How was it &amp; what is next?'),
    paragraph('Ben Ott   0:07', 'Calm.', 'Really.'),
    paragraph('Ann Reed stopped transcription'),
  ),
)

describe('Word documents', () => {
  test('as Teams writes them', () => {
    const read = readTranscript(teams)
    expect(read.format).toBe('teams-text')
    expect(said(read)).toEqual(['Ann Reed: How was it & what is next?', 'Ben Ott: Calm. Really.'])
  })

  test('more than 8 MB unpacked are refused while unpacking, whatever the directory claims', () => {
    const bomb = document(new Uint8Array(24 * 1024 * 1024).fill(97))
    expect(readTranscript(bomb).refusal?.code).toBe('text-too-long')
    const size = new DataView(bomb.buffer, bomb.byteOffset)
    for (let at = 0; at + 28 < bomb.length; at++)
      if (size.getUint32(at, true) === 0x02014b50) size.setUint32(at + 24, 10, true)
    expect(readTranscript(bomb).refusal?.code).toBe('text-too-long')
  })

  test('cut off, damaged, or another archive: refused with what to do', () => {
    expect(readTranscript(teams.subarray(0, teams.length - 40)).refusal?.code).toBe('file-damaged')
    expect(readTranscript(zipSync({ 'xl/workbook.xml': strToU8('x') })).refusal?.code).toBe('not-text')
    expect(readTranscript(document(xml(paragraph('')))).refusal?.code).toBe('transcript-empty')
  })
})
