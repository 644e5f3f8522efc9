import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { SearchAnswer, SearchRequest } from '../domain/api/search.ts'
import { notFound } from '../domain/errors.ts'
import type { Embedder } from '../domain/ports.ts'
import { asPerson } from '../store/database.ts'
import { myPairs } from '../store/pairs.ts'
import type { Dependencies } from './dependencies.ts'
import { PairParams } from './pairs.ts'
import { type Meant, searchPairs } from './searching.ts'

/** Milliseconds somebody waits for the vector of a question; the bundled one takes nine. */
const longestWait = 2_500

/** Searching what the asker may read: in one of their pairs, or in all of them. */
export const search: FastifyPluginAsyncZod<Dependencies> = async (app, { database, embedders }) => {
  // The words looked for come in the body: addresses are logged, bodies are not.
  app.post(
    '/api/pairs/:pair/search',
    { schema: { params: PairParams, body: SearchRequest, response: { 200: SearchAnswer } } },
    async request => {
      const found = await searched(request.person.id, [request.params.pair], request.body)
      if (found.pairs === 0) throw notFound()
      return found.answer
    },
  )

  app.post(
    '/api/search',
    { schema: { body: SearchRequest, response: { 200: SearchAnswer } } },
    async request => {
      const [pairs] = await database.read(asPerson(request.person.id), myPairs())
      const ids = pairs.map(({ id }) => id)
      return (await searched(request.person.id, ids, request.body)).answer
    },
  )

  const searched = async (person: string, pairs: readonly string[], request: SearchRequest) =>
    searchPairs(database, person, pairs, request, await vectorOf(await embedders.current(), request.query))

  /** Search goes on by words alone when the vectors are not to be had, or not soon enough. */
  const vectorOf = async (embedder: Embedder, query: string): Promise<Meant | null> => {
    const { name, nearEnough } = embedder
    // Before it has made any there is none to compare with.
    if (nearEnough === null || query.trim() === '') return null
    const signal = AbortSignal.timeout(longestWait)
    const [vector] = await embedder.embed([query], { signal }).catch(() => [])
    return vector ? { embedder: name, vector, nearEnough, knows: language => embedder.knows(language) } : null
  }
}
