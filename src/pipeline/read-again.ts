import { backgroundPriority, type NewChore, type Source } from '../store/jobs.ts'
import { roundChore, stepLater } from './again.ts'

/** Why another engine served, where the model may do it later. What it would only say again is not in it. */
const passing = new Set([
  'model-unreachable',
  'model-too-slow',
  'model-failed',
  'model-busy',
  'model-quota',
  'model-not-an-api',
  'model-key-refused',
  'model-unknown',
  'model-paused',
  'model-spent',
  'model-full',
  'model-answer-empty',
])

/**
 * A transcript that the offline engine read in the model's place, to be read once more when the model
 * may answer again, for as long as it takes. No try of any job is spent, and nothing waits for it meanwhile.
 */
export const readAgain = (source: Source, times: number, why: string, retryAfter: unknown): NewChore[] =>
  passing.has(why) ? [stepLater('read-again', source, times, backgroundPriority, retryAfter)] : []

export const readAgainChore = roundChore('read-again', 'extract', backgroundPriority)
