import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { SearchAnswer, SearchRequest } from '../domain/api/search.ts'
import { askedFor } from '../domain/ask.ts'
import { notFound } from '../domain/errors.ts'
import { rankPassages } from '../domain/search.ts'
import { asPerson } from '../store/database.ts'
import { myPairs, pairById, type PairRecord } from '../store/pairs.ts'
import type { Dependencies } from './dependencies.ts'
import { PairParams } from './pairs.ts'
import { type Gathered, gatherIn, soleSpeakers } from './searching.ts'

/** Searching what the asker may read: in one of their pairs, or in all of them. */
export const search: FastifyPluginAsyncZod<Dependencies> = async (app, { database, embedder }) => {
  // The words looked for come in the body: addresses are logged, bodies are not.
  app.post(
    '/api/pairs/:pair/search',
    { schema: { params: PairParams, body: SearchRequest, response: { 200: SearchAnswer } } },
    async request => {
      const [[pair]] = await database.read(asPerson(request.person.id), pairById(request.params.pair))
      if (!pair) throw notFound()
      return answer(request.person.id, [pair], request.body)
    },
  )

  app.post(
    '/api/search',
    { schema: { body: SearchRequest, response: { 200: SearchAnswer } } },
    async request => {
      const [pairs] = await database.read(asPerson(request.person.id), myPairs())
      return answer(request.person.id, pairs, request.body)
    },
  )

  /** Each pair is asked for itself, by its own words and weights; then all that was found is ranked together. */
  const answer = async (person: string, pairs: readonly PairRecord[], request: SearchRequest) => {
    const asked = askedFor(request.query)
    const near = pairs.some(({ language }) => language.startsWith('en'))
      ? await vectorOf(request.query)
      : null
    const gathered: Gathered[] = []
    for (const pair of pairs) gathered.push(await gatherIn(database, person, pair, request, asked, near))
    const places = gathered.flatMap(found => found.places)
    const byId = new Map(places.map(place => [place.id, place]))
    const ranked = rankPassages({
      query: asked.words,
      candidates: places,
      lexical: {
        of: place => gathered.reduce((sum, { lexical }) => sum + lexical.of(place), 0),
        best: () => [],
      },
      limit: request.limit,
    }).flatMap(({ id, score, highlights }) => {
      const place = byId.get(id)
      return place ? [{ place, score, highlights }] : []
    })
    const speakers = new Map<string, string>()
    for (const { id } of pairs)
      for (const [place, speaker] of await soleSpeakers(
        database,
        person,
        id,
        ranked.map(one => one.place),
      ))
        speakers.set(place, speaker)
    const isAskedFor = ({ place }: (typeof ranked)[number]) => asked.kinds.includes(place.kind)
    return {
      method: gathered.some(({ byMeaning }) => byMeaning) ? ('hybrid' as const) : ('words-only' as const),
      question: asked.isQuestion,
      places: [...ranked.filter(isAskedFor), ...ranked.filter(one => !isAskedFor(one))].map(
        ({ place: { source: _source, ordinal: _ordinal, similarity: _similarity, ...place }, ...found }) => ({
          ...place,
          person: place.person ?? speakers.get(place.id) ?? null,
          ...found,
        }),
      ),
    }
  }

  /** Search goes on by words alone when the vectors are not to be had. */
  const vectorOf = async (query: string) => {
    const [vector] = await embedder.embed([query]).catch(() => [])
    return vector ? { embedder: embedder.name, vector } : null
  }
}
