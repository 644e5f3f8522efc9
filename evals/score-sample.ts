/**
 * Scores the offline coach on the sample pair, week by week.
 * usage: node evals/score-sample.ts
 */
import { offlineCoach } from '../src/coach/offline/coach.ts'
import { scoreSample } from './sample.ts'

const { tally } = await scoreSample(offlineCoach())
for (const [kind, { hit, claims, gold }] of Object.entries(tally)) {
  const [precision, recall] = [hit / Math.max(1, claims), hit / Math.max(1, gold)]
  console.log(
    `${kind.padEnd(12)} P ${precision.toFixed(2)} R ${recall.toFixed(2)}  (${hit} of ${gold} marked, ${claims} claimed)`,
  )
}
