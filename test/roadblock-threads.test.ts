import { expect, test } from 'vitest'
import { pairScores, readThreadCases, sumOf, tallyThreads } from '../evals/roadblock-threads.ts'
import { offlineCoach } from '../src/coach/offline/coach.ts'
import { openBundledEmbedder } from '../src/embed/bundled.ts'

/** The figures of docs/offline-coach.md, with a little room: pairs of mentions put into one thread. */
test.each<['to tune on' | 'locked', number, number]>([
  ['to tune on', 0.84, 0.78],
  ['locked', 0.8, 0.66],
])('roadblocks of pairs %s are put together', async (part, precision, f1) => {
  await using embedder = openBundledEmbedder()
  const coach = offlineCoach()
  const tallies = await Promise.all(
    readThreadCases(part === 'locked' ? part : '').map(one => tallyThreads(coach, embedder, one)),
  )
  const scores = pairScores(sumOf(tallies))
  expect(scores.precision).toBeGreaterThanOrEqual(precision)
  expect(scores.f1).toBeGreaterThanOrEqual(f1)
})
