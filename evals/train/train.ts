/**
 * Trains the weights that ship with the offline coach and writes src/coach/offline/weights.json.
 * usage: node evals/train/train.ts [--data DIR]
 * Meetings of many come from the data folder (AMI), one-on-ones from one-on-one.jsonl beside this file.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { encodeModel } from '../../src/coach/offline/model.ts'
import { dataFolder, readMeetings } from '../dev-data.ts'
import { prepareMeeting, prepareSnippets } from './examples.ts'
import { fitWorld } from './fit.ts'

const { values } = parseArgs({ options: { data: { type: 'string' } } })
const meetings = readMeetings(dataFolder(values.data), 'meetings').filter(({ corpus }) => corpus === 'AMI')
const model = {
  pair: fitWorld(prepareSnippets(join(import.meta.dirname, 'one-on-one.jsonl')), 'pair'),
  group: fitWorld(meetings.map(prepareMeeting), 'group'),
}
const file = join(import.meta.dirname, '../../src/coach/offline/weights.json')
const text = JSON.stringify(encodeModel(model))
writeFileSync(file, `${text}\n`)
console.log(`${file}: ${Math.round(text.length / 1024)} kB`)
for (const [world, heads] of Object.entries(model)) {
  for (const [head, { threshold, calibration }] of Object.entries(heads)) {
    console.log(world, head, `threshold ${threshold.toFixed(3)}`, calibration)
  }
}
