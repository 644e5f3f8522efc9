/**
 * Trains the weights that ship with the offline coach and writes src/coach/offline/weights.json.
 * Prints how well weights that had not seen a talk do on it, and how well these do on the talks held out.
 * usage: node evals/train/train.ts [--data DIR] [--show WORD] [--links]
 * Meetings of many come from the data folder (AMI): without it their weights stay as they are.
 * One-on-ones come from talks/, series/ and one-on-one.jsonl beside this file. `--show` lists misses that hold
 * the word, `--links` puts roadblocks into threads as well.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { encodeModel, shippedModel } from '../../src/coach/offline/model.ts'
import { openBundledEmbedder } from '../../src/embed/bundled.ts'
import { dataFolder, readMeetings } from '../dev-data.ts'
import { prepareMeeting, prepareSnippets } from './examples.ts'
import { addTo, fitPair, hear } from './fit-pair.ts'
import { fitGroup } from './fit.ts'
import { rapport12Talks } from './rapport-12-talks.ts'
import { describeSeries, emptySeriesTally } from './series-run.ts'
import { describeTally, emptyTally } from './talk-score.ts'
import { readSeries, readTalks, type Voice } from './talks.ts'

const { values } = parseArgs({
  options: { data: { type: 'string' }, show: { type: 'string' }, links: { type: 'boolean' } },
})
const beside = (name: string) => join(import.meta.dirname, name)
const voices = ['written', 'recognised'] satisfies Voice[]
const bothVoices = (folder: string) => voices.flatMap(voice => readTalks(beside(folder), voice))

const group =
  values.data === undefined
    ? shippedModel().group
    : fitGroup(
        readMeetings(dataFolder(values.data), 'meetings')
          .filter(({ corpus }) => corpus === 'AMI')
          .map(prepareMeeting),
      )
const embedder = values.links ? openBundledEmbedder() : null
const { model: trained, unseen } = await fitPair(
  hear([
    ...bothVoices('talks'),
    ...voices.flatMap(voice => readSeries(beside('series'), voice)),
    ...rapport12Talks(),
  ]),
  prepareSnippets(beside('one-on-one.jsonl')),
  group,
  embedder,
)
const model = { ...trained, group }
const file = beside('../../src/coach/offline/weights.json')
const text = JSON.stringify(encodeModel(model))
writeFileSync(file, `${text}\n`)
console.log(`${file}: ${Math.round(text.length / 1024)} kB`)
for (const [world, heads] of Object.entries({ pair: model.pair, group, any: { update: model.update } })) {
  for (const [head, { threshold, calibration }] of Object.entries(heads)) {
    console.log(world, head, `threshold ${threshold.toFixed(3)}`, calibration)
  }
}
const heldOut = emptyTally()
await addTo(heldOut, bothVoices('held-out'), model)
for (const [name, { tally: total, series }] of Object.entries({
  'written talks, cross-validated': unseen.written,
  'written series, cross-validated by pair': unseen.series,
  'Rapport-12 dev, cross-validated by pair': unseen['Rapport-12'],
  'written talks held out': { tally: heldOut, series: emptySeriesTally() },
})) {
  if (values.show !== undefined)
    for (const note of [...total.notes, ...series.notes]) if (note.includes(values.show)) console.log(note)
  console.log(`\n${name}\n${describeTally(total)}`)
  if (series.updates.gold > 0) console.log(`over whole series:\n${describeSeries(series)}`)
}
