import { Refusal } from '../domain/errors.ts'
import type { Coach, CoachCall, CoachOptions, Embedder } from '../domain/ports.ts'
import {
  type CompareRoadblocks,
  provenLinks,
  type RoadblockLink,
  type RoadblockMention,
  type RoadblockThread,
} from '../domain/roadblocks.ts'
import { pairById } from '../store/pairs.ts'
import {
  beginThread,
  type ComparableMention,
  comparableMentions,
  joinThread,
  linkAlone,
  linkedCount,
  storeMentionVectors,
} from '../store/roadblocks.ts'
import type { Step } from './step.ts'

interface Input {
  readonly pair: string
  /** Mentions of this transcript that stand in no thread yet. */
  readonly fresh: readonly ComparableMention[]
  readonly known: readonly ComparableMention[]
  /** How many stand in threads, also those that are too old to be compared with. */
  readonly linked: number
  /** The bundled vectors know English only; in other languages words alone are compared. */
  readonly withVectors: boolean
}

/** With its vector, where one was made before. */
type Comparable = RoadblockMention & Pick<ComparableMention, 'embedder' | 'vector'>

interface Vectors {
  readonly made: readonly { readonly id: string; readonly vector: Float32Array }[]
  readonly similarities: CompareRoadblocks['similarities']
}

/** Puts what stands in the way into threads over meetings. */
export const linkStep = (coach: Coach, embedder: Embedder): Step<Input> => ({
  name: 'link',

  async load(tx, { pair: pairId, transcript }) {
    const [[pair], mentions, [counted]] = await tx.several(
      pairById(pairId),
      comparableMentions(pairId, transcript),
      linkedCount(pairId),
    )
    if (!pair) return undefined
    const isFresh = (mention: ComparableMention) =>
      mention.thread === null && mention.transcript === transcript
    return {
      pair: pairId,
      fresh: mentions.filter(isFresh),
      known: mentions.filter(({ thread }) => thread !== null),
      linked: counted?.linked ?? 0,
      withVectors: embedder.knows(pair.language),
    }
  },

  async run({ signal, person = null }, input) {
    const calls: CoachCall[] = []
    const record = (call: CoachCall) => void calls.push(call)
    const { pair, fresh, known, linked } = input
    const { made, similarities } = input.withVectors
      ? await compared(embedder, fresh, known, signal)
      : { made: [], similarities: [] }
    const byThread = Map.groupBy(known, ({ thread }) => thread ?? '')
    const threads = [...byThread].map(([id, mentions]) => ({ id, mentions }))
    const asked = { mentions: fresh, threads, similarities }
    const links = await linksOf(coach, asked, { signal, person, record })
    return {
      engine: calls.some(({ outcome }) => outcome === 'done') ? 'llm' : coach.engine,
      calls,
      counts: { mentions: fresh.length, linked: links.filter(({ to }) => to !== null).length },
      next: [],
      async write(tx) {
        if (fresh.length === 0) return
        await tx.all(linkAlone(pair))
        const now = await tx.first(linkedCount(pair))
        if (now?.linked !== linked)
          throw new Refusal('roadblocks-changed', 503, 'Roadblocks of this pair were linked meanwhile.')
        if (made.length > 0) await tx.run(storeMentionVectors(pair, embedder.name, made))
        await tx.run(...statementsOf(pair, links))
      },
    }
  },
})

const linksOf = async (coach: Coach, asked: CompareRoadblocks, options: CoachOptions = {}) =>
  asked.mentions.length === 0 ? [] : provenLinks(asked, await coach.compareRoadblocks(asked, options))

/** The same comparison without a database, for measuring it. */
export const compareAll = async (
  coach: Coach,
  embedder: Embedder,
  mentions: readonly RoadblockMention[],
  threads: readonly RoadblockThread[],
): Promise<readonly RoadblockLink[]> => {
  const bare = (mention: RoadblockMention) => ({ ...mention, embedder: null, vector: null })
  const known = threads.flatMap(thread => thread.mentions.map(bare))
  const { similarities } = await compared(embedder, mentions.map(bare), known)
  return linksOf(coach, { mentions, threads, similarities })
}

/** A mention that joins an earlier one of the same meeting joins the thread which that one began. */
const statementsOf = (pair: string, links: readonly RoadblockLink[]) => {
  const threadOf = new Map<string, string>()
  return links.flatMap(({ mention, to, confidence }) => {
    const thread = to === null ? crypto.randomUUID() : (threadOf.get(to) ?? to)
    threadOf.set(mention, thread)
    return to === null ? beginThread(pair, thread, mention) : [joinThread(pair, thread, mention, confidence)]
  })
}

/** Vectors for what has none of this embedder yet, and how near each fresh mention is to every other. */
const compared = async (
  embedder: Embedder,
  fresh: readonly Comparable[],
  known: readonly Comparable[],
  signal?: AbortSignal,
): Promise<Vectors> => {
  if (fresh.length === 0 || fresh.length + known.length < 2) return { made: [], similarities: [] }
  const without = [...known, ...fresh].filter(({ embedder: by }) => by !== embedder.name)
  const vectors = new Map<string, ArrayLike<number>>()
  for (const { id, vector } of known) if (vector) vectors.set(id, JSON.parse(vector) as number[])
  const fromNow = await embedder.embed(without.map(wordsOf), signal ? { signal } : {})
  const made = without.flatMap(({ id }, index) => {
    const vector = fromNow[index]
    if (vector) vectors.set(id, vector)
    return vector ? [{ id, vector }] : []
  })
  const similarities = fresh.flatMap((mention, index) =>
    [...known, ...fresh.slice(0, index)].flatMap(other => {
      const [left, right] = [vectors.get(mention.id), vectors.get(other.id)]
      return left && right ? [{ a: mention.id, b: other.id, cosine: dot(left, right) }] : []
    }),
  )
  return { made, similarities }
}

/** What was said about it, all of it: a single sentence of speech says little. */
const wordsOf = ({ text, quotes }: Comparable): string => [...new Set([...quotes, text])].join(' ')

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return sum
}
