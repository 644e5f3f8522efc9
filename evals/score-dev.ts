/**
 * Runs the offline coach, as shipped, over the development meetings and writes predictions for
 * their scorers. The shipped weights have seen the AMI meetings: figures on those come from
 * train/cross-validate.ts.
 * usage: node evals/score-dev.ts OUT.json [--data DIR] [--kind meetings|akash]
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { offlineCoach } from '../src/coach/offline/coach.ts'
import { dataFolder, readMeetings } from './dev-data.ts'
import { predict } from './predict.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, kind: { type: 'string', default: 'meetings' } },
})
const out = positionals[0]
if (out === undefined) throw new Error('Say where the predictions go: node evals/score-dev.ts OUT.json')

const coach = offlineCoach()
const predictions: Record<string, unknown> = {}
const start = performance.now()
for (const meeting of readMeetings(dataFolder(values.data), values.kind === 'akash' ? 'akash' : 'meetings')) {
  predictions[meeting.id] = await predict(coach, meeting)
}
writeFileSync(out, JSON.stringify(predictions))
console.error(`${Object.keys(predictions).length} meetings in ${Math.round(performance.now() - start)} ms`)
