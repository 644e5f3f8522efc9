import { expect, test } from 'vitest'
import { askedFor } from '../../src/domain/ask.ts'
import { highlightsIn, lexicalScores, postingsIn, rankPassages, together } from '../../src/domain/search.ts'

test.each([
  ['electrician', false, 'electrician', []],
  ['the large kiln', false, 'large kiln', []],
  ['What did we decide about the stand?', true, 'stand', ['decision']],
  ['when did Tomasz promise the list of orders', true, 'tomasz list orders', ['promise']],
  ['Where are we stuck with the kiln?', true, 'kiln', ['roadblock']],
  ['What did we talk about?', true, 'What did we talk about?', []],
  ['Wann kommt der Elektriker?', true, 'wann kommt der elektriker', []],
])('"%s"', (query, isQuestion, words, kinds) => expect(askedFor(query)).toEqual({ isQuestion, words, kinds }))

test('short texts without an index are weighed like passages', () => {
  const texts = [
    { id: 'a', text: 'Call the electrician about the kiln' },
    { id: 'b', text: 'Send the list' },
  ]
  const words = ['electrician', 'list']
  const indexed = [{ word: 'list', sources: [{ source: 'c', places: [4, 2, 30] }] }]
  const lexical = lexicalScores(together(indexed, postingsIn(texts, words)), { passages: 9, words: 200 })
  expect(
    lexical
      .best(9)
      .map(({ source }) => source)
      .toSorted(),
  ).toEqual(['a', 'b', 'c'])
  const ranked = rankPassages({
    query: 'electrician list',
    candidates: texts.map(({ id }) => ({ id, source: id, ordinal: 0, similarity: null })),
    lexical,
    nearEnough: 0.45,
    limit: 5,
  })
  expect(ranked.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(texts.map(({ text }) => highlightsIn(text, 'electrician list'))).toEqual([[[9, 20]], [[9, 13]]])
})
