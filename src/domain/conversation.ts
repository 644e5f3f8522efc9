import type { z } from 'zod'
import type { ConversationJson } from './contract.ts'
import type { TalkStretch } from './ports.ts'
import type { Line, Timing } from './transcript/transcript.ts'

export type Conversation = z.infer<typeof ConversationJson>

/** Words as runs of letters, digits and apostrophes; scripts without spaces are cut by the runtime's segmenter. */
export const countWords = (text: string): number => {
  const spaced = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(text)
    ? [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length
    : spaced
}
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

const countQuestions = (text: string): number => text.match(/[?？؟]+/gu)?.length ?? 0

export interface ConversationInput {
  readonly lines: readonly Line[]
  readonly talk: readonly TalkStretch[]
  readonly timing: Timing
  /** Names to show in place of labels. */
  readonly names?: ReadonlyMap<string, string>
}

/**
 * Counts, nothing else: words and share of words (0–1) of each speaker, questions, the longest turn,
 * and the share of words in stretches of status talk. Shares are null when nobody is named, seconds
 * when the file's times are not exact. No model, no judgement; warnings and comparisons are made
 * elsewhere, against this pair's own past.
 */
export const conversationOf = ({ lines, talk, timing, names }: ConversationInput): Conversation => {
  const counted = lines.map(line => ({ ...line, words: countWords(line.text) }))
  const total = counted.reduce((sum, { words }) => sum + words, 0)
  const speakers = [...new Set(lines.map(({ speaker }) => speaker))]
  const anyoneNamed = speakers.some(speaker => speaker !== null)
  return {
    speakers: speakers.map(speaker => {
      const own = counted.filter(line => line.speaker === speaker)
      const words = own.reduce((sum, line) => sum + line.words, 0)
      const longest = own.reduce((best, line) => (line.words > best.words ? line : best), own[0] ?? nobody)
      const seconds =
        timing === 'exact' && longest.start !== null && longest.end !== null
          ? Math.max(0, Math.round((longest.end - longest.start) * 10) / 10)
          : null
      return {
        name: speaker === null ? null : (names?.get(speaker) ?? speaker),
        words,
        share: anyoneNamed && total > 0 ? words / total : null,
        questions: own.reduce((sum, { text }) => sum + countQuestions(text), 0),
        longestTurn: { words: longest.words, seconds },
      }
    }),
    statusShare: statusShare(counted, talk, total),
  }
}

const nobody = { words: 0, start: null, end: null }

const statusShare = (
  lines: readonly { readonly no: number; readonly words: number }[],
  talk: readonly TalkStretch[],
  total: number,
): number | null => {
  if (talk.length === 0 || total === 0) return null
  const status = talk.filter(({ label }) => label === 'status')
  const words = lines
    .filter(({ no }) => status.some(({ fromLine, toLine }) => no >= fromLine && no <= toLine))
    .reduce((sum, line) => sum + line.words, 0)
  return words / total
}
