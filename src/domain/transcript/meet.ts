import type { Piece } from './cues.ts'
import { labelsIn, splitLabel } from './labels.ts'
import { isNotice } from './notices.ts'
import type { Source } from './decode.ts'
import type { Reading } from './reading.ts'
import { hasSpeechHeading, speechSection } from './sections.ts'
import { wholeStamp } from './stamps.ts'

interface Turn {
  readonly speaker: string
  readonly text: string[]
  /** The marker that stands above this turn, in seconds. */
  readonly marker: number | null
}

/** `00:05:00`, `### 00:05:00`: a time in a row of its own. */
const markerOf = (line: string): number | null =>
  line.length < 40 ? wholeStamp(line.replaceAll(/[#*_]/g, '').trim()) : null

const meetNotice = /^[\s_*]*(?:this editable transcript was computer generated|transcription ended after)/i

const looksLikeMeet = (lines: readonly string[]): boolean =>
  lines.some(line => line.length < 200 && meetNotice.test(line)) ||
  (hasSpeechHeading(lines) && lines.some(line => markerOf(line) !== null))

const turnsOf = (rows: readonly string[]): Turn[] => {
  const labels = labelsIn(rows.map(row => row.trim()).filter(row => row !== '' && markerOf(row) === null))
  const turns: Turn[] = []
  let marker: number | null = null
  for (const row of rows) {
    const time = markerOf(row)
    if (time !== null) {
      marker = time
      continue
    }
    const found = splitLabel(row.trim())
    if (found && labels.has(found.label)) {
      turns.push({ speaker: found.label, text: [found.rest], marker })
      marker = null
    } else turns.at(-1)?.text.push(row.trim())
  }
  return turns
}

/**
 * Google Meet's document, alone or below "Notes by Gemini": `Name: words` with a time about once a
 * minute. Times between two markers are spread by the number of words, and `timing` says that they
 * are estimates.
 */
export const readMeet = ({ lines }: Source): Reading | null => {
  if (!looksLikeMeet(lines)) return null
  const turns = turnsOf(speechSection(lines).filter(line => !isNotice(line)))
  if (turns.length === 0) return null
  const starts = spread(
    turns.map(({ text, marker: at }) => ({ at, words: text.join(' ').split(' ').filter(Boolean).length })),
  )
  const pieces = turns.map(({ speaker, text }, cue): Piece => ({
    cue,
    speaker,
    start: starts[cue] ?? null,
    end: starts[cue + 1] ?? null,
    text: text.join(' '),
  }))
  const timing = starts.some(start => start !== null) ? 'interpolated' : 'none'
  return { format: 'google-meet', cues: turns.length, pieces, problems: [], timing }
}

/** Words a second where no later marker bounds the estimate: 150 a minute, ordinary speech. */
const wordsPerSecond = 2.5

const spread = (turns: readonly { at: number | null; words: number }[]): (number | null)[] => {
  const starts: (number | null)[] = turns.map(() => null)
  const marked = turns.flatMap(({ at }, index) => (at === null ? [] : [index]))
  for (const [order, from] of marked.entries()) {
    const to = marked[order + 1] ?? turns.length
    const begin = turns[from]?.at ?? 0
    const words = turns.slice(from, to).reduce((sum, turn) => sum + turn.words, 0)
    const until = Math.max(begin, turns[to]?.at ?? begin + words / wordsPerSecond)
    let passed = 0
    for (let index = from; index < to; index++) {
      starts[index] = Math.round((begin + ((until - begin) * passed) / Math.max(words, 1)) * 10) / 10
      passed += turns[index]?.words ?? 0
    }
  }
  return starts
}
