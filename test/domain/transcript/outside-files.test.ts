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

/** What was read, in the manifest's own terms: only the fields that somebody counted. */
const found = (read: Transcript, { expected }: Entry) => {
  const said = squeezed(read.lines.map(({ text }) => text).join(' '))
  const { first, text_head: head = first?.body } = expected
  return {
    speakers: expected.speakers === undefined ? undefined : read.counts.speakers,
    words: expected.words === undefined ? undefined : said.split(' ').length,
    head: head === undefined ? undefined : said.slice(0, squeezed(head).length),
    firstSpeaker: first && (read.lines[0]?.speaker ?? ''),
    firstStart: first && Math.round((read.lines[0]?.start ?? -1) * 1000),
    lastEnd: expected.last_end === undefined ? undefined : Math.round((read.lines.at(-1)?.end ?? -1) * 1000),
  }
}

const wanted = ({
  expected: { speakers, words, first, text_head: head = first?.body, last_end: lastEnd },
}: Entry) => ({
  speakers,
  words,
  head: head === undefined ? undefined : squeezed(head),
  firstSpeaker: first?.speaker,
  firstStart: first && Math.round(first.startTime * 1000),
  lastEnd: lastEnd === undefined ? undefined : Math.round(lastEnd * 1000),
})

const entries = folder
  ? Manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).files
  : []

describe.skipIf(!folder)('files of other programs', () => {
  test('there are some', () => expect(entries.length).toBeGreaterThan(0))

  test.each(entries.map(entry => [entry.file, entry] as const))('%s', (file, entry) => {
    const read = readTranscript(readFileSync(join(folder ?? '', file)))
    const cues = cuesOf(entry)
    expect(read.counts.cues).toBe(cues ?? read.counts.cues)
    expect(read.refusal === null).toBe(cues === null ? read.lines.length > 0 : cues > 0)
    expect(!entry.expected.error || read.refusal !== null || read.problems.length > 0).toBe(true)
    expect(found(read, entry)).toEqual(wanted(entry))
  })
})
