import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CueSpan, Line } from '../src/domain/transcript/transcript.ts'

/** The folder with the development meetings: the argument, else RAPPORT_DATA_DIR. Throws a plain sentence without one. */
export function dataFolder(argument: string | undefined): string {
  const folder = argument ?? process.env['RAPPORT_DATA_DIR']
  if (folder === undefined || folder === '') {
    throw new Error('Say where the meetings are: pass the folder, or set RAPPORT_DATA_DIR.')
  }
  return folder
}

export interface DevMeeting {
  readonly id: string
  readonly corpus: string
  readonly series: string
  readonly utterances: readonly { readonly speaker: string; readonly text: string; readonly da?: string }[]
  readonly gold: Readonly<Record<string, readonly string[] | null>>
  readonly action_utterance_ids: readonly (readonly number[])[] | null
  readonly decision_utterance_ids?: readonly (readonly number[])[] | null
  readonly problem_utterance_ids?: readonly (readonly number[])[] | null
  readonly commitment_utterance_ids?: readonly number[]
}

/** Reads `meetings` or `akash`, in order of their ids. */
export function readMeetings(folder: string, kind: 'meetings' | 'akash'): DevMeeting[] {
  return readdirSync(join(folder, kind))
    .filter(name => name.endsWith('.json'))
    .toSorted()
    .map(name => JSON.parse(readFileSync(join(folder, kind, name), 'utf8')) as DevMeeting)
}

/** Utterances as the parser would give them: one cue each, adjacent cues of one speaker one line. */
export function linesOf(meeting: Pick<DevMeeting, 'utterances'>): Line[] {
  const lines: { no: number; speaker: string; start: null; end: null; text: string; spans: CueSpan[] }[] = []
  meeting.utterances.forEach(({ speaker, text }, cue) => {
    const clean = text.trim()
    if (clean === '') return
    let line = lines.at(-1)
    if (line === undefined || line.speaker !== speaker) {
      line = { no: lines.length + 1, speaker, start: null, end: null, text: '', spans: [] }
      lines.push(line)
    }
    const from = line.text === '' ? 0 : line.text.length + 1
    line.text = line.text === '' ? clean : `${line.text} ${clean}`
    line.spans.push({ cue, from, to: from + clean.length })
  })
  return lines
}

/** First and last cue that a quote touches, as the evidence gate works it out; null when it does not stand there. */
export function cuesOf(
  lines: readonly Line[],
  quote: { line: number; quote: string },
): [number, number] | null {
  const line = lines.find(({ no }) => no === quote.line)
  const from = line?.text.indexOf(quote.quote) ?? -1
  if (line === undefined || from === -1) return null
  const touched = line.spans.filter(span => span.from < from + quote.quote.length && span.to > from)
  return [touched[0]!.cue, touched.at(-1)!.cue]
}

/** Labels in order of appearance. */
export const labelsOf = (lines: readonly Line[]): string[] => [
  ...new Set(lines.flatMap(({ speaker }) => (speaker === null ? [] : [speaker]))),
]
