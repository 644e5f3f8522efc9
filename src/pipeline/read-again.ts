import { enqueueStep, type NewChore, backgroundPriority, type Source } from '../store/jobs.ts'
import { transcriptById } from '../store/transcripts.ts'
import type { Chore } from './chore.ts'

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
const firstWait = 60
const longestWait = 1_800

/** After what its server asked for, else after a minute, two, four, up to half an hour. */
export const againAt = (times: number, retryAfter: unknown): string => {
  const asked = typeof retryAfter === 'number' ? retryAfter : firstWait * 2 ** Math.min(times, 10)
  // Not all at once when a server comes back: up to a fifth later, each by its own chance.
  const seconds = Math.min(asked, longestWait) * (1 + Math.random() / 5)
  return new Date(Date.now() + seconds * 1_000).toISOString()
}

/**
 * A transcript that the offline engine read in the model's place, to be read once more when the model
 * may answer again: after what its server asked for, else after a minute, two, four, up to half an
 * hour, for as long as it takes. No try of any job is spent, and nothing waits for it meanwhile.
 */
export const readAgain = (
  { pair, meeting, transcript }: Source,
  times: number,
  why: string,
  retryAfter: unknown,
): NewChore[] => {
  if (!passing.has(why)) return []
  return [
    {
      kind: 'read-again',
      key: `read-again:${transcript}:again-${times + 1}-${crypto.randomUUID()}`,
      pair,
      meeting,
      subject: transcript,
      priority: backgroundPriority,
      notBefore: againAt(times, retryAfter),
    },
  ]
}

/** How often the model has been asked once more, from the name of the round; 0 in any other round. */
export const timesAgain = (round: string): number => Number(/^again-(\d+)-/.exec(round)?.[1] ?? 0)

/** Begins the round, if the transcript is still there. */
export const readAgainChore: Chore<{ readonly source: Source; readonly round: string }> = {
  name: 'read-again',
  async load(tx, { pairId, subjectId, key }) {
    if (!pairId || !subjectId) return undefined
    const transcript = await tx.first(transcriptById(pairId, subjectId))
    if (!transcript) return undefined
    const source = { pair: pairId, meeting: transcript.meetingId, transcript: subjectId }
    return { source, round: key.slice(key.lastIndexOf(':') + 1) }
  },
  run: async (_context, { source, round }) => ({
    engine: 'none',
    counts: {},
    next: [],
    write: async tx => void (await tx.run(enqueueStep('extract', source, backgroundPriority, round))),
  }),
}
