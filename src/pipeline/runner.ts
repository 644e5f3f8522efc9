import { setTimeout as wait } from 'node:timers/promises'
import { Refusal } from '../domain/errors.ts'
import type { Bus } from '../domain/ports.ts'
import {
  asPair,
  asPerson,
  asSystem,
  type Database,
  type Identity,
  isAway,
  type Tx,
} from '../store/database.ts'
import {
  backgroundPriority,
  type ClaimedJob,
  enqueueChore,
  enqueueStep,
  finishJob,
  type StepName,
} from '../store/jobs.ts'
import { insertRun } from '../store/runs.ts'
import type { AnyChore } from './chore.ts'
import { type AnyStep, type Outcome, sourceOf, type StepContext } from './step.ts'

export interface RunnerOptions {
  readonly database: Database
  readonly bus: Bus
  /** In the order in which a transcript goes through them. */
  readonly steps: readonly AnyStep[]
  /** All other work; a name of a step is none of a chore. */
  readonly chores?: readonly AnyChore[]
}

/** What a job comes to, whichever kind it is: loaded as somebody, worked on as nobody. */
interface Work {
  load(tx: Tx): Promise<unknown>
  run(context: StepContext, input: unknown): Promise<Outcome>
  progress(part: number): void
}

/**
 * Carries a job through its step or chore: reads as whom the job says, works without a transaction,
 * and commits the result, the run's row, the next jobs and the job's end together, as the same
 * identity. A stale token (the lease went to somebody else) rolls all of it back, so a result stands
 * there once, however often it was computed.
 */
export const runnerOf =
  (options: RunnerOptions) =>
  async (job: ClaimedJob, context: StepContext): Promise<void> => {
    const { database, bus, steps } = options
    const { load, run, progress } = workOf(options, job, context)
    const identity = identityOf(job)
    progress(0)
    const input = await database.as(identity, load)
    const started = performance.now()
    const outcome: Outcome =
      input === undefined
        ? { engine: 'none', counts: {}, next: [], write: async () => undefined }
        : await run(
            { signal: context.signal, progress, person: job.runAs ?? job.askedBy, round: roundOf(job) },
            input,
          )
    context.signal.throwIfAborted()
    const milliseconds = performance.now() - started
    const commit = async (tx: Tx) => {
      const mine = await tx.first(finishJob(job.id, job.token))
      if (!mine) throw new Refusal('job-taken', 409, 'The job was cancelled or taken over.')
      await outcome.write(tx)
      await tx.run(
        insertRun({
          pair: job.pairId,
          person: job.runAs,
          job: job.id,
          transcript: job.transcriptId,
          step: job.kind,
          engine: outcome.engine,
          milliseconds,
          outcome: 'done',
          counts: outcome.counts,
        }),
        ...(outcome.calls ?? []).map(call =>
          insertRun({
            ...call,
            pair: job.pairId,
            person: job.runAs,
            job: job.id,
            transcript: job.transcriptId,
            step: call.duty,
          }),
        ),
        ...outcome.next.map(following =>
          typeof following === 'string' ? nextStep(steps, job, following) : enqueueChore(following),
        ),
      )
    }
    await untilThere(() => database.as(identity, commit), context.signal)
    if (job.pairId && job.meetingId)
      await bus.publish({
        channel: 'meeting',
        pair: job.pairId,
        ...(job.runAs === null ? {} : { person: job.runAs }),
        id: job.meetingId,
        event: 'changed',
      })
  }

/** Milliseconds; a lease that was not renewed meanwhile is over by then. */
const patience = 10_000

/**
 * What a coach was asked for is kept while the database starts anew, and written once it is there: asking
 * again costs a model's call. Where the first try was committed after all, the token is stale at the second.
 */
const untilThere = async (commit: () => Promise<void>, signal: AbortSignal): Promise<void> => {
  const until = performance.now() + patience
  for (;;)
    try {
      return await commit()
    } catch (error) {
      if (!isAway(error) || performance.now() > until) throw error
      await wait(200, undefined, { signal })
    }
}

const workOf = ({ steps, chores = [] }: RunnerOptions, job: ClaimedJob, context: StepContext): Work => {
  const chore = chores.find(candidate => candidate.name === job.kind)
  if (chore)
    return { load: tx => chore.load(tx, job), run: chore.run, progress: part => context.progress(part) }
  const index = steps.findIndex(candidate => candidate.name === job.kind)
  const step = steps[index]
  const source = sourceOf(job)
  if (!step || !source) throw new Refusal('job-unknown', 422, 'This version does not know that kind of work.')
  return {
    load: tx => step.load(tx, source),
    run: step.run,
    progress: part => context.progress((index + part) / steps.length),
  }
}

/** As whom a job runs. A person's job is never run as more than that person, whichever pair it is about. */
const identityOf = ({ runAs, pairId, purpose }: ClaimedJob): Identity =>
  runAs !== null ? asPerson(runAs) : pairId !== null ? asPair(pairId) : asSystem(purpose)

const nextStep = (steps: readonly AnyStep[], job: ClaimedJob, kind: StepName) => {
  const source = sourceOf(job)
  if (!source) throw new Error(`${job.kind} is about no transcript, so no ${kind} can follow it`)
  const priority = steps.find(({ name }) => name === kind)?.background
    ? Math.max(job.priority, backgroundPriority)
    : job.priority
  return enqueueStep(kind, source, priority, roundOf(job), job.askedBy)
}

/** The round is the last part of the key: the steps that follow belong to the same one. */
const roundOf = (job: ClaimedJob): string => job.key.slice(job.key.lastIndexOf(':') + 1)
