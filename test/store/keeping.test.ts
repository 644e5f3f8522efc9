import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { forgetLines } from '../../src/pipeline/keeping.ts'
import { insertFinding } from '../../src/store/findings.ts'
import { keepFor } from '../../src/store/keeping.ts'
import { storeTranscriptPassages } from '../../src/store/passages.ts'
import { query, sql } from '../../src/store/sql.ts'
import { storeReading } from '../../src/store/transcripts.ts'
import { passagesOf } from '../../src/domain/passages.ts'
import { readTranscript } from '../../src/domain/transcript/read.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { forgetJobs } from '../support/jobs.ts'
import { everythingKept } from '../support/everything.ts'
import { type FilledPair, fillPair } from '../support/rows.ts'

let database: TestDatabase
let one: FilledPair
beforeAll(async () => {
  database = await openTestDatabase()
  one = await fillPair(database, 'one')
})
afterAll(() => database[Symbol.asyncDispose]())

const said = [
  'Ann: The canopy needs a new rope, I will order it by Friday.',
  'Ben: My canaryneighbour was ill all week.',
  'Ann: And the dog has canarydismissed the postman.',
  'Ben: We keep the smaller stand then.',
].join('\n')
const evidence = (line: number, quote: string) => [
  { line, cues: [line - 1, line - 1] as [number, number], quote },
]
const days = (count: number) => new Date(Date.now() + count * 86_400_000)
const linesLeft = () =>
  database.asPair(one.pair, tx =>
    tx.all(
      query(
        z.object({ no: z.int() }),
        sql`select no from line where pair_id = ${one.pair} and transcript_id = ${one.transcript} order by no`,
      ),
    ),
  )

test('after its time only quoted lines stay, in rows and in search; before it, and with no end, all', async () => {
  const read = readTranscript(new TextEncoder().encode(said))
  expect(read.lines.map(({ no }) => no)).toEqual([1, 2, 3, 4])
  const finding = (
    text: string,
    state: 'open' | 'confirmed' | 'dismissed' | 'proposed',
    line: number,
    quote: string,
  ) => ({
    meeting: one.meeting,
    transcript: one.transcript,
    text,
    state,
    confidence: 1,
    evidence: evidence(line, quote),
  })
  await database.asPair(one.pair, async tx => {
    await tx.run(
      ...storeReading(one.pair, one.transcript, read),
      ...storeTranscriptPassages(one.pair, one.transcript, passagesOf(read.lines)),
    )
    await tx.all(
      insertFinding(
        one.pair,
        { ...finding('Order a rope', 'open', 1, 'I will order it'), kind: 'action-item' },
        null,
      ),
    )
    await tx.all(
      insertFinding(
        one.pair,
        { ...finding('The dog', 'dismissed', 3, 'canarydismissed the postman'), kind: 'decision' },
        null,
      ),
    )
    await tx.all(
      insertFinding(
        one.pair,
        { ...finding('A smaller stand', 'proposed', 4, 'the smaller stand'), kind: 'decision' },
        null,
      ),
    )
  })
  await forgetJobs(database)
  await database.asPerson(one.manager, tx => tx.run(keepFor(one.pair, null)))
  expect(await forgetLines(database, days(5_000))).toBe(0)
  await database.asPerson(one.report, tx => tx.run(keepFor(one.pair, 14)))
  expect(await forgetLines(database, days(13.9))).toBe(0)
  expect(await linesLeft()).toHaveLength(4)
  expect(await everythingKept(database, one)).toContain('canaryneighbour')

  expect(await forgetLines(database, days(14.1))).toBe(1)
  expect((await linesLeft()).map(({ no }) => no)).toEqual([1, 4])
  const kept = await everythingKept(database, one)
  expect(kept).toContain('smaller stand')
  expect(kept).not.toMatch(/canary/)
  // Once.
  await forgetJobs(database)
  expect(await forgetLines(database, days(15))).toBe(0)
})
