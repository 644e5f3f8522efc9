import { describe, expect, test } from 'vitest'
import { largestFile, mostSpokenText } from '../../../src/domain/transcript/limits.ts'
import { readTranscript } from '../../../src/domain/transcript/read.ts'
import { readText } from './reading.ts'

const bytes = (...values: readonly number[]): Uint8Array =>
  Uint8Array.from([...values, ...new Uint8Array(600)])

describe('files in which nobody speaks are refused with a sentence', () => {
  test.each([
    ['transcript-empty', ['']],
    ['transcript-empty', [' ', '\t', '']],
    ['no-speech', ['WEBVTT', '', 'NOTE nothing']],
    ['no-speech', ['WEBVTT', '', '00:00.000 --> 00:01.000', '', '00:01.000 --> 00:02.000', '']],
    ['chat-log', ['10:02:33 From Ann to Everyone:', '\thello', '10:02:40 From Ben to Everyone:', '\thi']],
    ['chat-log', ['00:12:33\tAnn Reed:\thello', '00:12:39\tBen Ott:\thi']],
    ['chat-log', ['[12.03.26, 10:02:33] Ann: hello', '[12.03.26, 10:02:39] Ben: hi']],
    ['chat-log', ['Ann  10:02 AM', 'hello', 'Ben  10:03 AM', 'hi', 'Ann  10:04 AM', 'so']],
    ['chat-log', ['[{"type":"message","user":"U1","text":"hi","ts":"12.5"}]']],
    ['chat-log', ['{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"hello"}]}']],
    ['program-text', ['import a from "b"', 'const c = 1;', 'function d() {', '  return c;', '}']],
    ['summary-only', ['Summary', 'It went well.', 'Action items', 'Write it.', 'Key takeaways', 'None.']],
    ['format-unknown', ['{"name":"rapport","version":"1.0.0"}']],
    ['file-damaged', ['{"segments":[{"text":"a"']],
    ['file-too-deep', ['['.repeat(100) + ']'.repeat(100)]],
  ])('%s: %j', (code, rows) => {
    const read = readText(...rows)
    expect(read.refusal?.code).toBe(code)
    expect(read.refusal?.message).toMatch(/^[A-Z].*[.?]$/)
    expect(read.lines).toEqual([])
  })

  test('cues without words keep their count', () => {
    expect(readText('WEBVTT', '', '00:00.000 --> 00:01.000', '').counts.cues).toBe(1)
  })

  test.each([
    ['an archive', bytes(0x50, 0x4b, 5, 6), 'not-text'],
    ['a compressed file', bytes(0x1f, 0x8b, 8), 'not-text'],
    ['a recording', bytes(0x49, 0x44, 0x33, 3), 'not-text'],
    ['a film', bytes(0, 0, 0, 0x20, 0x66, 0x74, 0x79, 0x70), 'not-text'],
    ['a program', bytes(0x4d, 0x5a, 0x90), 'not-text'],
    ['noise', Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 251), 'not-text'],
    ['more than 16 MB', new Uint8Array(largestFile + 1).fill(97), 'file-too-large'],
    [
      'more than 2 MB of speech',
      new TextEncoder().encode(`Ann: hi\nBen: ${'word '.repeat(mostSpokenText / 4)}`),
      'text-too-long',
    ],
  ])('%s', (_, file, code) => expect(readTranscript(file).refusal?.code).toBe(code))

  test('initials that begin like a program are read', () => {
    expect(readText('MZ: Hello.', 'RIFF: Hi.', 'MZ: So.').counts.speakers).toBe(2)
  })
})
