import type { BriefFacts } from '../domain/brief-facts.ts'
import type { ModelEnvironment, Prepared, Reader, Writer } from '../domain/coach-desk.ts'
import { wishesIn } from '../domain/wishes.ts'
import type { Bus, Coach, CoachCall, Wishes } from '../domain/ports.ts'
import type { Database } from '../store/database.ts'
import { pairWishes } from '../store/pair-wishes.ts'
import { keepPage, type PageDuty, preparedPage } from '../store/prepared.ts'
import { insertRun } from '../store/runs.ts'
import { readingCoach } from '../coach/offline/coach.ts'
import { currentModel } from './model-desk.ts'
import { pageKey, writtenPages } from './written-pages.ts'

export interface WriterOptions {
  readonly database: Database
  readonly bus: Bus
  readonly environment: ModelEnvironment | null
  /** The coach that asks whichever model is set. */
  readonly coach: Coach
}

/** Failures that are remembered at once, over all readers. */
const mostFailures = 500
/** Milliseconds after a failure in which the same page is not asked for again. */
const restAfterFailure = 60_000

type Written<Duty extends PageDuty> = Awaited<ReturnType<(typeof writtenPages)[Duty]>>

/**
 * Nobody waits for a model: the offline coach answers at once, and a model writes the same beside it. Once
 * it has, its reader alone is told, and reads it. What it wrote is kept as a row of that reader's under what it
 * was written from: with another fact it is another page, in whichever process.
 */
export const openWriter = ({
  database,
  bus,
  environment,
  coach,
}: WriterOptions): Writer & AsyncDisposable => {
  const underWay = new Map<string, Promise<void>>()
  const failedAt = new Map<string, number>()
  const closing = new AbortController()

  /** What was asked for one reader, and what it cost: rows of theirs, without a word. */
  const note = (reader: Reader, calls: readonly CoachCall[]) =>
    database.asPerson(reader.person, async tx => {
      for (const call of calls)
        await tx.run(
          insertRun({
            ...call,
            pair: reader.pair,
            person: reader.person,
            job: null,
            transcript: null,
            step: call.duty,
          }),
        )
    })

  const write = async (
    duty: PageDuty,
    key: string,
    facts: BriefFacts,
    reader: Reader,
    wishes: Wishes,
  ): Promise<void> => {
    const calls: CoachCall[] = []
    const record = (call: CoachCall) => void calls.push(call)
    const options = { signal: closing.signal, record, wishes, person: reader.person, insist: true }
    const page = await writtenPages[duty](coach, facts, options).catch(() => {
      // Its code stands in the run; the offline coach's page stays.
      if (failedAt.size > mostFailures) failedAt.clear()
      failedAt.set(key, Date.now())
    })
    if (closing.signal.aborted) return
    if (calls.length > 0) await note(reader, calls)
    if (!page) return
    // Where there was nothing to put into words nobody was asked.
    const engine = calls.length > 0 ? 'llm' : 'offline'
    await database.asPerson(reader.person, tx =>
      tx.run(...keepPage(reader.pair, duty, { key, engine, page })),
    )
    if (engine === 'llm')
      await bus.publish({
        channel: 'meeting',
        pair: reader.pair,
        person: reader.person,
        id: reader.pair,
        event: 'changed',
      })
  }

  const prepared = async <Duty extends PageDuty>(
    duty: Duty,
    facts: BriefFacts,
    reader: Reader,
  ): Promise<Prepared<Written<Duty>>> => {
    const offline = async (coming: boolean): Promise<Prepared<Written<Duty>>> => ({
      value: (await writtenPages[duty](readingCoach, facts)) as Written<Duty>,
      engine: 'offline',
      coming,
    })
    const model = await currentModel(database, environment)
    if (!model) return offline(false)
    const [[told], [kept]] = await database.asPerson(reader.person, tx =>
      tx.several(pairWishes(reader.pair), preparedPage(reader.pair, duty)),
    )
    const wishes = wishesIn(reader.language, told)
    const key = pageKey(duty, reader, wishes, model, facts)
    if (kept?.key === key) return { value: kept.page as Written<Duty>, engine: kept.engine, coming: false }
    if ((failedAt.get(key) ?? 0) > Date.now() - restAfterFailure) return offline(false)
    if (!underWay.has(key))
      underWay.set(
        key,
        write(duty, key, facts, reader, wishes)
          .catch(() => undefined)
          .finally(() => underWay.delete(key)),
      )
    return offline(true)
  }

  return {
    brief: (facts, reader) => prepared('write-brief', facts, reader),
    topics: (facts, reader) => prepared('suggest-topics', facts, reader),
    upward: (facts, reader) => prepared('suggest-upward-feedback', facts, reader),
    async sorted(rough, names, reader, signal) {
      if (!(await currentModel(database, environment))) return null
      const calls: CoachCall[] = []
      const record = (call: CoachCall) => void calls.push(call)
      const asked = { signal, record, person: reader.person, insist: true }
      const draft = await coach.draftFeedback(rough, names, asked).catch(() => null)
      if (calls.length > 0) await note(reader, calls)
      return draft
    },
    async [Symbol.asyncDispose]() {
      closing.abort(new Error('closing'))
      await Promise.all(underWay.values())
    },
  }
}
