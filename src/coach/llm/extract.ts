import { proveClaims } from '../../domain/evidence.ts'
import type { CoachOptions, ExtractInput, Extraction, Wishes } from '../../domain/ports.ts'
import type { Line } from '../../domain/transcript/transcript.ts'
import { isEnglish } from '../offline/language.ts'
import { dutyOf } from './duty.ts'
import type { Endpoint } from './endpoint.ts'
import { failure, isFailure } from './failures.ts'
import { knownWords, withoutForeign } from './foreign.ts'
import { Envelope, FoundInMeeting, toExtraction } from './found-in-meeting.ts'
import { glossaryLine } from './glossary.ts'
import { mergeParts } from './merge.ts'
import type { Prompt } from './prompt-file.ts'
import { estimateTokens, harmless, markOf, openItemsFor, partsOf, spokenLine, voicesOf } from './spoken.ts'

export interface ExtractSettings {
  readonly endpoint: Endpoint
  readonly prompt: Prompt
  /** Tokens the model reads at once, as somebody has said; less, once it has shown that it reads less. */
  readonly context: number
  readonly wishes: Wishes
}

interface Part {
  readonly lines: readonly Line[]
  readonly told: string
}

/** A part may be this much of what the model reads; the rest is for the prompt, the thinking and the answer. */
const shareOfContext = 0.6
/** The prompt with its schema, beside lines and open items. */
const promptTokens = 2_000
/** Parts smaller than this tear a conversation apart: what cannot read that much is not asked. */
const smallestPart = 800
/** More than this share thrown away, and the rest is not believed either. */
const mostDropped = 0.2
/** As a pair's language is told a model, and where none counts. */
const english = 'English'
export const ownLanguage = 'the language of the transcript'
/** A characteristic length of an answer: progress is told against it. */
const usualAnswer = 9_000

/**
 * Everything in one question a meeting; in parts where the model reads too little at once. A part that
 * turns out to be too long, or whose answer was cut, is asked again in halves.
 */
export const extractWith = async (
  { endpoint, prompt, context, wishes }: ExtractSettings,
  { lines, roster, openItems }: ExtractInput,
  options: CoachOptions,
): Promise<Extraction> => {
  const voices = voicesOf(roster)
  const items = openItemsFor(openItems, voices)
  const isSpokenEnglish = isEnglish(lines)
  // Nobody has to have chosen English, and a talk in another language is noted down in its own.
  const language = wishes.language === english && !isSpokenEnglish ? ownLanguage : wishes.language
  const known = knownWords(lines, roster, [...openItems.map(({ text }) => text), wishes.glossary], {
    translated: isSpokenEnglish && language !== english && language !== ownLanguage,
  })
  const mark = markOf(lines)
  const learned = (await endpoint.habits()).context
  const budget = (tokens: number) =>
    Math.max(smallestPart, Math.floor(tokens * shareOfContext) - promptTokens - estimateTokens(items.told))
  const queue: Part[] = toldApart(partsOf(lines, voices, budget(Math.min(context, learned ?? context))))
  const found: (Extraction & { readonly malformed: number })[] = []

  const ask = (part: Part) =>
    dutyOf(
      endpoint,
      {
        name: 'extract',
        prompt,
        schema: Envelope,
        shown: FoundInMeeting,
        fill: () => ({
          mark,
          people: voices.told,
          lines: part.lines.map(line => spokenLine(line, voices)).join('\n'),
          openItems: items.told,
          part: part.told,
          language: harmless(language),
          glossary: glossaryLine(wishes.glossary),
          wishes: harmless(wishes.wishes),
        }),
        read(wire: Envelope) {
          const said = toExtraction(wire, voices, items.idOf)
          const { kept, foreign } = withoutForeign(said, known)
          const bad = said.malformed + foreign
          const { dropped } = proveClaims(
            { ...kept, malformed: bad },
            { lines: part.lines, roster, openItems },
          )
          const claims = countOf(said) + said.malformed
          if (dropped / Math.max(claims, 1) > mostDropped)
            throw failure('model-answer-unproven', { dropped, claims })
          return { value: { ...kept, malformed: bad }, counts: { claims, dropped } }
        },
      },
      {
        ...options,
        onText: characters => {
          const done = found.length / (found.length + queue.length + 1)
          options.progress?.(done + (1 - done) * Math.min(0.95, characters / usualAnswer))
        },
      },
    ).invoke(part, options.signal ? { signal: options.signal } : {})

  for (let part = queue.shift(); part; part = queue.shift())
    try {
      found.push(await ask(part))
      options.progress?.(found.length / (found.length + queue.length))
    } catch (error) {
      if (!isFailure(error, 'model-too-long', 'model-input-cut', 'model-answer-cut')) throw error
      if (isFailure(error, 'model-input-cut'))
        await endpoint.note({ context: Number(error.details?.['tokens']) })
      const tokens = estimateTokens(part.lines.map(line => spokenLine(line, voices)).join('\n'))
      if (tokens / 2 < smallestPart || part.lines.length < 4) throw error
      queue.unshift(...toldApart(partsOf(part.lines, voices, Math.ceil(tokens * 0.58))))
    }
  return { ...mergeParts(found), engine: 'llm' }
}

const toldApart = (parts: readonly (readonly Line[])[]): Part[] =>
  parts.map(lines => ({
    lines,
    told: parts.length === 1 ? '' : `lines ${lines[0]?.no ?? 0} to ${lines.at(-1)?.no ?? 0} of a longer one`,
  }))

/** Claims, without the stretches of talk: those are cut to fit and never dropped. */
const countOf = ({ actionItems, decisions, roadblocks, updates, feedback, growth }: Extraction): number =>
  [actionItems, decisions, roadblocks, updates, feedback, growth].reduce(
    (sum, claims) => sum + claims.length,
    0,
  )
