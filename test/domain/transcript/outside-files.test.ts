import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readTranscript } from '../../../src/domain/transcript/read.ts'
import type { Transcript } from '../../../src/domain/transcript/transcript.ts'

/**
 * Transcript files of other people's programs, with counts that others made: a folder with a
 * `manifest.json`, named by RAPPORT_FORMATS_DIR. They are not ours to ship.
 */
const folder = process.env.RAPPORT_FORMATS_DIR

const Expected = z.object({
  segments: z.number().optional(),
  turns: z.number().optional(),
  timing_lines: z.number().optional(),
  utterances: z.number().optional(),
  words: z.number().optional(),
  speakers: z.number().optional(),
  text_head: z.string().optional(),
  error: z.boolean().optional(),
  first: z
    .object({ startTime: z.number(), endTime: z.number(), speaker: z.string(), body: z.string() })
    .optional(),
  last_end: z.number().optional(),
})
const Manifest = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      format: z.string(),
      expected: Expected,
      w3c_strict_cues: z.number().optional(),
    }),
  ),
})
type Entry = z.infer<typeof Manifest>['files'][number]

const squeezed = (text: string): string => text.split(/\s+/).filter(Boolean).join(' ')

/** The cues a file must have: its own count of blocks, else the strict parser's; null where nobody counted. */
const cuesOf = ({ expected, w3c_strict_cues: strict }: Entry): number | null => {
  const counted = expected.segments ?? expected.turns ?? expected.timing_lines
  if (counted !== undefined) return counted
  if (expected.utterances !== undefined) return expected.utterances > 0 ? expected.utterances : null
  return expected.error ? null : (strict ?? null)
}

const expectWords = (read: Transcript, { expected }: Entry): void => {
  const said = squeezed(read.lines.map(({ text }) => text).join(' '))
  if (expected.text_head !== undefined) expect(said.startsWith(squeezed(expected.text_head))).toBe(true)
  if (expected.words !== undefined) expect(said.split(' ').length).toBe(expected.words)
  const { first, last_end: lastEnd } = expected
  if (lastEnd !== undefined) expect(read.lines.at(-1)?.end).toBeCloseTo(lastEnd, 2)
  if (!first) return
  const [line] = read.lines
  expect(line?.start).toBeCloseTo(first.startTime, 3)
  expect(line?.speaker ?? '').toBe(first.speaker)
  expect(said.startsWith(squeezed(first.body))).toBe(true)
}

const entries = folder
  ? Manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).files
  : []

describe.skipIf(!folder)('files of other programs', () => {
  test('there are some', () => expect(entries.length).toBeGreaterThan(0))

  test.each(entries.map(entry => [entry.file, entry] as const))('%s', (file, entry) => {
    const read = readTranscript(readFileSync(join(folder ?? '', file)), { fileName: file })
    const cues = cuesOf(entry)
    if (entry.expected.error) expect(read.refusal !== null || read.problems.length > 0).toBe(true)
    if (cues !== null) expect(read.counts.cues).toBe(cues)
    if (cues === 0) expect(read.refusal).not.toBeNull()
    else if (cues !== null) expect(read.refusal).toBeNull()
    if (entry.expected.speakers !== undefined) expect(read.counts.speakers).toBe(entry.expected.speakers)
    expectWords(read, entry)
  })
})
