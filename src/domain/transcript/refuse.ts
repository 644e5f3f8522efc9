import { binaryKind, type Source } from './decode.ts'
import { longestText, mostCues } from './limits.ts'

export interface Reason {
  readonly code: string
  readonly message: string
}

/** Sentences for files in which nobody speaks: what it is, and what to bring instead. */
export const reasons = {
  empty: { code: 'transcript-empty', message: 'This file is empty. Is it the right one?' },
  noSpeech: {
    code: 'no-speech',
    message: 'No spoken line was found in this file. Is it the transcript, as the meeting tool saved it?',
  },
  chat: {
    code: 'chat-log',
    message: 'This file holds the chat, not what was spoken. The transcript is a file of its own.',
  },
  program: {
    code: 'program-text',
    message: 'This looks like program text or a page of the web, not a conversation.',
  },
  summary: {
    code: 'summary-only',
    message:
      'These are notes about a meeting, not what was said in it. The transcript is a part or a file of its own.',
  },
  unknown: {
    code: 'format-unknown',
    message: 'No transcript was recognised in this file. Save it as .vtt, .srt or .txt and add it again.',
  },
  damaged: {
    code: 'file-damaged',
    message: 'This file is cut off or damaged. Save it from the meeting tool once more and add it again.',
  },
  tooDeep: {
    code: 'file-too-deep',
    message: 'This file holds more parts than a transcript has. Is it the right one?',
  },
  noWords: {
    code: 'no-words',
    message: 'This file says who spoke when, but not what was said. The words are in a file of their own.',
  },
  archive: {
    code: 'not-text',
    message:
      'This is an archive or an office document, not a transcript. Of these, only Word documents (.docx) are read.',
  },
  documentTooLong: {
    code: 'text-too-long',
    message: 'More than 8 MB of text stand in this document. Is it one transcript?',
  },
  tooMuchText: {
    code: 'text-too-long',
    message:
      'More than 2 MB of spoken text stands in this file. Is it several meetings? Add them one by one.',
  },
  tooLarge: { code: 'file-too-large', message: 'This file is larger than 16 MB. Is it a recording?' },
} as const satisfies Record<string, Reason>

/** Files that are no text at all. */
export const refuseBinary = (bytes: Uint8Array): Reason | null => {
  const kind = binaryKind(bytes)
  if (kind?.includes('archive')) return reasons.archive
  return kind === null
    ? null
    : {
        code: 'not-text',
        message: `This is ${kind}, not a transcript in text. Save the transcript as .vtt, .srt or .txt and add it again.`,
      }
}

/** Bytes without a known beginning that are no text either. */
export const notText: Reason = {
  code: 'not-text',
  message: 'This file is not text. Save the transcript as .vtt, .srt or .txt and add it again.',
}

const share = (lines: readonly string[], test: (line: string) => boolean): number =>
  lines.length === 0 ? 0 : lines.filter(line => test(line.slice(0, 300))).length / lines.length

/** `10:02:33 From Ann to Everyone:` (Zoom), `[10:02, 3/12/2026] Ann: …` and `3/12/26, 10:02 - Ann: …` (messengers). */
const isChatRow = (line: string): boolean =>
  /^\d\d:\d\d(?::\d\d)?\s+(?:From )\S.{0,120}(?: to |\s:)/i.test(line) ||
  /^\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d/.test(line) ||
  /^\[\d{1,2}:\d\d,? \d{1,4}[./-]/.test(line) ||
  /^\[\d{1,2}\/\d{1,2},? \d{1,2}:\d\d/.test(line) ||
  /^\d\d:\d\d:\d\d\t[^\t]{1,80}:\t/.test(line)

/** `Ann Lee  [10:02 AM]`: copied from a chat; recordings count from nought and know no noon. */
const isChatHeader = (line: string): boolean =>
  line.length < 120 && /\S\s.{0,30}\b\d{1,2}:\d\d [AP]M\]?$/i.test(line)

const isProgramRow = (line: string): boolean =>
  /^\s*(?:import |from \S+ import|export |const |let |var |function |class |def |return |if ?\(|for ?\(|while ?\(|#include|package |public |private |<\/?[a-z!][^>]{0,80}>|[{}()[\];]+$|\/\/|\/\*|@\w+)/.test(
    line,
  ) || /[;{}]\s*$/.test(line)

/** Text that holds more than one transcript may, before anybody reads its rows one by one. */
export const refuseLongText = ({ text, lines }: Source): Reason | null =>
  text.length > longestText || lines.length > mostCues * 2 ? reasons.tooMuchText : null

/** Text in which nobody speaks: a chat, a program, a page of markup. */
export const refuseOtherText = ({ lines }: Source): Reason | null => {
  const rows = lines.filter(line => line.trim() !== '').slice(0, 2000)
  if (rows.length >= 2 && share(rows, isChatRow) >= 0.4) return reasons.chat
  if (rows.length >= 6 && share(rows, isChatHeader) >= 0.3) return reasons.chat
  if (rows.length >= 3 && share(rows, isProgramRow) >= 0.4) return reasons.program
  return null
}
