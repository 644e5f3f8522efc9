import { describe, expect, test } from 'vitest'
import { readTranscript } from '../../../src/domain/transcript/read.ts'

const megabyte = 1024 * 1024

/** A file of exactly this size: a beginning, a pattern over and over, an end. */
const filled = (size: number, pattern: string, before: string, after: string): Uint8Array => {
  const room = size - before.length - after.length
  const whole = Math.floor(room / pattern.length)
  return new TextEncoder().encode(
    before + pattern.repeat(whole) + after.padStart(size - before.length - whole * pattern.length),
  )
}

/** Of the processor, not of the clock: whatever else the machine does must not count. */
const milliseconds = (bytes: Uint8Array): number => {
  const times = [1, 2].map(() => {
    const before = process.cpuUsage()
    readTranscript(bytes)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return Math.min(...times)
}

const cue = 'WEBVTT\n\n00:00.000 --> 00:01.000\n'
const patterns: readonly (readonly [name: string, pattern: string, before?: string, after?: string])[] = [
  ['one row', 'a'],
  ['words', 'word '],
  ['arrows', '-->'],
  ['rows of arrows', '-->\n'],
  ['colons', ':'],
  ['labels', 'Ann: hi\n'],
  ['open tags', '<v ', cue],
  ['open tags and one end', '<v ', cue, '>'],
  ['closed tags', '<v Ann>', cue],
  ['entities', '&amp;', cue],
  ['half entities', '&', cue],
  ['open lists', '['],
  ['quotes', '"'],
  ['quotes in a table', '"', 'start,text\n'],
  ['open quotes in a table', '"a,', 'start,text\n'],
  ['empty rows', '\n', 'x'],
  ['carriage returns', '\r', 'x'],
  ['zero characters', '\0', 'WEBVTT\n\n'],
  ['spaces', ' ', 'x', 'x'],
  ['headings', 'Transcript\n'],
  ['headers', 'Ann  0:01\nhi\n'],
  ['cues', '00:00.000 --> 00:01.000\nhi\n\n', 'WEBVTT\n\n'],
  ['page tags', '<p>', '<html>'],
  ['page comments', '<!--', '<html>'],
  ['page cites', '<cite>a', '<html>'],
  ['objects', '{},', '[', '{}]'],
  ['names', '{"a":1,"text":"b"},', '[', '{}]'],
  ['deep objects', '{"a":'],
  ['segments', '{"text":"hello","start":1,"end":2},', '{"segments":[', '{}]}'],
]

describe('time grows with the bytes', () => {
  const cases = patterns.map(([name, pattern, before = '', after = '']) => ({ name, pattern, before, after }))
  test.each(cases)('$name', ({ pattern, before, after }) => {
    const one = milliseconds(filled(megabyte, pattern, before, after))
    const eight = milliseconds(filled(8 * megabyte, pattern, before, after))
    // Eight times the bytes: 64 times the time if it were quadratic. Below a few milliseconds only noise is measured.
    expect(eight).toBeLessThan(Math.max(one, 10) * 24)
  })
})
