import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openEngine } from '../../evals/harness/engine.ts'
import { evalOf } from '../../evals/harness/eval.ts'
import { share } from '../../evals/harness/measure.ts'
import { openModelCache } from '../../evals/harness/model-cache.ts'
import { reportOf } from '../../evals/harness/report.ts'
import { runEval } from '../../evals/harness/result.ts'
import { tableOf } from '../../evals/harness/terminal.ts'
import { throwAwayFolder } from '../../src/commands/throw-away.ts'

const cases = [
  { id: 'good', split: 'dev', text: 'I <b>will</b> & must' },
  { id: 'broken', split: 'dev', text: '' },
  { id: 'kept-close', split: 'locked', text: 'a locked sentence' },
]
const words = evalOf<(typeof cases)[number], number>({
  name: 'words',
  about: 'Counts words.',
  measures: { right: share('right', 'all') },
  data: () => cases,
  task: ({ text }) => {
    if (text === '') throw new Error('nothing was said')
    return text.split(' ').length
  },
  scorers: [(_, count) => ({ right: count === 4 ? 1 : 0, all: 1 })],
  page: ({ text }, count) => ({
    lines: [{ no: 1, speaker: 'Ana <x>', text }],
    rows: [
      {
        kind: 'count',
        verdict: 'right',
        expected: '4',
        got: `${count}`,
        evidence: [{ line: 1, quote: 'will' }],
      },
    ],
  }),
})

describe('a run', () => {
  test('tells of a case that was not answered, and makes no score of it', async () => {
    await using engine = await openEngine('offline')
    const result = await runEval(words, engine, {})
    expect(result.cases.map(({ id, counts }) => [id, counts])).toEqual([
      ['good', { right: 1, all: 1 }],
      ['kept-close', { right: 0, all: 1 }],
    ])
    expect(result.failed).toEqual([{ id: 'broken', failure: 'nothing was said' }])
    expect(tableOf([result])).toContain('NOT ANSWERED broken: nothing was said')
  })

  test('holds its figures against a baseline by case', async () => {
    await using engine = await openEngine('offline')
    const baseline = { words: { good: { right: 1, all: 1 }, 'kept-close': { right: 1, all: 1 } } }
    const { measures } = await runEval(words, engine, { baseline })
    expect(measures[0]?.compared).toMatchObject({ gain: { value: -0.5 }, cases: 2 })
  })

  test('says why an eval was left out', async () => {
    await using engine = await openEngine('offline')
    const without = evalOf({ ...words, data: () => 'There is no folder.', task: () => 0, scorers: [] })
    const result = await runEval(without, engine, {})
    expect(tableOf([result])).toContain('left out. There is no folder.')
  })
})

describe('the report', () => {
  test('is one file with a page for each case but the locked; what people said is no markup', async () => {
    await using engine = await openEngine('offline')
    const html = reportOf([await runEval(words, engine, {})], 'now')
    expect(html).toContain('I &lt;b&gt;<mark class="right">will</mark>&lt;/b&gt; &amp; must')
    expect(html).toContain('Ana &lt;x&gt;')
    expect(html).not.toContain('a locked sentence')
    expect(html).not.toMatch(/(?:src|href)="(?!#)/)
  })
})

test('an engine that is not there is a plain sentence', async () => {
  await expect(openEngine('other')).rejects.toThrow('There is no engine other')
  await expect(openEngine('../run')).rejects.toThrow('is no name of an engine')
})

describe('the cache of answers', () => {
  test('asks the same once, counts tokens, and keeps neither failures nor keys', async () => {
    let [asked, status] = [0, 200]
    const model = createServer((_, reply) => {
      asked++
      reply.writeHead(status, { 'content-type': 'application/json' })
      reply.end(JSON.stringify({ usage: { prompt_tokens: 7, completion_tokens: 2 }, asked }))
    })
    await new Promise<void>(resolve => model.listen(0, '127.0.0.1', resolve))
    await using kept = await throwAwayFolder()
    const upstream = `http://127.0.0.1:${(model.address() as AddressInfo).port}`
    try {
      await using cache = await openModelCache(upstream, kept.folder)
      const ask = async (body: string) =>
        fetch(`${cache.baseUrl}/chat/completions`, {
          method: 'POST',
          body,
          headers: { authorization: 'Bearer sesame-key' },
        })
      const first = await (await ask('{"a":1}')).text()
      expect(await (await ask('{"a":1}')).text()).toBe(first)
      expect(asked).toBe(1)
      await ask('{"a":2}')
      expect(cache.usage()).toEqual({ requests: 3, cached: 1, tokensIn: 21, tokensOut: 6 })
      status = 500
      expect((await ask('{"a":3}')).status).toBe(500)
      status = 200
      expect((await ask('{"a":3}')).status).toBe(200)
      const files = await readdir(kept.folder)
      expect(files).toHaveLength(3)
      for (const file of files)
        expect(await readFile(join(kept.folder, file), 'utf8')).not.toContain('sesame')
    } finally {
      model.closeAllConnections()
      await new Promise(resolve => model.close(resolve))
    }
  })
})
