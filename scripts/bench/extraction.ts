import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { throwAwayFolder } from '../../src/commands/throw-away.ts'
import { rapport } from '../../test/support/process.ts'
import { randomFrom } from '../../test/support/random.ts'
import { atMost, megabytes, ms, type Part, ratio, spreadOf } from './measure.ts'
import { transcriptOf } from './talk.ts'
import { managerName, reportName } from './workspace.ts'

interface Cost {
  readonly wall: number
  readonly processor: number
}
interface Told {
  readonly costs: readonly { readonly split: Cost; readonly extracted: Cost }[]
  readonly memory: number
}

const words = 9_000

/** Reading a transcript and finding what was promised in it, without a database. */
export const extraction: Part = async (size, seed) => {
  const processes = size === 'full' ? 5 : 2
  const filesEach = size === 'full' ? 11 : 4
  await using kept = await throwAwayFolder()
  const random = randomFrom(seed)
  const told: Told[] = []
  for (let one = 0; one < processes; one++) {
    const paths = Array.from({ length: filesEach }, (_, index) => join(kept.folder, `${one}-${index}.vtt`))
    for (const path of paths) writeFileSync(path, transcriptOf(random, words, [managerName, reportName]))
    const { stdout } = await rapport(paths, { file: 'scripts/bench/extract-once.ts' })
    told.push(JSON.parse(stdout) as Told)
  }
  const memory = Math.max(...told.map(one => one.memory))
  const first = told.flatMap(({ costs }) => costs.slice(0, 1))
  const later = told.flatMap(({ costs }) => costs.slice(1))
  return {
    title: 'Reading and going through an hour’s transcript',
    about: `Files of ${words.toLocaleString('en')} words, ${filesEach} to a process, ${processes} processes; the processor's time is of all threads together. Middle values.`,
    rows: [
      rowOf('the first of a process', first),
      rowOf('any later one', later),
      {
        what: 'memory of a process, at most',
        figure: megabytes(memory),
        beside: '–',
        ratio: '–',
        bar: atMost(400, memory / 1024 ** 2, 'MB'),
      },
    ],
  }
}

const rowOf = (what: string, costs: Told['costs']) => {
  const middle = (times: readonly number[]) => spreadOf(times).p50
  const wall = middle(costs.map(({ extracted }) => extracted.wall))
  const processor = middle(costs.map(({ extracted }) => extracted.processor))
  const split = middle(costs.map(cost => cost.split.wall))
  return {
    what,
    figure: `${ms(wall)}; ${ms(processor)} of processor`,
    beside: `splitting it into words: ${ms(split)}`,
    ratio: ratio(wall, split),
    bar: atMost(500, processor, 'ms of one core'),
  }
}
