import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SeriesMeetingJson } from '../../src/domain/contract.ts'
import { expectGolden, folderWith, linesOf, outcomeOf, refusedWith } from '../support/commands.ts'
import type { Ended } from '../support/process.ts'
import { rapport } from '../support/process.ts'
import { manager, report, talks } from '../support/talks.ts'

const pair = { manager: { name: manager }, report: { name: report }, timezone: 'Europe/Berlin' }
const canary = { manager: 'the canary of the manager', report: 'the canary of the report' }
const meetings = [
  {
    id: 'first',
    date: '2026-03-10T09:00',
    transcript: 'talks/first.vtt',
    managerPrivateNote: canary.manager,
    reportPrivateNote: canary.report,
  },
  { id: 'unreadable', date: '2026-03-17T09:00', transcript: 'talks/picture.png' },
  { id: 'cancelled', date: '2026-03-24T09:00', state: 'cancelled', by: 'report' },
  { id: 'last', date: '2026-03-31T09:00', transcript: 'talks/last.txt' },
]
const last = `${manager}: Hi. What became of the electrician?
${report}: You called her the day after, and she came on Thursday. The kiln runs again.
${manager}: Good. I called the electrician as I said. And the list of late orders?
${report}: I sent you the list of late orders on Friday.
${manager}: Right, I have it, thank you. Could you write to the two who wait longest?
${report}: Sure, I'll write to them by tomorrow.
`

let kept: Awaited<ReturnType<typeof folderWith>>
beforeAll(async () => {
  kept = await folderWith({
    'in/series.json': JSON.stringify({ ...pair, meetings }),
    'in/talks/first.vtt': talks.zoom.text,
    'in/talks/picture.png': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    'in/talks/last.txt': last,
    'temporary/.keep': '',
  })
})
afterAll(() => kept[Symbol.asyncDispose]())
const series = (...args: string[]) =>
  rapport(['series', ...args], { cwd: kept.folder, env: { TMPDIR: `${kept.folder}/temporary` } })

describe('series --json', () => {
  let ended: Ended
  let found: SeriesMeetingJson[]
  beforeAll(async () => {
    ended = await series('in/series.json', '--json')
    found = linesOf(ended, SeriesMeetingJson)
  }, 300_000)

  test('prints one object a meeting, in order, as it is kept', async () => {
    expect(found.map(({ id }) => id)).toEqual(['first', 'unreadable', 'cancelled', 'last'])
    await expectGolden(found, 'series.json')
  })

  test('says on stderr what could not be read, goes on, and ends with 2', () => {
    const { code, stderr } = outcomeOf(ended)
    expect([code, stderr]).toEqual([2, [expect.stringMatching(/^unreadable: \S.*\.$|^unreadable: \S.*\?$/)]])
    expect(found[1]?.actionItems).toEqual([])
  })

  test('an update names an item that was printed earlier, by an id of its own', () => {
    const printed = new Map<string, number>()
    expect(found[0]?.roadblocks.map(({ thread }) => thread)).toEqual(['t1'])
    for (const [index, meeting] of found.entries()) {
      for (const { item } of meeting.updates) expect(printed.get(item)).toBeLessThan(index)
      for (const { id } of meeting.actionItems) {
        expect(printed.has(id)).toBe(false)
        printed.set(id, index)
      }
    }
    expect(found[3]?.updates.map(({ status }) => status)).toContain('done')
  })

  test('owners are the names of the request, dates those of the meeting', () => {
    expect(found[0]?.actionItems.map(({ owner, due }) => [owner, due])).toEqual([
      [manager, '2026-03-11'],
      [report, '2026-03-13'],
    ])
  })

  test('private words stand in the brief of whoever wrote them, and nowhere else', () => {
    expect(JSON.stringify(found[0]?.briefs.manager)).toContain(canary.manager)
    expect(JSON.stringify(found[0]?.briefs.report)).toContain(canary.report)
    const elsewhere = found.map(({ briefs, suggestedTopics, ...rest }) => [
      rest,
      JSON.stringify([briefs.manager, suggestedTopics.manager]).replaceAll(canary.manager, ''),
      JSON.stringify([briefs.report, suggestedTopics.report]).replaceAll(canary.report, ''),
    ])
    expect(JSON.stringify(elsewhere) + ended.stderr).not.toContain('canary')
  })

  test('nothing of it is left', async () => {
    expect(await readdir(`${kept.folder}/temporary`)).toEqual(['.keep'])
  })
})

describe('bad input', () => {
  const requestOf = (value: unknown) => folderWith({ 'series.json': JSON.stringify(value) })
  const one = { id: 'a', date: '2026-03-10T09:00' }

  test.for<[what: string, request: unknown, sentence: string | RegExp]>([
    ['a word instead of a series', 'series', /expected object/],
    ['no meetings', pair, /^meetings: /],
    ['a nameless manager', { ...pair, manager: { name: '' }, meetings: [one] }, /^manager\.name: /],
    [
      'an unknown field of a meeting',
      { ...pair, meetings: [{ ...one, mood: 'good' }] },
      /^meetings\.0: .*mood/,
    ],
    [
      'an unknown time zone',
      { ...pair, timezone: 'Mars', meetings: [one] },
      'timezone: Mars is not a known time zone.',
    ],
    [
      'a day that is not',
      { ...pair, meetings: [{ ...one, date: '2026-02-30T09:00' }] },
      'the date of a looks like',
    ],
    ['an id twice', { ...pair, meetings: [one, one] }, 'meetings: the id a is there twice.'],
    [
      'a transcript that is nowhere',
      { ...pair, meetings: [{ ...one, transcript: 'x.vtt' }] },
      'the transcript of a cannot be opened',
    ],
  ])('%s is refused in one line, before anything is printed', async ([, request, sentence]) => {
    await using asked = await requestOf(request)
    expect(outcomeOf(await rapport(['series', 'series.json', '--json'], { cwd: asked.folder }))).toEqual(
      refusedWith(sentence),
    )
  })

  test.for<[what: string, args: string[], sentence: string | RegExp]>([
    ['a file that is not JSON', ['in/talks/last.txt', '--json'], 'This file is not JSON.'],
    ['a missing file', ['nowhere.json', '--json'], 'There is no such file, or it cannot be opened.'],
    ['a folder', ['in', '--json'], 'There is no such file, or it cannot be opened.'],
    ['no file', ['--json'], /missing required argument 'file'/],
    ['no --json', ['in/series.json'], /required option '--json'/],
    ['an unknown engine', ['in/series.json', '--json', '--engine', 'best'], '--engine is offline or llm.'],
    ['an unknown option', ['in/series.json', '--json', '--fast'], /unknown option '--fast'/],
  ])('%s is refused in one line', async ([, args, sentence]) => {
    expect(outcomeOf(await series(...args))).toEqual(refusedWith(sentence))
  })
})
