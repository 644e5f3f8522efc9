import type { Piece } from './cues.ts'
import { labelsIn, splitLabel } from './labels.ts'
import { mostSpokenText } from './limits.ts'
import { splitVoices, type Voice } from './markup.ts'
import { isNotice, mayHoldNotice } from './notices.ts'
import type { Reading } from './reading.ts'
import { withoutRepeats } from './rolling.ts'
import type { TimingLine } from './stamps.ts'

/** A timing line and the words under it. */
export interface Block {
  readonly timing: TimingLine
  readonly text: string
  /** Row of the file, from 1. */
  readonly line: number
}

export type Kind = 'vtt' | 'srt' | 'sbv'

/** Blocks as source cues: by voice tags where there are some, else by labels at the start of a row. */
export const captionsOf = (blocks: readonly Block[], kind: Kind): Omit<Reading, 'problems'> => {
  const cues = blocks.length
  const voices = blocks.map(({ text }) => splitVoices(withoutNotices(text)))
  const spoken = voices.reduce((sum, parts) => parts.reduce((all, { text }) => all + text.length, sum), 0)
  // What is refused for its length need not be searched for labels first.
  if (spoken > mostSpokenText) return { format: kind, cues, pieces: taggedPieces(blocks, voices) }
  if (voices.some(parts => parts.some(({ speaker }) => speaker !== null)))
    return { format: kind === 'vtt' ? 'teams-vtt' : kind, cues, pieces: taggedPieces(blocks, voices) }
  const shown = withoutRepeats(voices.map(parts => parts.map(({ text }) => text).join('\n')))
  const blocksSaid = shown.filter(text => text.trim() !== '')
  const labels = labelsIn(
    blocksSaid.flatMap(text => text.split('\n')),
    blocksSaid,
  )
  const format = kind === 'vtt' && labels.size > 0 ? 'zoom-vtt' : kind
  return { format, cues, pieces: labelledPieces(blocks, shown, labels) }
}

const withoutNotices = (text: string): string =>
  mayHoldNotice(text)
    ? text
        .split('\n')
        .filter(row => !isNotice(row))
        .join('\n')
    : text

const taggedPieces = (blocks: readonly Block[], voices: readonly (readonly Voice[])[]): Piece[] =>
  blocks.flatMap(({ timing: { start, end } }, cue) =>
    (voices[cue] ?? []).map(({ speaker, text }) => ({ cue, speaker, start, end, text })),
  )

const labelledPieces = (
  blocks: readonly Block[],
  texts: readonly string[],
  labels: ReadonlySet<string>,
): Piece[] => {
  const turns = texts.map(text => splitTurns(text, labels))
  const goesOn = marksChangesOnly(turns)
  let last: string | null = null
  return blocks.flatMap(({ timing: { start, end } }, cue) =>
    (turns[cue] ?? []).map(({ speaker, text }): Piece => {
      if (speaker !== null) last = speaker
      return { cue, speaker: speaker ?? (goesOn ? last : null), start, end, text }
    }),
  )
}

/** A cue whose rows begin with known labels is one turn per label. */
const splitTurns = (text: string, labels: ReadonlySet<string>): Voice[] => {
  const turns: { speaker: string | null; rows: string[] }[] = []
  for (const row of text.split('\n')) {
    const found = splitLabel(row.trim())
    const last = turns.at(-1)
    if (found && labels.has(found.label)) turns.push({ speaker: found.label, rows: [found.rest] })
    else if (last) last.rows.push(row)
    else turns.push({ speaker: null, rows: [row] })
  }
  return turns.map(({ speaker, rows }) => ({ speaker, text: rows.join(' ') }))
}

/**
 * Whether labels stand only where the speaker changes, as podcast hosts write them: a cue without one
 * then goes on with the voice before. Programs that label every cue repeat a label cue after cue, and
 * a cue without one is nobody's: its speaker stays unknown.
 */
const marksChangesOnly = (turns: readonly (readonly Voice[])[]): boolean => {
  const labels = turns.flatMap(parts => parts.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))
  const labelled = turns.filter(parts => parts.some(({ speaker }) => speaker !== null)).length
  const repeated = labels.filter((label, index) => index > 0 && label === labels[index - 1]).length
  return labels.length > 1 && labelled < turns.length / 2 && repeated <= labels.length * 0.3
}
