import type { Engine } from './engine.ts'
import type { Counts, Measures } from './measure.ts'

/** One case as a page of the report shows it. */
export interface CasePage {
  readonly lines: readonly { readonly no: number; readonly speaker: string | null; readonly text: string }[]
  readonly rows: readonly CaseRow[]
}
export interface CaseRow {
  readonly kind: string
  readonly verdict: 'right' | 'missed' | 'wrong' | 'note'
  readonly expected: string | null
  readonly got: string | null
  readonly evidence: readonly { readonly line: number; readonly quote: string }[]
}

export interface Scored {
  readonly id: string
  readonly split: string
  readonly counts: Counts
  /** Null for a locked case: nobody who changes an engine should read its mistakes. */
  readonly page: CasePage | null
  /** Wall time of the engine's work. */
  readonly ms: number
}

/** What went wrong with a case is told, and never turned into a score. */
export interface Failed {
  readonly id: string
  readonly failure: string
}

export interface Eval {
  readonly name: string
  /** One sentence: what is measured, on what. */
  readonly about: string
  readonly measures: Measures
  /** Runs its task over its data. A sentence instead of cases says why it was left out. */
  run(
    engine: Engine,
  ): Promise<{ readonly scored: readonly Scored[]; readonly failed: readonly Failed[] } | string>
}

/** Data, task and scorers made into an eval; a case is run by itself, and one that throws is told of. */
export const evalOf = <Case extends { readonly id: string; readonly split: string }, Answer>(parts: {
  readonly name: string
  readonly about: string
  readonly measures: Measures
  /** The cases, or a sentence that says why there are none. */
  readonly data: () => readonly Case[] | string
  readonly task: (given: Case, engine: Engine) => Promise<Answer> | Answer
  readonly scorers: readonly ((given: Case, answer: Answer) => Counts)[]
  readonly page?: (given: Case, answer: Answer) => CasePage
}): Eval => ({
  name: parts.name,
  about: parts.about,
  measures: parts.measures,
  async run(engine) {
    const cases = parts.data()
    if (typeof cases === 'string') return cases
    const scored: Scored[] = []
    const failed: Failed[] = []
    for (const given of cases) {
      const start = performance.now()
      try {
        const answer = await parts.task(given, engine)
        const ms = performance.now() - start
        const counts = Object.assign({}, ...parts.scorers.map(scorer => scorer(given, answer))) as Counts
        const page = given.split === 'locked' ? null : (parts.page?.(given, answer) ?? null)
        scored.push({ id: given.id, split: given.split, counts, page, ms })
      } catch (error) {
        failed.push({ id: given.id, failure: error instanceof Error ? error.message : String(error) })
      }
    }
    return { scored, failed }
  },
})
