import { createHash } from 'node:crypto'
import { provenTopics } from '../domain/agenda.ts'
import type { BriefFacts } from '../domain/brief-facts.ts'
import { provenBrief } from '../domain/brief.ts'
import type { ModelEnvironment, Prepared, Reader, Writer } from '../domain/coach-desk.ts'
import { wishesIn } from '../domain/wishes.ts'
import type { Bus, Coach, CoachCall, CoachOptions, Wishes } from '../domain/ports.ts'
import type { Database } from '../store/database.ts'
import { pairWishes } from '../store/pair-wishes.ts'
import { insertRun } from '../store/runs.ts'
import { readingCoach } from '../coach/offline/coach.ts'
import { currentModel } from './model-desk.ts'

export interface WriterOptions {
  readonly database: Database
  readonly bus: Bus
  readonly environment: ModelEnvironment | null
  /** The coach that asks whichever model is set. */
  readonly coach: Coach
}

/** Pages kept at once, over all readers; each is some kilobytes. */
const mostKept = 500
/** Milliseconds after a failure in which the same page is not asked for again. */
const restAfterFailure = 60_000

type Duty = 'write-brief' | 'suggest-topics' | 'suggest-upward-feedback'

/**
 * Nobody waits for a model: the offline coach answers at once, and a model writes the same beside it. Once
 * it has, its reader alone is told, and reads it. What it wrote is kept in memory under the facts it was
 * written from, never on disk: another fact is another page, and nothing is left that would have to be
 * erased with what it speaks of.
 */
export const openWriter = ({
  database,
  bus,
  environment,
  coach,
}: WriterOptions): Writer & AsyncDisposable => {
  const kept = new Map<string, Pick<Prepared<unknown>, 'value' | 'engine'>>()
  const underWay = new Map<string, Promise<void>>()
  const failedAt = new Map<string, number>()
  const closing = new AbortController()

  const keep = (key: string, page: Pick<Prepared<unknown>, 'value' | 'engine'>) => {
    kept.set(key, page)
    for (const oldest of kept.keys())
      if (kept.size > mostKept) kept.delete(oldest)
      else break
  }

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

  const write = async <Value>(
    key: string,
    reader: Reader,
    wishes: Wishes,
    ask: (options: CoachOptions) => Promise<Value>,
  ): Promise<void> => {
    const calls: CoachCall[] = []
    const record = (call: CoachCall) => void calls.push(call)
    try {
      const signal = closing.signal
      const value = await ask({ signal, record, wishes, person: reader.person, insist: true })
      // Where there was nothing to put into words nobody was asked.
      keep(key, { value, engine: calls.length > 0 ? 'llm' : 'offline' })
    } catch {
      // Its code stands in the run; the offline coach's page stays.
      if (failedAt.size > mostKept) failedAt.clear()
      failedAt.set(key, Date.now())
    }
    if (closing.signal.aborted || calls.length === 0) return
    await note(reader, calls)
    if (kept.has(key))
      await bus.publish({
        channel: 'meeting',
        pair: reader.pair,
        person: reader.person,
        id: reader.pair,
        event: 'changed',
      })
  }

  const prepared = async <Value>(
    duty: Duty,
    facts: BriefFacts,
    reader: Reader,
    ask: (coach: Omit<Coach, 'engine' | 'extract'>, options?: CoachOptions) => Promise<Value>,
  ): Promise<Prepared<Value>> => {
    const offline = async (coming: boolean): Promise<Prepared<Value>> => ({
      value: await ask(readingCoach),
      engine: 'offline',
      coming,
    })
    const model = await currentModel(database, environment)
    if (!model) return offline(false)
    const [told] = await database.asPerson(reader.person, tx => tx.all(pairWishes(reader.pair)))
    const wishes = wishesIn(reader.language, told)
    const from = [duty, reader.pair, reader.person, wishes, model.baseUrl, model.model]
    const key = createHash('sha256')
      .update(JSON.stringify([from, model.prompts[duty] ?? null, facts]))
      .digest('hex')
    const made = kept.get(key)
    if (made) return { ...made, value: made.value as Value, coming: false }
    if ((failedAt.get(key) ?? 0) > Date.now() - restAfterFailure) return offline(false)
    if (!underWay.has(key))
      underWay.set(
        key,
        write(key, reader, wishes, options => ask(coach, options))
          .catch(() => undefined)
          .finally(() => underWay.delete(key)),
      )
    return offline(true)
  }

  return {
    brief: (facts, reader) =>
      prepared('write-brief', facts, reader, async (by, options) =>
        provenBrief(facts, await by.writeBrief(facts, options)),
      ),
    topics: (facts, reader) =>
      prepared('suggest-topics', facts, reader, async (by, options) =>
        provenTopics(facts, await by.suggestTopics(facts, options)),
      ),
    upward: (facts, reader) =>
      prepared('suggest-upward-feedback', facts, reader, (by, options) =>
        by.suggestUpwardFeedback(facts, options),
      ),
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
