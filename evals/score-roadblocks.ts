/**
 * Scores how roadblocks are linked over meetings: pairs of mentions put into one thread.
 * usage: node evals/score-roadblocks.ts
 */
import { offlineCoach } from '../src/coach/offline/coach.ts'
import { openBundledEmbedder } from '../src/embed/bundled.ts'
import {
  pairScores,
  type PairTally,
  readSampleThreads,
  readThreadCases,
  sumOf,
  tallyThreads,
} from './roadblock-threads.ts'

const coach = offlineCoach()
await using embedder = openBundledEmbedder()

const print = (name: string, tally: PairTally) => {
  const { precision, recall, f1 } = pairScores(tally)
  console.log(`${name.padEnd(24)} P ${precision.toFixed(2)} R ${recall.toFixed(2)} F1 ${f1.toFixed(2)}`)
}
for (const part of ['', 'locked'] as const) {
  const tallies: PairTally[] = []
  for (const one of readThreadCases(part)) {
    const tally = await tallyThreads(coach, embedder, one)
    print(one.id, tally)
    tallies.push(tally)
  }
  print(part === '' ? 'all, to tune on' : 'all, locked', sumOf(tallies))
}
print('sample', await tallyThreads(coach, embedder, await readSampleThreads()))
