import type { Tx } from '../store/database.ts'
import type { ClaimedJob, NewChore } from '../store/jobs.ts'
import type { Outcome, StepContext } from './step.ts'

/**
 * Work that is no step of a transcript: a brief, a reminder, what retention takes away. It is asked
 * for with `enqueueChore` under its name. Both `load` and the outcome's `write` run as whom the job
 * says: a brief for the manager is loaded as the manager, so the report's private words cannot be in it.
 */
export interface Chore<Input> {
  readonly name: string
  /** Undefined when what the job was about has been erased meanwhile, or is no longer due. */
  load(tx: Tx, job: ClaimedJob): Promise<Input | undefined>
  run(context: StepContext, input: Input): Promise<Outcome<NewChore>>
}

/** Any chore, whatever it reads: the runner only hands the input through. */
// eslint-disable-next-line typescript/no-explicit-any
export type AnyChore = Chore<any>
