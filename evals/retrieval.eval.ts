import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { askedFor } from '../src/domain/ask.ts'
import { passagesOf } from '../src/domain/passages.ts'
import { postingsOf } from '../src/domain/postings.ts'
import type { Embedder } from '../src/domain/ports.ts'
import {
  type FoundPosting,
  lexicalScores,
  mostAlike,
  mostCompared,
  mostDiffering,
  type Place,
  rankPassages,
  shortlist,
  similarityOf,
} from '../src/domain/search.ts'
import { searchWords } from '../src/domain/search-words.ts'
import { openBundledEmbedder } from '../src/embed/bundled.ts'
import type { Eval, Scored } from './harness/eval.ts'
import type { Counts, Measures } from './harness/measure.ts'
import { share } from './harness/measure.ts'
import { outsideFolder } from './outside/folder.ts'
import { keptVectors } from './outside/vectors.ts'

/**
 * QMSum questions put to all meetings of their team, as published with the data: a place is a hit when it is in the
 * right meeting and holds a turn of the evidence. The program's own passages, words, vectors and ranking.
 */
const Question = z.object({
  meeting: z.string(),
  domain: z.string(),
  query: z.string(),
  turn_spans: z.array(z.tuple([z.number(), z.number()])),
  evidence_ces: z.array(z.number()).default([]),
})
type Question = z.infer<typeof Question> & { readonly id: string }

interface Passage extends Place {
  readonly id: string
  readonly text: string
  readonly from: number
  readonly to: number
}
interface Pool {
  readonly passages: readonly Passage[]
  readonly byId: ReadonlyMap<string, Passage>
  readonly words: number
  readonly postings: ReadonlyMap<string, FoundPosting['sources'][number][]>
  readonly vectors: readonly Float32Array[]
}

const deepest = 10
const ranked = (name: string): Measures => ({
  [`${name}, MRR@10`]: share(`${name}.rank`, 'questions'),
  [`${name}, hit@5`]: share(`${name}.hit`, 'questions'),
})
const gain = (part: string): Measures[string] => ({
  of: sum =>
    (sum['questions'] ?? 0) === 0
      ? null
      : ((sum[`hybrid.${part}`] ?? 0) - (sum[`words alone.${part}`] ?? 0)) / sum['questions']!,
  better: 'higher',
})

export const retrieval: Eval = {
  name: 'retrieval',
  about: 'QMSum questions (MIT) over the meetings of a team: hybrid search beside BM25 alone, same passages.',
  measures: {
    ...ranked('hybrid'),
    ...ranked('words alone'),
    'gain of the hybrid, MRR@10': gain('rank'),
    'gain of the hybrid, hit@5': gain('hit'),
  },
  async run() {
    const folder = outsideFolder('retrieval')
    if (folder === null) return 'RAPPORT_DATA_DIR holds no folder "retrieval".'
    await using embedder = openBundledEmbedder()
    const questions = readQuestions(folder)
    const scored: Scored[] = []
    for (const team of new Set(questions.map(({ meeting }) => teamOf(meeting)))) {
      const pool = await poolOf(folder, team, embedder)
      for (const question of questions.filter(({ meeting }) => teamOf(meeting) === team)) {
        const start = performance.now()
        const counts = await scoreQuestion(question, pool, embedder)
        const ms = performance.now() - start
        scored.push({ id: question.id, split: 'outside', counts, page: null, ms })
      }
    }
    return { scored, failed: [] }
  },
}

const teamOf = (meeting: string): string =>
  /^(?:ES|IS|TS)\d/.test(meeting)
    ? meeting.slice(0, 6)
    : meeting.startsWith('B')
      ? meeting.slice(0, 3)
      : 'Committee'

