import { afterAll, beforeAll, expect, test } from 'vitest'
import { asPair, asPerson } from '../../src/store/database.ts'
import {
  corpusOf,
  nearestTo,
  passagesToEmbed,
  passagesToShow,
  postingsFor,
  storeTranscriptPassages,
  storeVectors,
} from '../../src/store/passages.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { type FilledPair, fillPair } from '../support/rows.ts'

/** More passages than signs stand in a row; the last of them has no vector yet. */
const count = 120
const embedder = 'test'
let database: TestDatabase
let one: FilledPair
let two: FilledPair

/** The ordinal's binary digits as signs, twice: no two are alike. */
const vectorOf = (ordinal: number): Float32Array =>
  new Float32Array(16).map((_, digit) => ((ordinal >> (digit % 8)) & 1 ? 1 : -1))

/** How many signs two of them do not share. */
const differing = (left: number, right: number): number =>
  vectorOf(left).filter((sign, digit) => sign !== vectorOf(right)[digit]).length

const fill = async ({ pair, transcript }: FilledPair): Promise<void> => {
  const passages = Array.from({ length: count }, (_, ordinal) => ({
    ordinal,
    fromLine: ordinal + 1,
    toLine: ordinal + 1,
    text: `Passage ${ordinal} tells of ${ordinal % 40 === 7 ? 'kilns' : 'glazes'}.`,
  }))
  await database.as(asPair(pair), async tx => {
    await tx.run(...storeTranscriptPassages(pair, transcript, passages))
    const rows = await tx.all(passagesToEmbed(pair, transcript))
    const vectors = rows.slice(0, -1).map(({ id }, ordinal) => ({ id, vector: vectorOf(ordinal) }))
    await tx.run(...storeVectors(pair, embedder, vectors))
  })
}

beforeAll(async () => {
  database = await openTestDatabase()
  one = await fillPair(database, 'one')
  two = await fillPair(database, 'two')
  await fill(one)
  await fill(two)
})
afterAll(() => database[Symbol.asyncDispose]())

const nearest = async (ordinal: number, name = embedder) => {
  const near = { embedder: name, vector: vectorOf(ordinal) }
  return (await database.read(asPerson(one.manager), nearestTo(one.pair, near)))[0]
}

test('those with the most signs in common come first, at their places, whichever row they stand in', async () => {
  for (const ordinal of [0, 49, 50, 99, 118]) {
    const found = await nearest(ordinal)
    expect(found[0]).toEqual({ source: one.transcript, ordinal, similarity: 1 })
    // The first forty are compared in full; of these vectors each sign weighs the same.
    for (const { ordinal: other, similarity } of found.slice(0, 40))
      expect(similarity).toBeCloseTo(1 - differing(ordinal, other) / 8, 2)
    expect(new Set(found.map(place => place.ordinal)).size).toBe(found.length)
    const all = Array.from({ length: count - 1 }, (_, other) => differing(ordinal, other))
    const expected = all.filter(signs => signs <= 0.4 * 16).toSorted((left, right) => left - right)
    expect(found.map(place => differing(ordinal, place.ordinal))).toEqual(expected)
  }
})

test('a passage without a vector is not near; nor is one of another embedder', async () => {
  const found = await nearest(119)
  expect(found.length).toBeGreaterThan(10)
  expect(found.map(({ ordinal }) => ordinal)).not.toContain(119)
  expect(await nearest(0, 'another')).toEqual([])
})

test('words lead to their passages, and passages to what is shown of them', async () => {
  const asker = asPerson(one.manager)
  const [[corpus], postings] = await database.read(
    asker,
    corpusOf(one.pair),
    postingsFor(one.pair, ['kilns', 'nowhere']),
  )
  expect(corpus?.passages).toBeGreaterThanOrEqual(count)
  expect(postings).toEqual([
    { word: 'kilns', sources: [{ source: one.transcript, places: [7, 1, 5, 47, 1, 5, 87, 1, 5] }] },
  ])
  const places = [7, 47, 119].map(ordinal => ({ source: one.transcript, ordinal }))
  const [shown] = await database.read(asker, passagesToShow(one.pair, places))
  expect(shown.toSorted((left, right) => left.ordinal - right.ordinal)).toMatchObject([
    { ordinal: 7, text: 'Passage 7 tells of kilns.' },
    {
      ordinal: 47,
      source: one.transcript,
      kind: 'transcript',
      fromLine: 48,
      meeting: one.meeting,
    },
    { ordinal: 119, transcript: one.transcript },
  ])
  expect((await database.read(asPerson(two.manager), passagesToShow(one.pair, places)))[0]).toEqual([])
})

test('another pair’s places and words are not there', async () => {
  const places = [{ source: two.transcript, ordinal: 0 }]
  const near = { embedder, vector: vectorOf(0) }
  for (const pair of [one.pair, two.pair]) {
    const asker = asPerson(one.manager)
    const [found] = await database.read(asker, passagesToShow(pair, places))
    expect(found).toEqual([])
  }
  const hidden = await database.read(
    asPerson(one.manager),
    nearestTo(two.pair, near),
    postingsFor(two.pair, ['kilns']),
  )
  expect(hidden).toEqual([[], []])
})
