/**
 * Predictions for the AMI meetings by models that did not see the meeting's team: weights,
 * thresholds and calibration all come from the other teams. For the scorers of the data folder.
 * usage: node evals/train/cross-validate.ts OUT.json [--data DIR]
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { offlineCoach } from '../../src/coach/offline/coach.ts'
import { shippedModel } from '../../src/coach/offline/model.ts'
import { dataFolder, readMeetings } from '../dev-data.ts'
import { predict } from '../predict.ts'
import { prepareMeeting } from './examples.ts'
import { fitGroup } from './fit.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } })
const out = positionals[0]
if (out === undefined)
  throw new Error('Say where the predictions go: node evals/train/cross-validate.ts OUT.json')

const meetings = readMeetings(dataFolder(values.data), 'meetings').filter(({ corpus }) => corpus === 'AMI')
const prepared = meetings.map(prepareMeeting)
const shipped = shippedModel()
const predictions: Record<string, unknown> = {}
for (const team of new Set(meetings.map(({ series }) => series))) {
  const group = fitGroup(prepared.filter(meeting => meeting.team !== team))
  const coach = offlineCoach({ ...shipped, group })
  for (const meeting of meetings.filter(({ series }) => series === team))
    predictions[meeting.id] = await predict(coach, meeting)
  console.error(
    team,
    group.action.threshold.toFixed(3),
    group.decision.threshold.toFixed(3),
    group.problem.threshold.toFixed(3),
  )
}
writeFileSync(out, JSON.stringify(predictions))
