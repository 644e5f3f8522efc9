import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contentHash, rapport12Folder, readManifest, readRapport12 } from '../../evals/rapport-12.ts'
import { problemsOf } from '../../evals/rapport-12-problems.ts'
import { throwAwayFolder } from '../../src/commands/throw-away.ts'

describe('Rapport-12', () => {
  test('is sound: quotes, lines, owners, days, ids, silence, splits and hash', () => {
    expect(problemsOf(rapport12Folder)).toEqual([])
  })

  test('has no pair in both splits, and says so of none of its people', () => {
    const { dev, locked } = readManifest()
    const people = (split: 'dev' | 'locked') =>
      readRapport12(split).flatMap(({ pair: { request } }) => [request.manager.name, request.report.name])
    expect(dev.filter(name => locked.includes(name))).toEqual([])
    expect(people('dev').filter(name => people('locked').includes(name))).toEqual([])
  })
})

describe('its check finds', () => {
  const spoilt: readonly [what: string, file: string, from: string | RegExp, to: string, said: RegExp][] = [
    ['a quote that was not said', 'm01.gold.json', /"quote": "I/, '"quote": "You', /does not say/],
    ['a line that is not there', 'm01.gold.json', /"line": \d+/, '"line": 900', /line 900 does not say/],
    [
      'an owner from elsewhere',
      'm01.gold.json',
      /"owner": "[^"]+"/,
      '"owner": "Nobody Known"',
      /not on the roster/,
    ],
    [
      'a day that is not that of its phrase',
      'm01.gold.json',
      /"due": "2026-01-/,
      '"due": "2027-01-',
      /would be/,
    ],
    ['an id used twice', 'm02.gold.json', /"id": "freight-a4"/, '"id": "freight-a1"', /is not its own/],
    [
      'silence where something was said',
      'm01.gold.json',
      /"silence": \[/,
      '"silence": ["actionItems", ',
      /silence/,
    ],
    ['another word in a transcript', 'm01.vtt', /forklift|headset/, 'hat', /sha256 is not/],
  ]
  test.each(spoilt)('%s', async (_, file, from, to, said) => {
    await using kept = await throwAwayFolder()
    const copy = join(kept.folder, 'rapport-12')
    await cp(rapport12Folder, copy, { recursive: true })
    const path = join(copy, 'freight', file)
    const text = await readFile(path, 'utf8')
    expect(text).toMatch(from)
    await writeFile(path, text.replace(from, to))
    if (!/sha256/.test(said.source)) {
      const manifest = await readFile(join(copy, 'manifest.json'), 'utf8')
      await writeFile(join(copy, 'manifest.json'), manifest.replace(readManifest().sha256, contentHash(copy)))
    }
    expect(problemsOf(copy).join('\n')).toMatch(said)
  })
})
