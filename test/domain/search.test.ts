import { describe, expect, test } from 'vitest'
import { passagesOf } from '../../src/domain/passages.ts'
import { postingsOf } from '../../src/domain/postings.ts'
import {
  highlightsIn,
  lexicalScores,
  rankPassages,
  shortlist,
  similarityOf,
} from '../../src/domain/search.ts'
import { searchWords } from '../../src/domain/search-words.ts'

const texts = [
  'The pump in hall two is broken again.',
  'We talked about the budget for spring.',
  'The new pump arrives on Monday, and the old pump goes back.',
  'Nothing else.',
]
const passages = texts.map((text, ordinal) => ({ ordinal, text }))
const { postings, words } = postingsOf(passages)
const corpus = { passages: passages.length, words }
const asked = (query: string) =>
  postings
    .filter(({ word }) => searchWords(query).includes(word))
    .map(({ word, places }) => ({ word, sources: [{ source: 'a', places }] }))

/** BM25 as its authors write it, over the texts themselves. */
const bm25 = (query: string, text: string): number => {
  const own = searchWords(text)
  const average = texts.flatMap(searchWords).length / texts.length
  return [...new Set(searchWords(query))].reduce((sum, term) => {
    const times = own.filter(word => word === term).length
    const holding = texts.filter(other => searchWords(other).includes(term)).length
    const rarity = Math.log(1 + (texts.length - holding + 0.5) / (holding + 0.5))
    return sum + (rarity * times * 2.2) / (times + 1.2 * (0.25 + (0.75 * own.length) / average))
  }, 0)
}

describe('words', () => {
  test.for([
    ['Don’t STOP, café 3.5', ['don’t', 'stop', 'café', '3', '5']],
    ['我们谈预算', ['我们', '谈', '预算']],
    ['— … !', []],
  ] as const)('of "%s"', ([text, expected]) => {
    expect(searchWords(text)).toEqual(expected)
  })

  test('that are too long to be one are not indexed', () => {
    const found = postingsOf([{ ordinal: 0, text: `short ${'x'.repeat(65)}` }])
    expect(found.postings.map(({ word }) => word)).toEqual(['short'])
  })
})

test('the index scores as the texts themselves would', () => {
  for (const query of ['pump', 'the pump on monday', 'budget nothing', 'the the']) {
    const scores = lexicalScores(asked(query), corpus)
    texts.forEach((text, ordinal) =>
      expect(scores.of({ source: 'a', ordinal })).toBeCloseTo(bm25(query, text), 10),
    )
  }
})

test('the shortlist holds the best by words and the nearest, each once', () => {
  const many = Array.from({ length: 400 }, (_, ordinal) => ({
    ordinal,
    text: ordinal % 2 ? 'pump' : 'pump pump',
  }))
  const lexical = lexicalScores(
    postingsOf(many).postings.map(({ word, places }) => ({ word, sources: [{ source: 'a', places }] })),
    { passages: 400, words: 600 },
  )
  const places = shortlist(lexical, [
    { source: 'a', ordinal: 0, similarity: 0.8 },
    { source: 'b', ordinal: 7, similarity: 0.5 },
  ])
  expect(places).toHaveLength(101)
  expect(places.at(-1)).toEqual({ id: 'b 7', source: 'b', ordinal: 7, similarity: 0.5 })
  expect(places.slice(0, 100).every(({ ordinal }) => ordinal % 2 === 0)).toBe(true)
  // What is not among the nearest is no nearer than the last of them.
  expect(places.find(({ ordinal }) => ordinal === 0)?.similarity).toBe(0.8)
  expect(places.find(({ ordinal }) => ordinal === 2)?.similarity).toBe(0.5)
  expect(shortlist(lexical, [])[0]?.similarity).toBeNull()
})

test('signs tell the angle between two vectors', () => {
  expect([0, 0.25, 0.5, 1].map(similarityOf)).toEqual(
    [1, Math.SQRT1_2, 0, -1].map(near => expect.closeTo(near, 10)),
  )
})

describe('ranking', () => {
  const rank = (query: string, similarities: readonly (number | null)[]) =>
    rankPassages({
      query,
      lexical: lexicalScores(asked(query), corpus),
      nearEnough: 0.45,
      candidates: passages.map(({ ordinal }, i) => ({
        id: String(ordinal),
        source: 'a',
        ordinal,
        similarity: similarities[i] ?? null,
      })),
      limit: 10,
    })

  test('words alone where there are no vectors, with the words marked', () => {
    const found = rank('pump', [])
    expect(found.map(({ id }) => id)).toEqual(['2', '0'])
    const marked = highlightsIn(texts[2] ?? '', 'pump').map(([from, to]) => texts[2]?.slice(from, to))
    expect(marked).toEqual(['pump', 'pump'])
  })

  test('a passage near in meaning is found without its words; one that is neither is not', () => {
    expect(rank('money', [0.1, 0.7, 0.1, 0.1]).map(({ id }) => id)).toEqual(['1'])
    expect(rank('…', [0.9, 0.9, 0.9, 0.9])).toEqual([])
  })
})

test('short lines share a passage, long ones are cut, and none is lost', () => {
  const lines = [
    { no: 1, text: 'Hello there.' },
    { no: 2, text: 'Hi.' },
    { no: 3, text: Array.from({ length: 150 }, (_, i) => `word${i}${i % 20 === 19 ? '.' : ''}`).join(' ') },
  ]
  const found = passagesOf(lines)
  expect(found.map(({ fromLine, toLine }) => [fromLine, toLine])[0]).toEqual([1, 2])
  expect(found.every(({ text }) => text.split(/\s+/).length <= 60)).toBe(true)
  expect(
    found
      .map(({ text }) => text)
      .join(' ')
      .split(/\s+/),
  ).toEqual(
    lines
      .map(({ text }) => text)
      .join(' ')
      .split(/\s+/),
  )
})
