import type { CoachCall } from '../domain/ports.ts'
import type { ClaimedJob, NewChore, Source, StepName } from '../store/jobs.ts'
import type { Tx } from '../store/database.ts'

/** All a step knows of the outside. */
export interface StepContext {
  readonly signal: AbortSignal
  /** Share of this step done, 0–1. */
  progress(part: number): void
  /** Whoever asked for it, where somebody did: on whose account a model is asked. */
  readonly person?: string | null
  /** Which round of this step it is, as its job's key says. */
  readonly round?: string
}

/** What a step came to. Committed by the runner in one transaction with the job's end and the next jobs. */
export interface Outcome<Following = StepName | NewChore> {
  readonly engine: string
  /** Numbers only: they are shown, logged and kept. */
  readonly counts: Readonly<Record<string, number>>
  /** Questions to a model on the way; each becomes a row of its own. */
  readonly calls?: readonly CoachCall[]
  /** Enqueued with it: steps of the same transcript by name, chores as they are asked for. */
  readonly next: readonly Following[]
  write(tx: Tx): Promise<void>
}

/** One piece of the way a transcript goes: read as the pair, work without a transaction, return a value. */
export interface Step<Input> {
  readonly name: StepName
  /** Nobody waits for it: it goes beside the other steps, never before them. */
  readonly background?: true
  /** Undefined when what the job was about has been erased meanwhile. */
  load(tx: Tx, source: Source): Promise<Input | undefined>
  run(context: StepContext, input: Input): Promise<Outcome>
}

/** Any step, whatever it reads: the runner only hands the input through. */
// eslint-disable-next-line typescript/no-explicit-any
export type AnyStep = Step<any>

/** Undefined for a job that is about no transcript. */
export const sourceOf = (job: ClaimedJob): Source | undefined =>
  job.pairId && job.meetingId && job.transcriptId
    ? { pair: job.pairId, meeting: job.meetingId, transcript: job.transcriptId }
    : undefined
