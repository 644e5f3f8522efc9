import { binaryKind } from './decode.ts'

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
  notYet: {
    code: 'format-unknown',
    message: 'This kind of file is not read yet. Save the transcript as .vtt, .srt or .txt and add it again.',
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
  return kind === null
    ? null
    : {
        code: 'not-text',
        message: `This is ${kind}, not a transcript in text. Save the transcript as .vtt, .srt or .txt and add it again.`,
      }
}

const share = (lines: readonly string[], test: (line: string) => boolean): number =>
  lines.length === 0 ? 0 : lines.filter(line => test(line.slice(0, 300))).length / lines.length

/** `10:02:33 From Ann to Everyone:` (Zoom), `[10:02, 3/12/2026] Ann: …` and `3/12/26, 10:02 - Ann: …` (messengers). */
const isChatRow = (line: string): boolean =>
  /^\d\d:\d\d(?::\d\d)?\s+(?:From )\S.{0,120}(?: to |\s:)/i.test(line) ||
  /^\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d/.test(line) ||
  /^\[\d{1,2}:\d\d,? \d{1,4}[./-]/.test(line)

const isProgramRow = (line: string): boolean =>
  /^\s*(?:import |from \S+ import|export |const |let |var |function |class |def |return |if ?\(|for ?\(|while ?\(|#include|package |public |private |<\/?[a-z!][^>]{0,80}>|[{}()[\];]+$|\/\/|\/\*|@\w+)/.test(
    line,
  ) || /[;{}]\s*$/.test(line)

/** Text in which nobody speaks: a chat, a program, a page of markup. */
export const refuseOtherText = (lines: readonly string[]): Reason | null => {
  const rows = lines.filter(line => line.trim() !== '').slice(0, 2000)
  if (rows.length >= 2 && share(rows, isChatRow) >= 0.4) return reasons.chat
  if (rows.length >= 3 && share(rows, isProgramRow) >= 0.4) return reasons.program
  return null
}
