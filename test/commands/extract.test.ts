import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ExtractErrorJson, ExtractJson } from '../../src/domain/contract.ts'
import { expectGolden, folderWith, linesOf, outcomeOf, refusedWith } from '../support/commands.ts'
import { rapport } from '../support/process.ts'
import { manager, report, talks } from '../support/talks.ts'

const when = ['--date', '2026-03-10T09:00', '--timezone', 'Europe/Berlin']
const names = Object.values(talks).map(({ name }) => name)
/** Captions, one second each; an empty one counts as a cue like any other. */
const captions = (...said: readonly (readonly [voice: string, words: string])[]) =>
  `WEBVTT\n\n${said
    .map(([voice, words], n) => `00:0${n}.000 --> 00:0${n + 1}.000\n${words && `<v ${voice}>${words}</v>`}\n`)
    .join('\n')}`

let kept: Awaited<ReturnType<typeof folderWith>>
beforeAll(async () => {
  const files = Object.fromEntries(Object.values(talks).map(({ name, text }) => [name, text]))
  kept = await folderWith({
    ...files,
    'empty.txt': '',
    'picture.png': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    'notes.txt': 'We met and talked about this and that, and it was good.\n',
    'large.vtt': Buffer.alloc(16 * 1024 * 1024 + 1, 'a'),
    'narrow.vtt': captions(
      ['Ann', 'I looked at it'],
      ['Ann', 'again and it is fine.'],
      ['Ann', ''],
      ['Ann', "I'll send you the"],
      ['Ann', 'list by Friday. And thanks.'],
      ['Ben', 'Good.'],
    ),
    'calm.txt': 'Ann: Good morning.\nBen: Morning, nice to see you.\nAnn: Likewise.\n',
  })
  await mkdir(join(kept.folder, 'folder'))
})
afterAll(() => kept[Symbol.asyncDispose]())

const extract = (...args: string[]) => rapport(['extract', ...args], { cwd: kept.folder })
const extracted = async (...args: string[]) => {
  const ended = await extract(...args, '--json')
  expect([ended.code, ended.stderr]).toEqual([0, ''])
  return linesOf(ended, ExtractJson)
}

