import { z } from 'zod'
import { provenTopics, suggestTopics } from '../../domain/agenda.ts'
import { type Brief, type BriefFacts, briefKinds, type Topic } from '../../domain/brief-facts.ts'
import { provenBrief, writeBrief } from '../../domain/brief.ts'
import { lintFeedback } from '../../domain/feedback.ts'
import { otherSide } from '../../domain/pair-facts.ts'
import type { CoachOptions, Wishes } from '../../domain/ports.ts'
import { suggestUpwardFeedback } from '../../domain/upward-feedback.ts'
import { dutyOf } from './duty.ts'
import type { Endpoint } from './endpoint.ts'
import type { Prompt } from './prompt-file.ts'
import { glossaryFor } from './glossary.ts'
import { harmless } from './spoken.ts'
import {
  believed,
  inLines,
  sourcesOf,
  standsOn,
  toldBrief,
  type ToldLine,
  toldTopics,
  untoldBrief,
} from './told-facts.ts'

export interface Asking {
  readonly endpoint: Endpoint
  readonly prompt: Prompt
  readonly wishes: Wishes
}

const from = z.array(z.int()).max(60)
const SuggestedTopics = z.object({
  topics: z.array(z.object({ text: z.string(), reason: z.string(), from })).max(60),
})
const WrittenBrief = z.object({
  lines: z.array(z.object({ kind: z.enum(briefKinds), text: z.string(), from })).max(200),
})

const around = (
  { reader, names }: BriefFacts,
  { language, glossary, wishes }: Wishes,
  told: readonly ToldLine[],
) => ({
  reader: `${harmless(names[reader])}, the ${reader}`,
  other: `${harmless(names[otherSide(reader)])}, the ${otherSide(reader)}`,
  language: harmless(language),
  glossary: glossaryFor(glossary, told.map(({ text }) => text).join('\n')),
  wishes: harmless(wishes),
})

/** In which promises and roadblocks nothing may be lost: what the model left out is said as the offline coach says it. */
const complete = new Set(['promises-mine', 'promises-theirs', 'roadblocks', 'opening', 'not-known'])

/** The page, written from the lines the offline one would have. Asks nobody where there is nothing to tell. */
export const briefWith = async (
  { endpoint, prompt, wishes }: Asking,
  facts: BriefFacts,
  options: CoachOptions,
): Promise<Brief> => {
  const told = toldBrief(facts, wishes.language)
  const untold = untoldBrief(facts, wishes.language)
  if (told.length === 0) return provenBrief(facts, writeBrief(facts))
  const stands = standsOn({ told, facts, ...wishes })
  return dutyOf(
    endpoint,
    {
      name: 'write-brief',
      prompt,
      schema: WrittenBrief,
      listKey: 'lines',
      fill: () => ({ ...around(facts, wishes, told), today: facts.today, facts: inLines(told) }),
      read(written: z.infer<typeof WrittenBrief>) {
        const { kept, counts } = believed(written.lines, line => stands(line, line.kind === 'questions'))
        const covered = new Set(kept.flatMap(line => line.from))
        const lost = told.filter(({ no, kind }) => kind !== null && complete.has(kind) && !covered.has(no))
        const sections = briefKinds.map(kind => ({
          kind,
          lines: [
            ...kept
              .filter(line => line.kind === kind)
              .map(line => ({ text: line.text.trim(), sources: sourcesOf(told, line.from) })),
            ...untold.filter(section => section.kind === kind).flatMap(section => section.lines),
            ...lost.filter(line => line.kind === kind).map(({ text, sources }) => ({ text, sources })),
          ],
        }))
        return { value: provenBrief(facts, { sections, confidence: 'low' }), counts }
      },
    },
    options,
  ).invoke(facts, options.signal ? { signal: options.signal } : {})
}

/** Topics that the rows give, put in order and into words; none is made up. */
const topicsWith = async (
  name: string,
  { endpoint, prompt, wishes }: Asking,
  facts: BriefFacts,
  candidates: readonly Topic[],
  mayBeSaid: (text: string) => boolean,
  options: CoachOptions,
): Promise<readonly Topic[]> => {
  if (candidates.length === 0) return []
  const told = toldTopics(candidates)
  const stands = standsOn({ told, facts, ...wishes })
  return dutyOf(
    endpoint,
    {
      name,
      prompt,
      schema: SuggestedTopics,
      listKey: 'topics',
      fill: () => ({ ...around(facts, wishes, told), topics: inLines(told) }),
      read({ topics }: z.infer<typeof SuggestedTopics>) {
        const { kept, counts } = believed(
          topics,
          topic => stands(topic) && stands({ ...topic, text: topic.reason }) && mayBeSaid(topic.text),
        )
        const value = kept.map(({ text, reason, from: numbers }) => ({
          text: text.trim(),
          reason: reason.trim(),
          kind: candidates[(numbers[0] ?? 1) - 1]?.kind ?? 'status',
          sources: sourcesOf(told, numbers),
        }))
        return { value: provenTopics(facts, value), counts }
      },
    },
    options,
  ).invoke(facts, options.signal ? { signal: options.signal } : {})
}

export const suggestedWith = (asking: Asking, facts: BriefFacts, options: CoachOptions) =>
  topicsWith('suggest-topics', asking, facts, suggestTopics(facts), () => true, options)

/** Whoever worded it: what says who somebody is does not get through. */
export const upwardWith = (asking: Asking, facts: BriefFacts, options: CoachOptions) =>
  topicsWith(
    'suggest-upward-feedback',
    asking,
    facts,
    suggestUpwardFeedback(facts),
    text => lintFeedback(text, { names: [facts.names.manager] }).marks.length === 0,
    options,
  )
