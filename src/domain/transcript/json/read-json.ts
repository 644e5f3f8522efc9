import type { Reader, Reading } from '../reading.ts'
import { type Reason, reasons } from '../refuse.ts'
import { readAssemblyAi } from './assemblyai.ts'
import { readAws } from './aws.ts'
import { readDeepgram } from './deepgram.ts'
import { readFireflies } from './fireflies.ts'
import { readGoogleSpeech, readMeetEntries } from './google.ts'
import { readKaldi } from './kaldi.ts'
import { isWithinLimits } from './limits.ts'
import { readPodcast } from './podcast.ts'
import { readRows } from './rows.ts'
import { type Fields, fieldsOf, rowsOf } from './shape.ts'
import { readSpeechmatics } from './speechmatics.ts'
import { readSubtitles } from './subtitle.ts'
import { readWhisper } from './whisper.ts'

/** In order: a family that demands more of a file comes before one that is content with less. */
const families: readonly ((value: unknown) => Reading | Reason | null)[] = [
  readPodcast,
  readSubtitles,
  readDeepgram,
  readAws,
  readSpeechmatics,
  readFireflies,
  readMeetEntries,
  readGoogleSpeech,
  readWhisper,
  readKaldi,
  readAssemblyAi,
  readRows,
]

/** Messages of a chat, with people or with a model: `{user, text, ts}`, `{role, content}`. */
const isChat = (value: unknown): boolean => {
  const rows = rowsOf(value) ?? rowsOf(fieldsOf(value)?.messages) ?? []
  const isMessage = (row: Fields) =>
    ('role' in row && 'content' in row) || ('ts' in row && 'user' in row) || ('from' in row && 'date' in row)
  return rows.length > 0 && rows.filter(isMessage).length * 2 > rows.length
}

const parse = (text: string): { value: unknown } | null => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

/** Programs that write while they listen put one object into each row. */
const parseRows = (lines: readonly string[]): { value: unknown } | null => {
  const rows = lines.filter(line => line.trim() !== '')
  if (rows.length < 2 || !rows[0]?.trim().endsWith('}')) return null
  return parse(`[${rows.join(',')}]`)
}

/** JSON of any recogniser we know, or of one that lists turns under the usual names. */
export const readJson: Reader = ({ text, lines }) => {
  if (!/^\s{0,100}(?:\{\s{0,100}["}]|\[\s{0,100}[{[\]])/.test(text)) return null
  if (!isWithinLimits(text)) return reasons.tooDeep
  const parsed = parse(text) ?? parseRows(lines)
  if (!parsed) return reasons.damaged
  if (isChat(parsed.value)) return reasons.chat
  for (const read of families) {
    const answer = read(parsed.value)
    if (answer && ('code' in answer || answer.cues > 0)) return answer
  }
  return reasons.unknown
}
