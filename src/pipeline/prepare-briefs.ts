import type { BriefFacts } from '../domain/brief-facts.ts'
import type { ModelEnvironment, Reader } from '../domain/coach-desk.ts'
import { Refusal } from '../domain/errors.ts'
import type { Coach, CoachCall, Wishes } from '../domain/ports.ts'
import { wishesIn } from '../domain/wishes.ts'
import type { Database } from '../store/database.ts'
import { readBriefFacts } from '../store/facts.ts'
import { backgroundPriority, type NewChore } from '../store/jobs.ts'
import { nextMeeting } from '../store/meetings.ts'
import { pairWishes } from '../store/pair-wishes.ts'
import { pairById } from '../store/pairs.ts'
import { askForBriefs, keepPage, preparedPage } from '../store/prepared.ts'
import { roundLater, timesAgain } from './again.ts'
import type { Chore } from './chore.ts'
import { currentModel } from './model-desk.ts'
import type { Schedule } from './schedule.ts'
import { pageKey, writtenPages } from './written-pages.ts'

interface BriefOptions {
  readonly database: Database
  readonly environment: ModelEnvironment | null
  /** The coach that asks whichever model is set. */
  readonly coach: Coach
}

interface Input {
  readonly reader: Reader
  readonly meeting: string
  readonly facts: BriefFacts
  readonly wishes: Wishes
  /** By what the page that is there already is known. */
  readonly kept: string | undefined
}

/** How often a model that is away is asked again for one brief; the offline coach's stands there all the while. */
const mostTimes = 8

/**
 * Has a model write the brief of one of the two before its meeting, loaded and kept as that person: when
 * they open it, it is there. Nothing is done where it is there already, the meeting is not the next one any
 * more, or no model is set: the offline coach writes when it is asked.
 */
export const briefChore = ({ database, environment, coach }: BriefOptions): Chore<Input> => ({
  name: 'brief',
  async load(tx, { pairId, meetingId, runAs }) {
    if (!pairId || !meetingId || !runAs) return undefined
    const pair = await tx.first(pairById(pairId))
    const next = await tx.first(nextMeeting(pairId, new Date()))
    if (!pair || next?.id !== meetingId) return undefined
    const [[told], [page]] = await tx.several(pairWishes(pairId), preparedPage(pairId, 'write-brief'))
    return {
      reader: { pair: pairId, person: runAs, language: pair.language },
      meeting: meetingId,
      facts: await readBriefFacts(tx, pair, runAs, { meeting: next.id, at: next.at }),
      wishes: wishesIn(pair.language, told),
      kept: page?.key,
    }
  },
  async run({ signal, round = '' }, { reader, meeting, facts, wishes, kept }) {
    const nothing = { engine: 'none', counts: {}, next: [], write: async () => undefined }
    const model = await currentModel(database, environment)
    if (!model) return nothing
    const key = pageKey('write-brief', reader, wishes, model, facts)
    if (key === kept) return nothing
    const calls: CoachCall[] = []
    const record = (call: CoachCall) => void calls.push(call)
    try {
      const page = await writtenPages['write-brief'](coach, facts, {
        signal,
        record,
        wishes,
        person: reader.person,
        insist: true,
      })
      const engine = calls.length > 0 ? 'llm' : 'offline'
      return {
        engine,
        counts: {},
        calls,
        next: [],
        write: async tx =>
          void (await tx.run(...keepPage(reader.pair, 'write-brief', { key, engine, page }))),
      }
    } catch (error) {
      if (signal.aborted || !(error instanceof Refusal)) throw error
      return { ...nothing, calls, next: later(reader, meeting, timesAgain(round), error) }
    }
  },
})

/** What could not be written now is asked for again, no sooner than the model's server wants. */
const later = (reader: Reader, meeting: string, times: number, { details }: Refusal): NewChore[] =>
  times >= mostTimes
    ? []
    : [
        roundLater(
          { kind: 'brief', pair: reader.pair, meeting, person: reader.person, priority: backgroundPriority },
          `${meeting}:${reader.person}`,
          times,
          details?.['retryAfter'],
        ),
      ]

/** Looks every five minutes for which meeting the morning has come. */
export const briefsSchedule = (environment: ModelEnvironment | null): Schedule => ({
  name: 'briefs',
  everySeconds: 300,
  async run(database, now) {
    if (!(await currentModel(database, environment))) return 0
    const [added = 0] = await database.asSystem('calendar', tx =>
      tx.run(askForBriefs(now, backgroundPriority)),
    )
    return added
  },
})
