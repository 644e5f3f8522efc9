import { enqueueStep, type NewChore, type Source } from '../store/jobs.ts'
import { transcriptById } from '../store/transcripts.ts'
import type { Chore } from './chore.ts'

const firstWait = 60
const longestWait = 1_800

/** After what its server asked for, else after a minute, two, four, up to half an hour. */
const againAt = (times: number, retryAfter: unknown): string => {
  const asked = typeof retryAfter === 'number' ? retryAfter : firstWait * 2 ** Math.min(times, 10)
  // Not all at once when a server comes back: up to a fifth later, each by its own chance.
  const seconds = Math.min(asked, longestWait) * (1 + Math.random() / 5)
  return new Date(Date.now() + seconds * 1_000).toISOString()
}

/** How often the model has been asked once more, from the name of the round; 0 in any other round. */
export const timesAgain = (round: string): number => Number(/^again-(\d+)-/.exec(round)?.[1] ?? 0)

/** Asks for the same once more, later, under a key of its own so that it comes beside any other; `of` is what it is about. */
export const roundLater = (
  chore: Omit<NewChore, 'key' | 'notBefore'>,
  of: string,
  times: number,
  retryAfter: unknown,
): NewChore => ({
  ...chore,
  key: `${chore.kind}:${of}:again-${times + 1}-${crypto.randomUUID()}`,
  notBefore: againAt(times, retryAfter),
})

/** The same for a step of a transcript, which the chore of `roundChore` begins. */
export const stepLater = (
  kind: string,
  { pair, meeting, transcript }: Source,
  times: number,
  priority: number,
  retryAfter: unknown,
): NewChore =>
  roundLater({ kind, pair, meeting, subject: transcript, priority }, transcript, times, retryAfter)

/** The chore that begins such a round, if the transcript is still there. */
export const roundChore = (
  name: string,
  step: 'extract' | 'embed',
  priority: number,
): Chore<{ readonly source: Source; readonly round: string }> => ({
  name,
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
    write: async tx => void (await tx.run(enqueueStep(step, source, priority, round))),
  }),
})
