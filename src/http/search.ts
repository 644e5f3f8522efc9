import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { SearchAnswer, SearchRequest } from '../domain/api/search.ts'
import { notFound } from '../domain/errors.ts'
import { rankPassages, searchWords } from '../domain/search.ts'
import { asPerson } from '../store/database.ts'
import { pairById } from '../store/pairs.ts'
import { candidatesFor, corpusOf } from '../store/passages.ts'
import type { Dependencies } from './app.ts'
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
      const [[pair]] = await database.read(asPerson(request.person.id), pairById(pairId))
      if (!pair) throw notFound()
      const near = pair.language.startsWith('en') ? await vectorOf(query) : null
      const [candidates, [corpus]] = await database.read(
        asPerson(request.person.id),
        candidatesFor(pairId, searchWords(query), near),
        corpusOf(pairId),
      )
      const ranked = rankPassages({
        query,
        candidates,
        corpus: { count: corpus?.count ?? 0, averageWords: corpus?.averageWords ?? 1 },
        limit,
      })
      const byId = new Map(candidates.map(candidate => [candidate.id, candidate]))
      return {
        method: candidates.some(({ similarity }) => similarity !== null)
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
