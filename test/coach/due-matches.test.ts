import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dueMatches } from '../../src/coach/offline/due-matches.ts'
import { duePatterns, leads } from '../../src/coach/offline/due-patterns.ts'

const all = duePatterns
  .map(pattern => pattern.replace('[lead]', `(?:${leads} )?`).replace('[the]', '(?:the )?'))
  .join('|')
const asOne = new RegExp(`(?<![\\p{L}\\p{N}'])(?:${all})(?![\\p{L}\\p{N}])`, 'gu')

const cases = new URL('../../evals/cases/due/cases.jsonl', import.meta.url)
const talks = new URL('../../evals/train/talks/01.txt', import.meta.url)
const texts = [cases, talks]
  .flatMap(file => readFileSync(file, 'utf8').split('\n'))
  .map(text => text.toLowerCase())

test('the patterns tried word by word find what all of them find as one', () => {
  let found = 0
  for (const text of texts) {
    const wanted = [...text.matchAll(asOne)].map(({ 0: said, index }) => ({
      from: index,
      length: said.length,
    }))
    expect(dueMatches(text), text).toEqual(wanted)
    found += wanted.length
  }
  expect(found).toBeGreaterThan(200)
})
