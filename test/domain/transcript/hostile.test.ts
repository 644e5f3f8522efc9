import { strToU8, zipSync } from 'fflate'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { longestLine } from '../../../src/domain/transcript/limits.ts'
import { readTranscript } from '../../../src/domain/transcript/read.ts'
import type { Transcript } from '../../../src/domain/transcript/transcript.ts'

const cue = (at: number, text: string) => `00:00:0${at}.000 --> 00:00:0${at + 1}.000\n${text}\n\n`
const json = (value: unknown) => JSON.stringify(value)

/** One small file of each family, to be damaged. */
const files: readonly Uint8Array[] = [
  `WEBVTT\n\nNOTE no\n\n${cue(1, '<v Ann>Hello &amp; you</v>')}${cue(2, '<v Ben>Hi')}`,
  `WEBVTT\n\n${cue(1, 'Ann: Hello')}${cue(2, 'Ben: Hi')}${cue(3, 'Ann: So')}`,
  `1\n${cue(1, 'Ann: Hello').replaceAll('.', ',')}2\n${cue(3, 'so it is').replaceAll('.', ',')}`,
  '0:00:01.000,0:00:02.000\nHello\n\n0:00:02.000,0:00:03.000\nHi\n',
  'Ann Reed  0:03\nHow was it?\n\nBen Ott  0:07\nCalm.\n\nTranscribed by https://otter.ai\n',
  '0:0:1.1 --> 0:0:2.2\nAnn\nHello\n0:0:3.1 --> 0:0:4.2\nAnn\nSo\n0:0:5.1 --> 0:0:6.2\nAnn\nYes\n',
  'Round - Transcript\n00:00:00\n\nAnn: One two.\nBen: Three.\n\n00:01:00\n\nAnn: Four.\nTranscription ended after 00:02:00\n',
  '[Ann] 10:02:33\nHello\n\n[Ben] 10:02:40\nHi\n',
  '[00:01] Ann: Hello\n[00:03] Ben: Hi\n[00:04] Ann: So\n',
  'start,end,speaker,text\n0,2300,Ann,"Hello, ""you"""\n2300,4000,Ben,Hi\n',
  'start\tend\ttext\n0\t2300\tHello\n2300\t4000\tHi\n',
  '<html><body><cite>Ann:</cite><time>0:00</time><p>Hello</p><cite>Ben:</cite><time>0:05</time><p>Hi</p></body></html>',
  json({
    segments: [
      { start: 0, end: 1, text: 'Hello', speaker: 'A', words: [{ word: 'Hello', start: 0, end: 1 }] },
    ],
  }),
  json({
    results: { channels: [{ alternatives: [{ words: [{ word: 'hi', start: 0, end: 1, speaker: 0 }] }] }] },
  }),
  json({ utterances: [{ speaker: 'A', start: 100, end: 900, text: 'Hello' }], words: [], text: 'Hello' }),
  json({
    results: {
      items: [
        { type: 'pronunciation', start_time: '0.1', end_time: '0.4', alternatives: [{ content: 'Hi' }] },
      ],
    },
  }),
  json({
    results: [{ type: 'word', start_time: 0, end_time: 1, alternatives: [{ content: 'Hi', speaker: 'S1' }] }],
  }),
  json({
    words: [{ word: 'hi', start: 0, end: 1 }],
    segmentation: { segments: [{ start: 0, duration: 1, speaker: 'S0' }] },
  }),
  json({ sentences: [{ text: 'Hello', start_time: '0.4', end_time: 1, speaker_name: 'Ann' }] }),
]
  .map(text => strToU8(text))
  .concat(
    zipSync({ 'word/document.xml': strToU8('<w:p><w:t>Ann  0:01</w:t></w:p><w:p><w:t>Hello</w:t></w:p>') }),
  )

const tokens = [
  '-->',
  '<v ',
  '</v>',
  '\n\n',
  '\r',
  '"',
  '""',
  ',',
  '\t',
  ':',
  '{',
  '}',
  '[',
  ']',
  '00:00:01.000',
  '&#x41;',
  '**',
  '\0',
  '\uFEFF',
  'null',
  '-1',
  '1e999',
  '[]',
  'Ann: ',
].map(token => strToU8(token))

interface Change {
  readonly at: number
  readonly remove: number
  readonly insert: Uint8Array
}

const changed = (file: Uint8Array, changes: readonly Change[]): Uint8Array =>
  changes.reduce((bytes, { at, remove, insert }) => {
    const from = Math.floor(at * bytes.length)
    return Uint8Array.from([...bytes.subarray(0, from), ...insert, ...bytes.subarray(from + remove)])
  }, file)

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.constant(0), fc.nat(12)),
  insert: fc.oneof(
    fc.constantFrom(...tokens),
    fc.uint8Array({ maxLength: 4 }),
    fc.constant(new Uint8Array()),
  ),
})

/** What holds for whatever was read, so that nothing behind it need ask again. */
const expectSound = ({ lines, counts, refusal, timing, speakers }: Transcript): void => {
  expect(refusal === null).toBe(lines.length > 0)
  expect(counts.lines).toBe(lines.length)
  const before = { cue: 0, to: 0 }
  for (const [index, line] of lines.entries()) {
    expect(line.no).toBe(index + 1)
    expect(line.text).toBe(line.text.trim())
    expect(line.text.length).toBeGreaterThan(0)
    expect(line.text.length).toBeLessThanOrEqual(longestLine)
    expect(line.spans.length).toBeGreaterThan(0)
    before.to = 0
    for (const { cue: number, from, to } of line.spans) {
      // In order, inside the text, not overlapping: each stretch of words came from one cue.
      expect(number).toBeGreaterThanOrEqual(before.cue)
      expect(number).toBeLessThan(counts.cues)
      expect(from).toBeGreaterThanOrEqual(before.to)
      expect(to).toBeGreaterThan(from)
      Object.assign(before, { cue: number, to })
    }
    expect(before.to).toBe(line.text.length)
    expect(line.start ?? 0).toBeGreaterThanOrEqual(0)
    expect(line.end ?? line.start ?? 0).toBeGreaterThanOrEqual(line.start ?? 0)
  }
  const named = new Set(lines.map(({ speaker }) => speaker).filter(speaker => speaker !== null)).size
  expect(counts.speakers).toBeGreaterThanOrEqual(named)
  expect(speakers === 'none').toBe(named === 0)
  expect(timing === 'none' || lines.some(({ start }) => start !== null) || lines.length === 0).toBe(true)
}

describe('damaged files', () => {
  test('are read or refused, never thrown over, and what is read is sound', () => {
    let slowest = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (file, changes) => {
          const bytes = changed(file, changes)
          const begun = performance.now()
          expectSound(readTranscript(bytes))
          slowest = Math.max(slowest, performance.now() - begun)
        },
      ),
      { numRuns: 5000 },
    )
    // A few hundred bytes take well below a millisecond; the rest is room for a busy machine.
    expect(slowest).toBeLessThan(1000)
  })

  test('any bytes at all', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 400 }), bytes =>
      expectSound(readTranscript(bytes)),
    )
    expect(fc.check(property, { numRuns: 2000 }).counterexample).toBeNull()
  })

  test('any JSON at all', () => {
    const property = fc.property(fc.json(), text => expectSound(readTranscript(strToU8(text))))
    expect(fc.check(property, { numRuns: 2000 }).counterexample).toBeNull()
  })
})
