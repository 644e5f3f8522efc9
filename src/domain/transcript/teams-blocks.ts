import type { Piece } from './cues.ts'
import { mayBeLabel } from './labels.ts'
import { isNotice } from './notices.ts'
import type { Source } from './decode.ts'
import type { Reading } from './reading.ts'
import { looseBlocks } from './srt.ts'
import { timingLine } from './stamps.ts'

/** Share of blocks that must begin with a name, and how often a name comes back, to tell names from words. */
const namedShare = 0.8
const mostNamesPerBlock = 0.5

/** The elder shape of a Teams document: `0:0:5.100 --> 0:0:8.250`, the name in the next row, then the words. */
export const readTeamsBlocks = ({ lines }: Source): Reading | null => {
  if (lines[0]?.startsWith('WEBVTT') || !lines.some(line => line.includes('-->'))) return null
  const loose = looseBlocks(lines, timingLine)
  if (loose.isTooLong) return null
  const blocks = loose.blocks.map(({ timing, text }) => {
    const rows = text.split('\n').filter(row => !isNotice(row))
    return { timing, name: rows[0]?.trim() ?? '', words: rows.slice(1) }
  })
  const named = blocks.filter(
    ({ name, words }) => words.length > 0 && /^\p{Lu}/u.test(name) && mayBeLabel(name),
  )
  const names = new Set(named.map(({ name }) => name))
  if (blocks.length < 2 || named.length < blocks.length * namedShare) return null
  if (names.size > Math.max(1, blocks.length * mostNamesPerBlock) || /[.?!…]$/.test([...names].join('\n')))
    return null
  const pieces = blocks.map(({ timing: { start, end }, name, words }, cue): Piece => {
    const isNamed = words.length > 0 && names.has(name)
    return {
      cue,
      speaker: isNamed ? name : null,
      start,
      end,
      text: (isNamed ? words : [name, ...words]).join(' '),
    }
  })
  return { format: 'teams-text', cues: blocks.length, pieces, problems: [] }
}
