import { createHash } from 'node:crypto'
import { provenTopics } from '../domain/agenda.ts'
import type { BriefFacts } from '../domain/brief-facts.ts'
import { provenBrief } from '../domain/brief.ts'
import type { Reader } from '../domain/coach-desk.ts'
import type { Coach, CoachOptions, Wishes } from '../domain/ports.ts'
import type { PageDuty } from '../store/prepared.ts'
import type { CurrentModel } from './model-desk.ts'

type Asked = Omit<Coach, 'engine' | 'extract'>

/** What a coach writes for one reader, each held to what its facts say. */
export const writtenPages = {
  'write-brief': async (by: Asked, facts: BriefFacts, options?: CoachOptions) =>
    provenBrief(facts, await by.writeBrief(facts, options)),
  'suggest-topics': async (by: Asked, facts: BriefFacts, options?: CoachOptions) =>
    provenTopics(facts, await by.suggestTopics(facts, options)),
  'suggest-upward-feedback': (by: Asked, facts: BriefFacts, options?: CoachOptions) =>
    by.suggestUpwardFeedback(facts, options),
} satisfies Record<PageDuty, (by: Asked, facts: BriefFacts, options?: CoachOptions) => Promise<unknown>>

/** By what a page is known: with any other fact, wish, prompt or model it is another page. */
export const pageKey = (
  duty: PageDuty,
  reader: Reader,
  wishes: Wishes,
  model: CurrentModel,
  facts: BriefFacts,
): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        [duty, reader.pair, reader.person, wishes, model.baseUrl, model.model],
        model.prompts[duty] ?? null,
        facts,
      ]),
    )
    .digest('hex')