const readQuestions = (folder: string): Question[] =>
  ['qmsum_dev.jsonl', 'qmsum_train_committee.jsonl'].flatMap(name =>
    readFileSync(join(folder, 'retrieval', name), 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map((line, index) => ({ ...Question.parse(JSON.parse(line)), id: `${name}/${index}` })),
  )

const poolOf = async (folder: string, team: string, embedder: Embedder): Promise<Pool> => {
  const turns = join(folder, 'retrieval/qmsum_turns')
  const meetings = readdirSync(turns)
    .map(name => name.replace(/\.json$/, ''))
    .filter(meeting => teamOf(meeting) === team)
    .toSorted()
  const passages: Passage[] = []
  const vectors: Float32Array[] = []
  const postings = new Map<string, FoundPosting['sources'][number][]>()
  let words = 0
  for (const meeting of meetings) {
    const said = z
      .array(z.tuple([z.string(), z.string()]))
      .parse(JSON.parse(readFileSync(join(turns, `${meeting}.json`), 'utf8')))
    const own = passagesOf(said.map(([, text], index) => ({ no: index + 1, text })))
    for (const { ordinal, text, fromLine, toLine } of own)
      passages.push({
        source: meeting,
        ordinal,
        id: `${meeting} ${ordinal}`,
        text,
        from: (fromLine ?? 1) - 1,
        to: (toLine ?? 1) - 1,
      })
    const index = postingsOf(own)
    words += index.words
    for (const { word, places } of index.postings) {
      const sources = postings.get(word) ?? []
      sources.push({ source: meeting, places })
      postings.set(word, sources)
    }
    vectors.push(
      ...(await keptVectors(
        embedder,
        own.map(({ text }) => text),
      )),
    )
  }
  return { passages, byId: new Map(passages.map(passage => [passage.id, passage])), words, postings, vectors }
}

const scoreQuestion = async (question: Question, pool: Pool, embedder: Embedder): Promise<Counts> => {
  const [vector] = await embedder.embed([question.query])
  const { words: query } = askedFor(question.query)
  const lexical = lexicalOf(pool, query)
  const nearest = pool.vectors
    .map((other, index) => ({ index, differing: differingSigns(vector!, other) }))
    .filter(({ differing }) => differing <= mostDiffering)
    .toSorted((one, other) => one.differing - other.differing)
    .slice(0, mostAlike)
    .map(({ index, differing }, rank) => ({
      ...pool.passages[index]!,
      similarity: rank < mostCompared ? dot(vector!, pool.vectors[index]!) : similarityOf(differing),
    }))
  const hybrid = rankPassages({
    query,
    candidates: shortlist(lexical, nearest),
    lexical,
    nearEnough: embedder.nearEnough,
    limit: deepest,
  }).map(({ id }) => id)
  // BM25 as it is, over every word of the question.
  const words = lexicalOf(pool, question.query)
    .best(deepest)
    .map(({ source, ordinal }) => `${source} ${ordinal}`)
  return {
    questions: 1,
    ...rankOf('hybrid', hybrid, question, pool),
    ...rankOf('words alone', words, question, pool),
  }
}

const lexicalOf = (pool: Pool, query: string) =>
  lexicalScores(
    [...new Set(searchWords(query))].map(word => ({ word, sources: pool.postings.get(word) ?? [] })),
    { passages: pool.passages.length, words: pool.words },
  )

const rankOf = (name: string, ids: readonly string[], question: Question, pool: Pool): Counts => {
  const at = ids.findIndex(id => isHit(pool.byId.get(id)!, question))
  return { [`${name}.rank`]: at === -1 ? 0 : 1 / (at + 1), [`${name}.hit`]: at >= 0 && at < 5 ? 1 : 0 }
}

const isHit = ({ source, from, to }: Passage, { meeting, evidence_ces, turn_spans }: Question): boolean =>
  source === meeting &&
  (evidence_ces.length > 0
    ? evidence_ces.some(turn => from <= turn && turn <= to)
    : turn_spans.some(([first, last]) => from <= last && to >= first))

/** The share of signs in which two vectors differ. */
const differingSigns = (one: Float32Array, other: Float32Array): number => {
  let differing = 0
  for (let index = 0; index < one.length; index++) if (one[index]! > 0 !== other[index]! > 0) differing++
  return differing / one.length
}

const dot = (one: Float32Array, other: Float32Array): number => {
  let sum = 0
  for (let index = 0; index < one.length; index++) sum += one[index]! * other[index]!
  return sum
}
