import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { throwAwayFolder } from '../../src/commands/throw-away.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { query, sql } from '../../src/store/sql.ts'
import { startProcess } from '../../test/support/process.ts'
import { randomFrom } from '../../test/support/random.ts'
import { makePerson } from '../../test/support/rows.ts'
import { askingAt } from './asking.ts'
import { atMost, type Part, percentiles, ratio, spreadOf, timedEach } from './measure.ts'
import { openPlain } from './plain-session.ts'
import { transcriptOf } from './talk.ts'
import { cookieOf, makeMeetings, makePair, managerName, reportName } from './workspace.ts'

const words = 1_000

/** From the acknowledgement of a file to the start of its job, while nothing else is to be read. */
export const uploads: Part = async (size, seed) => {
  const count = size === 'full' ? 200 : 30
  await using kept = await throwAwayFolder()
  const random = randomFrom(seed)
  const files = Array.from({ length: count }, () => transcriptOf(random, words, [managerName, reportName]))
  const { acknowledged, requests } = await upload(kept.folder, files)
  await using database = await openPlain(kept.folder)
  const [rows = []] = await database.read(startsOfJobs)
  const started = new Map(
    (rows as z.infer<typeof Started>[]).map(({ transcript, at }) => [transcript, at.getTime()]),
  )
  const waits = [...acknowledged].map(([id, at]) => Math.max(0, (started.get(id) ?? Number.NaN) - at))
  const bare = spreadOf(
    await timedEach(count, index =>
      database.run(sql`insert into workspace (name) values (${files[index] ?? ''})`),
    ),
  )
  const [until, request] = [spreadOf(waits), spreadOf(requests)]
  const beside = `a bare insert of the same bytes, committed: ${percentiles(bare)}`
  return {
    title: 'Adding a transcript',
    about: `${count} files of ${words.toLocaleString('en')} words, one after another; each is read and gone through before the next comes, while vectors of earlier ones are made. A job that began before its answer arrived counts as 0.`,
    rows: [
      {
        what: 'from the acknowledgement to the start of its job',
        figure: percentiles(until),
        beside,
        ratio: ratio(until.p99, bare.p99),
        bar: atMost(50, until.p99, 'ms p99'),
      },
      {
        what: 'the request, until it is acknowledged',
        figure: percentiles(request),
        beside,
        ratio: ratio(request.p99, bare.p99),
        bar: '–',
      },
    ],
  }
}

const upload = async (folder: string, files: readonly string[]) => {
  const { cookie, pair, meeting } = await prepare(folder)
  await using program = await startProcess(folder)
  const asking = askingAt(program.url, cookie)
  const acknowledged = new Map<string, number>()
  const requests: number[] = []
  for (const [index, text] of files.entries()) {
    const before = performance.now()
    const { transcript } = await asking.upload(pair, meeting, `${index}.vtt`, text)
    requests.push(performance.now() - before)
    acknowledged.set(transcript.id, performance.timeOrigin + performance.now())
    while ((await asking.page(pair)).jobs.some(({ kind }) => kind !== 'embed')) await wait(20)
  }
  await program.end()
  return { acknowledged, requests }
}

const prepare = async (folder: string) => {
  await using database = await openEmbedded({ folder })
  const manager = await makePerson(database, managerName)
  const pair = await makePair(database, manager)
  const [meeting = ''] = await makeMeetings(database, manager, pair, 1)
  return { cookie: await cookieOf(database, manager), pair, meeting }
}

const Started = z.object({ transcript: z.string(), at: z.date() })
const startsOfJobs = query(
  Started,
  sql`select transcript_id as transcript, started_at as at from job where kind = 'read'`,
)
