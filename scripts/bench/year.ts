import { setTimeout as wait } from 'node:timers/promises'
import { throwAwayFolder } from '../../src/commands/throw-away.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { startProcess } from '../../test/support/process.ts'
import { randomFrom } from '../../test/support/random.ts'
import { makePerson } from '../../test/support/rows.ts'
import { type Asking, askingAt, mostMemoryOf } from './asking.ts'
import {
  atMost,
  megabytes,
  type Part,
  percentiles,
  ratio,
  seconds,
  type Spread,
  spreadOf,
  timed,
  timedEach,
} from './measure.ts'
import { transcriptOf } from './talk.ts'
import { cookieOf, makeMeetings, makePair, managerName, reportName } from './workspace.ts'

/** Somebody looks at a page this often, in milliseconds. */
const between = 100

interface File {
  readonly pair: string
  readonly meeting: string
  readonly text: string
}

/** A year of somebody's 1:1s added at once, while they go on using the page. */
export const year: Part = async (size, seed) => {
  const [reports, weeks, words] = size === 'full' ? [5, 50, 5_000] : [2, 6, 5_000]
  await using kept = await throwAwayFolder()
  const { cookie, files } = await prepare(kept.folder, reports, weeks, words, seed)
  await using program = await startProcess(kept.folder)
  const asking = askingAt(program.url, cookie)
  const pairs = [...new Set(files.map(({ pair }) => pair))]
  const idle = spreadOf(await timedEach(100, index => asking.page(pairs[index % pairs.length] ?? ''), 50))
  const { sent, found, embedded, pages } = await addAll(asking, files, pairs)
  const memory = mostMemoryOf(program.child.pid)
  const splitting = await timed(() => files.map(({ text }) => text.split(/\s+/)))
  return {
    title: 'A year of transcripts at once',
    about: `${files.length} files of ${words.toLocaleString('en')} words: one person's weekly talks with ${reports} reports, one file after another. Meanwhile the page of one pair or another is asked for every ${between} ms.${memory === null ? '' : ` The program held at most ${megabytes(memory)}.`}`,
    rows: [
      {
        what: 'all of them read, gone through and found by their words',
        figure: `${seconds(found)} (all sent after ${seconds(sent)})`,
        beside: `splitting them into words: ${seconds(splitting)}`,
        ratio: ratio(found, splitting),
        bar: atMost(300, found / 1000, 's'),
      },
      {
        what: 'all vectors made, for finding by meaning',
        figure: seconds(embedded),
        beside: `read and gone through: ${seconds(found)}`,
        ratio: ratio(embedded, found),
        bar: '–',
      },
      pageRow('the page while they are gone through', pages.during, idle),
      pageRow('the page while the last vectors are made', pages.after, idle),
    ],
  }
}

const pageRow = (what: string, busy: Spread, idle: Spread) => ({
  what,
  figure: percentiles(busy),
  beside: `the page of the idle program: ${percentiles(idle)}`,
  ratio: ratio(busy.p95, idle.p95),
  bar: atMost(200, busy.p95, 'ms p95'),
})

const prepare = async (folder: string, reports: number, weeks: number, words: number, seed: number) => {
  await using database = await openEmbedded({ folder })
  const random = randomFrom(seed)
  const manager = await makePerson(database, managerName)
  const files: File[] = []
  for (let report = 0; report < reports; report++) {
    const pair = await makePair(database, manager)
    for (const meeting of await makeMeetings(database, manager, pair, weeks))
      files.push({ pair, meeting, text: transcriptOf(random, words, [managerName, reportName]) })
  }
  return { cookie: await cookieOf(database, manager), files }
}

const addAll = async (asking: Asking, files: readonly File[], pairs: readonly string[]) => {
  const begun = performance.now()
  const pages: { at: number; took: number }[] = []
  let over = false
  const looking = (async () => {
    for (let look = 0; !over; look++) {
      const at = performance.now()
      const took = await timed(() => asking.page(pairs[look % pairs.length] ?? ''))
      pages.push({ at, took })
      await wait(Math.max(0, between - took))
    }
  })()
  for (const [index, { pair, meeting, text }] of files.entries())
    await asking.upload(pair, meeting, `${index}.vtt`, text)
  const sent = performance.now() - begun
  await untilNone(asking, pairs, ({ kind }) => kind !== 'embed')
  const found = performance.now() - begun
  await untilNone(asking, pairs, () => true)
  const embedded = performance.now() - begun
  over = true
  await looking
  const timesOf = (during: boolean) =>
    spreadOf(pages.filter(({ at }) => at - begun < found === during).map(({ took }) => took))
  return { sent, found, embedded, pages: { during: timesOf(true), after: timesOf(false) } }
}

/** Waits until no pair has such work under way; failed work is a defect of the run. */
const untilNone = async (
  asking: Asking,
  pairs: readonly string[],
  counts: (job: { kind: string }) => boolean,
): Promise<void> => {
  for (const pair of pairs)
    for (;;) {
      const { jobs } = await asking.page(pair)
      const failed = jobs.find(({ state }) => state === 'failed')
      if (failed) throw new Error(`a transcript failed at ${failed.kind}`)
      if (!jobs.some(counts)) break
      await wait(250)
    }
}
