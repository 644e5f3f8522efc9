import { Refusal } from '../domain/errors.ts'
import type { Bus } from '../domain/ports.ts'
import type { Database } from '../store/database.ts'
import {
  backgroundPriority,
  type ClaimedJob,
  enqueueStep,
  finishJob,
  type Source,
  type StepName,
} from '../store/jobs.ts'
import { insertRun } from '../store/runs.ts'
import { type AnyStep, type Outcome, sourceOf, type StepContext } from './step.ts'

export interface RunnerOptions {
  readonly database: Database
  readonly bus: Bus
  /** In the order in which a transcript goes through them. */
  readonly steps: readonly AnyStep[]
}

/**
 * Carries a job through its step: reads as the pair, works without a transaction, and commits the
 * result, the run's row, the next jobs and the job's end together. A stale token (the lease went to
 * somebody else) rolls all of it back, so a result stands there once, however often it was computed.
 */
export const runnerOf =
  ({ database, bus, steps }: RunnerOptions) =>
  async (job: ClaimedJob, context: StepContext): Promise<void> => {
    const index = steps.findIndex(candidate => candidate.name === job.kind)
    const step = steps[index]
    const source = sourceOf(job)
    if (!step || !source)
      throw new Refusal('job-unknown', 422, 'This version does not know that kind of work.')
    const overall = (part: number) => context.progress((index + part) / steps.length)
    overall(0)

    const input = await database.asPair(source.pair, tx => step.load(tx, source))
    const started = performance.now()
    const outcome: Outcome =
      input === undefined
        ? { engine: 'none', counts: {}, next: [], write: async () => undefined }
        : await step.run({ signal: context.signal, progress: overall }, input)
    context.signal.throwIfAborted()
    const next = outcome.next.map(kind => ({ kind, priority: priorityOf(steps, kind, job) }))
    await commit(database, job, source, outcome, next, performance.now() - started)
    await bus.publish({ channel: 'meeting', pair: source.pair, id: source.meeting, event: 'changed' })
  }

const commit = (
  database: Database,
  job: ClaimedJob,
  source: Source,
  outcome: Outcome,
  next: readonly { readonly kind: StepName; readonly priority: number }[],
  milliseconds: number,
) =>
  database.asPair(source.pair, async tx => {
    const mine = await tx.first(finishJob(job.id, job.token))
    if (!mine) throw new Refusal('job-taken', 409, 'The job was cancelled or taken over.')
    await outcome.write(tx)
    await tx.run(
      insertRun({
        pair: source.pair,
        job: job.id,
        transcript: source.transcript,
        step: job.kind,
        engine: outcome.engine,
        milliseconds,
        outcome: 'done',
        counts: outcome.counts,
      }),
      ...next.map(({ kind, priority }) => enqueueStep(kind, source, priority, roundOf(job))),
    )
  })

const priorityOf = (steps: readonly AnyStep[], kind: StepName, before: ClaimedJob): number =>
  steps.find(({ name }) => name === kind)?.background
    ? Math.max(before.priority, backgroundPriority)
    : before.priority

/** The round is the last part of the key: the steps that follow belong to the same one. */
const roundOf = (job: ClaimedJob): string => job.key.slice(job.key.lastIndexOf(':') + 1)
