import { z } from 'zod'
import { countWords } from './conversation.ts'
import type { TalkStretch } from './ports.ts'
import { TalkLabel } from './talk.ts'
import type { Line, Timing } from './transcript/transcript.ts'

const share = z.number().min(0).max(1)

/** How one person talked in one meeting: counts and shares, no words of anybody. */
export const OwnTalk = z.object({
  words: z.int().nonnegative(),
  /** Of the words of the two; guests do not count. */
  share,
  /** Null where the language's open questions are not known here. */
  questions: z.object({ open: z.int().nonnegative(), closed: z.int().nonnegative() }).nullable(),
  /** The longest stretch without the other; seconds where the file has exact times. */
  longestTurn: z.object({ words: z.int().nonnegative(), seconds: z.number().nonnegative().nullable() }),
  /** Share of the meeting's words by kind of talk; the same for both. Null where the talk was not told apart. */
  talk: z.partialRecord(TalkLabel, share).nullable(),
})
export type OwnTalk = z.infer<typeof OwnTalk>

export interface OwnTalkInput {
  readonly lines: readonly Line[]
  readonly talk: readonly TalkStretch[]
  readonly timing: Timing
  /** Of the pair, e.g. `en-GB`. */
  readonly language: string
  /** Whose each voice is; the others' are left out. */
  readonly voices: ReadonlyMap<string, string>
}

/** Counts of each of the two, by person; nothing unless both speak, for a share needs both. */
export const ownTalkOf = (input: OwnTalkInput): ReadonlyMap<string, OwnTalk> => {
  const counted = input.lines.map(line => ({
    ...line,
    words: countWords(line.text),
    person: line.speaker === null ? null : (input.voices.get(line.speaker) ?? null),
  }))
  const people = [...new Set(counted.flatMap(({ person }) => person ?? []))]
  const ofBoth = sum(counted.map(({ person, words }) => (person === null ? 0 : words)))
  if (people.length < 2 || ofBoth === 0) return new Map()
  const talk = balanceOf(counted, input.talk)
  const turns = turnsOf(counted)
  return new Map(
    people.map(person => {
      const own = counted.filter(line => line.person === person)
      const words = sum(own.map(line => line.words))
      const longest = turns
        .filter(turn => turn.person === person)
        .toSorted((one, other) => other.words - one.words)[0]
      return [
        person,
        {
          words,
          share: words / ofBoth,
          questions: input.language.startsWith('en') ? questionsIn(own.map(({ text }) => text)) : null,
          longestTurn: {
            words: longest?.words ?? 0,
            seconds: input.timing === 'exact' ? secondsOf(longest) : null,
          },
          talk,
        },
      ]
    }),
  )
}

type Counted = Line & { readonly words: number; readonly person: string | null }
interface Turn {
  readonly person: string | null
  words: number
  readonly start: number | null
  end: number | null
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

/** Runs of lines of one person. */
const turnsOf = (lines: readonly Counted[]): Turn[] => {
  const turns: Turn[] = []
  for (const { person, words, start, end } of lines) {
    const last = turns.at(-1)
    if (last && last.person === person && person !== null) {
      last.words += words
      last.end = end
    } else turns.push({ person, words, start, end })
  }
  return turns
}

const secondsOf = (turn: Turn | undefined): number | null =>
  turn && turn.start !== null && turn.end !== null ? Math.max(0, Math.round(turn.end - turn.start)) : null

const balanceOf = (lines: readonly Counted[], talk: readonly TalkStretch[]): OwnTalk['talk'] => {
  const total = sum(lines.map(({ words }) => words))
  if (talk.length === 0) return null
  const byLabel: Partial<Record<TalkLabel, number>> = {}
  for (const { no, words } of lines) {
    const label = talk.find(({ fromLine, toLine }) => no >= fromLine && no <= toLine)?.label
    if (label) byLabel[label] = (byLabel[label] ?? 0) + words / total
  }
  return Object.fromEntries(
    Object.entries(byLabel).map(([label, part]) => [label, Math.min(1, Math.round(part * 1_000) / 1_000)]),
  )
}

/** "What held you up?", but not "What time is it?": what can be answered with a number or a yes is closed. */
const asksOpenly =
  /^\s*(?:(?:so|and|but|well|ok|okay|right|yes|yeah|no|now|then|also|um|uh|hm|or)\s+)*(?:what|how|why)\b(?!['’]?\s*(?:many|much|long|often|far|old|soon|big|time|day|date|about|if)\b)/iu

/** Open where a clause begins with what, how or why. English only. */
export const questionsIn = (texts: readonly string[]): { open: number; closed: number } => {
  const asked = texts.flatMap(text => text.match(/[^.?!…]*\?/gu) ?? [])
  const open = asked.filter(question => question.split(/[,;:–—]/u).some(clause => asksOpenly.test(clause)))
  return { open: open.length, closed: asked.length - open.length }
}
