import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { SearchAnswer, SearchRequest } from '../domain/api/search.ts'
import { notFound } from '../domain/errors.ts'
import { lexicalScores, rankPassages, shortlist } from '../domain/search.ts'
import { searchWords } from '../domain/search-words.ts'
import { asPerson } from '../store/database.ts'
import { pairById } from '../store/pairs.ts'
import { corpusOf, nearestTo, passagesAt, postingsFor } from '../store/passages.ts'
import type { Dependencies } from './dependencies.ts'
import { PairParams } from './pairs.ts'

/** Searching what the asker may read in one of their pairs. */
export const search: FastifyPluginAsyncZod<Dependencies> = async (app, { database, embedder }) => {
  // The words looked for come in the body: addresses are logged, bodies are not.
  app.post(
    '/api/pairs/:pair/search',
    { schema: { params: PairParams, body: SearchRequest, response: { 200: SearchAnswer } } },
    async request => {
      const { pair: pairId } = request.params
      const { query, limit } = request.body
      const asker = asPerson(request.person.id)
      const [[pair], [corpus], postings] = await database.read(
        asker,
        pairById(pairId),
        corpusOf(pairId),
        postingsFor(pairId, [...new Set(searchWords(query))]),
      )
      if (!pair) throw notFound()
      const lexical = lexicalScores(postings, corpus ?? { passages: 0, words: 0 })
      const near = pair.language.startsWith('en') ? await vectorOf(query) : null
      const [nearest] = near ? await database.read(asker, nearestTo(pairId, near)) : [[]]
      const [candidates] = await database.read(asker, passagesAt(pairId, shortlist(lexical, nearest), near))
      const ranked = rankPassages({ query, candidates, lexical, limit })
      const byId = new Map(candidates.map(candidate => [candidate.id, candidate]))
      return {
        // Where nothing is near and no word stands, it was looked for by both.
        method:
          near && (candidates.length === 0 || candidates.some(({ similarity }) => similarity !== null))
            ? ('hybrid' as const)
            : ('words-only' as const),
        places: ranked.flatMap(({ id, score, highlights }) => {
          const place = byId.get(id)
          if (!place) return []
          const { kind, meeting, meetingAt, transcript, fromLine, toLine, text } = place
          return [{ id, kind, meeting, meetingAt, transcript, fromLine, toLine, text, highlights, score }]
        }),
      }
    },
  )

  /** Search goes on by words alone when the vectors are not to be had. */
  const vectorOf = async (query: string) => {
    const [vector] = await embedder.embed([query]).catch(() => [])
    return vector ? { embedder: embedder.name, vector } : null
  }
}
