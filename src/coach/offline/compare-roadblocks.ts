import type { CompareRoadblocks, RoadblockLink, RoadblockMention } from '../../domain/roadblocks.ts'
import { contentStems, plainWords } from './words.ts'

/** From here on two mentions are one matter. How it was chosen: docs/offline-coach.md. */
const sameFrom = 0.2
const relatedFrom = 0.14
/** "It's sorted" speaks of something that stood in the way: the likeliest open thread is near enough. */
const resolvedBonus = 0.09
/** What is gone is seldom said again. */
const goneMalus = 0.06
/** The nearest mention of a thread counts most, but all of them count. */
const nearest = 0.7

/** What each likeness counts; together one. Names and words around help where somebody says "it's still stuck". */
const weights = { words: 0.2, smaller: 0.15, around: 0.15, aroundSmaller: 0.15, names: 0.15, vectors: 0.2 }

interface Thread {
  readonly id: string
  readonly mentions: Read[]
}

/** Below this nothing speaks for two mentions being one matter: half of what makes them related. */
const worthAsking = relatedFrom / 2

/** The threads, and earlier mentions of the same meeting, that each mention is most like; none that are far. */
export function likeliest(input: CompareRoadblocks, most: number): Map<string, string[]> {
  const cosines = cosinesOf(input)
  const threads: Thread[] = input.threads.map(({ id, mentions }) => ({ id, mentions: mentions.map(read) }))
  const fresh = input.mentions.map(read)
  const rarity = rarityAmong([...threads.flatMap(({ mentions }) => mentions), ...fresh])
  return new Map(
    fresh.map((mention, index) => {
      const others = [...threads, ...fresh.slice(0, index).map(one => ({ id: one.id, mentions: [one] }))]
      const near = others
        .map(thread => ({ id: thread.id, near: likenessTo(thread, mention, cosines, rarity) }))
        .filter(thread => thread.near >= worthAsking)
        .toSorted((a, b) => b.near - a.near)
      return [mention.id, near.slice(0, most).map(({ id }) => id)]
    }),
  )
}

const cosinesOf = ({ similarities }: CompareRoadblocks) =>
  new Map(
    similarities.flatMap(({ a, b, cosine }) => [
      [`${a} ${b}`, cosine] as const,
      [`${b} ${a}`, cosine] as const,
    ]),
  )

/** Each mention to the thread whose mentions are most like it, when they are like it enough. */
export function compareRoadblocks(input: CompareRoadblocks): RoadblockLink[] {
  const cosines = cosinesOf(input)
  const threads: Thread[] = input.threads.map(({ id, mentions }) => ({ id, mentions: mentions.map(read) }))
  const fresh = input.mentions.map(read)
  const rarity = rarityAmong([...threads.flatMap(({ mentions }) => mentions), ...fresh])
  return fresh.map(mention => {
    const best = threads
      .map(thread => ({ thread, near: likenessTo(thread, mention, cosines, rarity) }))
      .toSorted((a, b) => b.near - a.near)[0]
    if (best && best.near >= sameFrom) {
      best.thread.mentions.push(mention)
      return {
        mention: mention.id,
        relation: 'same',
        to: best.thread.id,
        confidence: sureness(best.near),
      }
    }
    threads.push({ id: mention.id, mentions: [mention] })
    const related = best !== undefined && best.near >= relatedFrom
    return { mention: mention.id, relation: related ? 'related' : 'different', to: null, confidence: 0.5 }
  })
}

/** Twice the threshold is as sure as it gets. */
const sureness = (near: number) => Math.round(Math.min(1, near / sameFrom / 2) * 100) / 100

/** A mention as it is compared. */
interface Read extends RoadblockMention {
  readonly stems: ReadonlySet<string>
  readonly wide: ReadonlySet<string>
  readonly named: ReadonlySet<string>
}

function read(mention: RoadblockMention): Read {
  const said = [...new Set([...mention.quotes, mention.text])].join(' . ')
  const stems = contentStems(plainWords(said))
  const wide = new Set([...stems, ...contentStems(plainWords(mention.around))])
  return { ...mention, stems, wide, named: namesIn(`${mention.around} . ${said}`) }
}

/** Large letters inside a sentence, and abbreviations: people, places and systems. */
function namesIn(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/(?<=[a-z,;] )\p{Lu}\p{Ll}{2,}|\b\p{Lu}{2,}\b/gu)].map(([name]) => name.toLowerCase()),
  )
}

type Rarity = (word: string) => number

/** A word said with every roadblock of the pair tells them apart from nothing. */
function rarityAmong(mentions: readonly Read[]): Rarity {
  const counts = new Map<string, number>()
  for (const { wide } of mentions) for (const word of wide) counts.set(word, (counts.get(word) ?? 0) + 1)
  return word => Math.log(1 + mentions.length / (counts.get(word) ?? 1))
}

function likenessTo(
  { mentions }: Thread,
  mention: Read,
  cosines: ReadonlyMap<string, number>,
  rarity: Rarity,
) {
  const each = mentions.map(known =>
    likeness(mention, known, cosines.get(`${mention.id} ${known.id}`) ?? null, rarity),
  )
  const mean = each.reduce((sum, value) => sum + value, 0) / each.length
  const isGone = mentions.at(-1)?.status === 'resolved'
  const shift = isGone ? -goneMalus : mention.status === 'resolved' ? resolvedBonus : 0
  return nearest * Math.max(...each) + (1 - nearest) * mean + shift
}

function likeness(a: Read, b: Read, cosine: number | null, rarity: Rarity): number {
  const weigh = (words: Iterable<string>) => [...words].reduce((sum, word) => sum + rarity(word), 0)
  const shares = (left: ReadonlySet<string>, right: ReadonlySet<string>) => {
    const [both, one, other] = [weigh(left.intersection(right)), weigh(left), weigh(right)]
    return both === 0 ? [0, 0] : [both / Math.sqrt(one * other), both / Math.min(one, other)]
  }
  const [words = 0, smaller = 0] = shares(a.stems, b.stems)
  const [around = 0, aroundSmaller = 0] = shares(a.wide, b.wide)
  const [names = 0] = shares(a.named, b.named)
  const told =
    weights.words * words +
    weights.smaller * smaller +
    weights.around * around +
    weights.aroundSmaller * aroundSmaller +
    weights.names * names
  // Without vectors words say all there is to say.
  return cosine === null ? told / (1 - weights.vectors) : told + weights.vectors * Math.max(0, cosine)
}