describe('extract --json', () => {
  test('prints one object a file, in order, as it is kept', async () => {
    const all = await extracted(...names, ...when, '--manager', manager, '--report', report)
    expect(all.map(({ file }) => file)).toEqual(names)
    await expectGolden(all[0], 'extract.json')
    // Four programs' files of one meeting say the same.
    const said = ({ actionItems, decisions, roadblocks, feedback, growth, talk, lines }: ExtractJson) => ({
      found: { actionItems, decisions, roadblocks, feedback, growth, talk },
      words: lines?.map(({ no, speaker, text }) => [no, speaker, text]),
    })
    for (const one of all) expect(said(one), one.file).toEqual(said(all[0]!))
    expect(all.map(({ format, timing }) => [format, timing])).toEqual([
      ['zoom-vtt', 'exact'],
      ['teams-vtt', 'exact'],
      ['google-meet', 'interpolated'],
      ['otter', 'exact'],
    ])
  })

  test('every quote stands in its line and its cues, and talk covers every line once', async () => {
    const all = await extracted(...names, 'narrow.vtt', 'calm.txt', ...when)
    for (const { file, lines = [], talk, counts, ...found } of all) {
      const claims = [
        ...found.actionItems,
        ...found.decisions,
        ...found.roadblocks,
        ...found.feedback,
        ...found.growth,
      ]
      for (const { line, cues, quote } of claims.flatMap(({ evidence }) => evidence)) {
        const said = lines.find(({ no }) => no === line)
        expect(said?.text, file).toContain(quote)
        expect(said?.cues, file).toEqual(expect.arrayContaining(cues))
        expect(cues[0], file).toBeLessThanOrEqual(cues[1])
      }
      expect(lines.map(({ no }) => no)).toEqual(lines.map((_, index) => index + 1))
      const covered = talk.flatMap(({ fromLine, toLine }) =>
        Array.from({ length: toLine - fromLine + 1 }, (_, index) => fromLine + index),
      )
      expect(covered, file).toEqual(lines.map(({ no }) => no))
      expect([talk[0]?.fromCue, talk.at(-1)?.toCue], file).toEqual([0, counts.cues - 1])
      expect(counts.speakers, file).toBe(new Set(lines.map(({ speaker }) => speaker)).size)
    }
  })

  test('cues are counted over all of the file and named as narrowly as can be', async () => {
    const [narrow] = await extracted('narrow.vtt', ...when)
    expect(narrow?.counts).toEqual({ cues: 6, lines: 2, speakers: 2 })
    const [evidence] = narrow!.actionItems[0]!.evidence
    expect(evidence).toEqual({ line: 1, cues: [3, 4], quote: "I'll send you the list by Friday." })
  })

  test('without a date the phrase stays and the day is unknown', async () => {
    const [one] = await extracted(names[0]!)
    expect(one!.actionItems.map(({ due, duePhrase }) => [due, duePhrase])).toEqual([
      [null, 'tomorrow morning'],
      [null, 'by Friday'],
    ])
  })

  test('dates are of the meeting’s own time zone', async () => {
    const [one] = await extracted(names[0]!, '--date', '2026-03-10T23:30', '--timezone', 'Pacific/Auckland')
    expect(one!.actionItems.map(({ due }) => due)).toEqual(['2026-03-11', '2026-03-13'])
  })

  test('an owner has the label of the file, or the name that the label belongs to', async () => {
    const owners = (all: ExtractJson[]) => all[0]!.actionItems.map(({ owner }) => owner)
    expect(owners(await extracted(names[0]!))).toEqual([manager, report])
    expect(owners(await extracted(names[0]!, '--manager', 'Ines', '--report', 'Tomasz'))).toEqual([
      'Ines',
      'Tomasz',
    ])
    // The other of two is the other.
    expect(owners(await extracted(names[0]!, '--report', 'Tomasz'))).toEqual([manager, 'Tomasz'])
  })

  test('lines can be left out; a meeting without a promise has none', async () => {
    const [one] = await extracted('calm.txt', '--no-lines')
    expect(one).not.toHaveProperty('lines')
    expect([one!.actionItems, one!.decisions, one!.roadblocks]).toEqual([[], [], []])
  })

  test('where no endpoint is set for a model the offline engine serves, and the output says so', async () => {
    const ended = await extract(names[0]!, '--engine', 'llm', '--json')
    expect(ended.code).toBe(0)
    expect(ended.stderr).toMatch(/^No model is set .*: the offline coach serves\.\n$/)
    expect(linesOf(ended, ExtractJson)[0]!.engine).toBe('offline')
  })

  test('a path means the caller’s folder, which npm says', async () => {
    const ended = await rapport(['extract', 'calm.txt', '--json', '--no-lines'], {
      env: { INIT_CWD: kept.folder },
    })
    expect([ended.code, linesOf(ended, ExtractJson)[0]?.file]).toEqual([0, 'calm.txt'])
  })

  test('what cannot be read is answered in its place, the others go on, and the end is 2', async () => {
    const files = ['nowhere.vtt', 'calm.txt', 'empty.txt', 'folder', 'picture.png', 'large.vtt', 'notes.txt']
    const ended = await extract(...files, '--json', '--no-lines')
    const answers = linesOf(ended, z.union([ExtractErrorJson, ExtractJson]))
    expect(answers.map(answer => [answer.file, 'error' in answer ? answer.error.code : 'read'])).toEqual([
      ['nowhere.vtt', 'file-missing'],
      ['calm.txt', 'read'],
      ['empty.txt', 'transcript-empty'],
      ['folder', 'file-is-folder'],
      ['picture.png', expect.stringMatching(/^(?!read)/)],
      ['large.vtt', 'file-too-large'],
      ['notes.txt', expect.any(String)],
    ])
    expect(ended.code).toBe(2)
    // A line a failure for whoever watches.
    const failed = answers.filter(answer => 'error' in answer)
    expect(ended.stderr).toBe(failed.map(answer => `${answer.file}: ${answer.error.message}\n`).join(''))
  })
})

describe('extract for people', () => {
  test('says what was found with its words, and nothing on stderr', async () => {
    const { code, stdout, stderr } = await extract(names[0]!, 'calm.txt', ...when)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(
      'Ines Calder: Call the electrician tomorrow morning and ask for a date., by 2026-03-11',
    )
    expect(stdout).toContain("“I'll call the electrician tomorrow morning and ask for a date.” (line 5)")
    expect(stdout).toContain('No promise, decision or roadblock was found.')
  })

  test('a missing file is one line', async () => {
    expect(outcomeOf(await extract('nowhere.vtt'))).toEqual(
      refusedWith('nowhere.vtt: There is no such file.'),
    )
  })

  test.for<[what: string, args: string[], sentence: string | RegExp]>([
    ['no file', [], /missing required argument/],
    ['an unknown option', ['calm.txt', '--loud'], /unknown option '--loud'/],
    ['a day that is not', ['calm.txt', '--date', '2026-02-30T10:00'], '--date looks like 2026-03-12T10:00.'],
    ['a date in words', ['calm.txt', '--date', 'today'], '--date looks like 2026-03-12T10:00.'],
    ['a next meeting in words', ['calm.txt', '--next-meeting', 'soon'], '--next-meeting looks like'],
    [
      'an unknown time zone',
      ['calm.txt', '--timezone', 'Mars/Olympus'],
      'Mars/Olympus is not a known time zone.',
    ],
    ['an unknown engine', ['calm.txt', '--engine', 'best'], '--engine is offline or llm.'],
  ])('%s is refused in one line', async ([, args, sentence]) => {
    expect(outcomeOf(await extract(...args))).toEqual(refusedWith(sentence))
  })

  test('settings of the server are none of its business', async () => {
    const { code, stderr } = await rapport(['extract', 'calm.txt'], {
      cwd: kept.folder,
      env: { PORT: 'none', HOST: '0.0.0.0' },
    })
    expect([code, stderr]).toEqual([0, ''])
  })
})
