import { readTranscript } from '../../../src/domain/transcript/read.ts'
import type { Transcript } from '../../../src/domain/transcript/transcript.ts'

/** Rows of a small fixture, as a file in UTF-8. */
export const readText = (...rows: readonly string[]): Transcript =>
  readTranscript(new TextEncoder().encode(rows.join('\n')))

export const readValue = (value: unknown): Transcript => readText(JSON.stringify(value))

/** Who said what: `Ann: Hello.`, `?: Hello.` where nobody is named. */
export const said = ({ lines }: Transcript): string[] =>
  lines.map(({ speaker, text }) => `${speaker ?? '?'}: ${text}`)

export const times = ({ lines }: Transcript): (readonly [number | null, number | null])[] =>
  lines.map(({ start, end }) => [start, end])

export const cuesOfLines = ({ lines }: Transcript): number[][] =>
  lines.map(({ spans }) => [...new Set(spans.map(({ cue }) => cue))])
