import { openBundledEmbedder } from '../embed/bundled.ts'
import type { SeriesMeetingJson, SeriesRequest } from '../domain/contract.ts'
import type { Coach } from '../domain/ports.ts'
import { localBus } from '../live/local.ts'
import { openAnalysis } from '../pipeline/analysis.ts'
import { runnerOf } from '../pipeline/runner.ts'
import { afterMeeting } from '../pipeline/steps.ts'
import { openEmbedded } from '../store/embedded.ts'
import { claimJob } from '../store/jobs.ts'
import type { MeetingRecord } from '../store/meetings.ts'
import { nothingFound, nothingPrinted, preparationFor, whatWasFound } from './series-answers.ts'
import { coachOf } from './coach-of.ts'
import { makePair, planMeeting, type SeriesFile, type SeriesMeeting, storeMeeting } from './series-people.ts'

interface Held {
  readonly found: SeriesMeetingJson
  /** One sentence when the transcript could not be read. */
  readonly failure: string | null
}

/** A real workspace of one pair, for the meetings of a series. */
export interface SeriesWorkspace extends AsyncDisposable {
  /**
   * Stores the meeting, carries its jobs to their end, confirms what was found, and says what it was and
   * what both would be given before the next one.
   */
  hold(meeting: SeriesMeeting, file: SeriesFile | undefined): Promise<Held>
}

const dayLength = 86_400_000

/**
 * Opens a pair's own workspace in a folder; what it opened closes with it. `engine` is a name or, for the evals, a
 * coach.
 */
export const openSeries = async (
  folder: string,
  request: SeriesRequest,
  engine: string | Coach,
): Promise<SeriesWorkspace> => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await openEmbedded({ folder }))
  const bus = opened.use(localBus())
  const analysis = opened.use(openAnalysis())
  const embedder = opened.use(openBundledEmbedder())
  const coach = typeof engine === 'string' ? await coachOf(engine, analysis.coach) : engine
  const steps = afterMeeting({ analysis, coach, embedder, embedders: { current: async () => embedder } })
  const carry = runnerOf({ database, bus, steps })
  const pair = await makePair(database, request)
  const room = { database, coach, pair }
  const printed = nothingPrinted()
  const planned = new Map<string, MeetingRecord>()
  const owned = opened.move()

  const carryAll = async () => {
    const context = { signal: new AbortController().signal, progress: () => undefined }
    for (;;) {
      const job = await database.asSystem('jobs', tx => tx.first(claimJob(600)))
      if (!job) return
      await carry(job, context)
    }
  }
  const plan = async (meeting: SeriesMeeting): Promise<MeetingRecord> => {
    const row = planned.get(meeting.id) ?? (await planMeeting(database, pair, meeting))
    planned.set(meeting.id, row)
    printed.meetings.set(row.id, meeting.id)
    return row
  }

  return {
    async hold(meeting, file) {
      const row = await plan(meeting)
      const following = request.meetings[request.meetings.findIndex(({ id }) => id === meeting.id) + 1]
      const next = following && (await plan(following))
      const { source, at, hasTranscript } = await storeMeeting(database, pair, row, meeting, file)
      await carryAll()
      const { found, failure } = hasTranscript
        ? await whatWasFound(room, source, printed)
        : { found: nothingFound, failure: null }
      const occasion = next
        ? { meeting: next.id, at: next.at }
        : { meeting: null, at: new Date(Date.parse(at) + pair.cadenceDays * dayLength).toISOString() }
      return {
        found: { id: meeting.id, ...found, ...(await preparationFor(room, occasion, printed)) },
        failure,
      }
    },
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}
