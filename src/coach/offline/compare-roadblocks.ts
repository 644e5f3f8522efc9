import type { CompareRoadblocks, RoadblockLink, RoadblockMention } from '../../domain/roadblocks.ts'
import { contentStems, plainWords } from './words.ts'

/**
 * What speaks for a mention's belonging to a thread, in log-odds: a logistic regression over the threads of
 * Rapport-12's development pairs, of our own series and of `evals/cases/roadblock-threads`, 25 pairs
 * of people, hence so few of them.
 */
const weights = {
  words: 1.3,
  smaller: 1.5,
  around: 3.7,
  aroundSmaller: 3.9,
  names: 1.9,
  vectors: 5.2,
  /** Two causes told in one meeting are told apart by those who tell them. */
  thisMeeting: -4.1,
  /** What is gone is seldom said again. */
  gone: -4.2,
  /** "It's sorted", and one thing alone has stood in the way. */
  onlyOpen: 3.5,
  none: -3.3,
}
/** The cosine of a mention and an unrelated one of the same pair: what is taken where there are no vectors. */
const usualCosine = 0.25

/** The nearest mention of a thread counts most, but all of them count. */
const nearest = 0.7

/** From here on two mentions are one matter, are related, or are worth asking a model about. */
const sameFrom = 0.6
const relatedFrom = 0.2
const worthAsking = 0.08

interface Thread {
  readonly id: string
  readonly mentions: Read[]
}

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
        .map(thread => ({ id: thread.id, near: likelihood(thread, mention, cosines, rarity, others) }))
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
      .map(thread => ({ thread, near: likelihood(thread, mention, cosines, rarity, threads) }))
      .toSorted((a, b) => b.near - a.near)[0]
    if (best && best.near >= sameFrom) {
      best.thread.mentions.push(mention)
      return {
        mention: mention.id,
        relation: 'same',
        to: best.thread.id,
        confidence: Math.round(best.near * 100) / 100,
      }
    }
    threads.push({ id: mention.id, mentions: [mention] })
    const related = best !== undefined && best.near >= relatedFrom
    return { mention: mention.id, relation: related ? 'related' : 'different', to: null, confidence: 0.5 }
  })
}

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

/** How likely a mention belongs to a thread, 0–1: each likeness counts by the mention that is most alike in it. */
function likelihood(
  { mentions }: Thread,
  mention: Read,
  cosines: ReadonlyMap<string, number>,
  rarity: Rarity,
  threads: readonly Thread[],
): number {
  const each = mentions.map(known => likeness(mention, known, rarity))
  const told = (values: readonly number[]) =>
    nearest * Math.max(...values) +
    ((1 - nearest) * values.reduce((sum, value) => sum + value, 0)) / values.length
  const near = mentions.map(({ id }) => cosines.get(`${mention.id} ${id}`) ?? usualCosine)
  const last = mentions.at(-1)!
  const isGone = last.status === 'resolved'
  const open = threads.filter(thread => thread.mentions.at(-1)?.status !== 'resolved')
  let odds = weights.none + weights.vectors * Math.max(0, told(near))
  for (const likes of ['words', 'smaller', 'around', 'aroundSmaller', 'names'] as const)
    odds += weights[likes] * told(each.map(one => one[likes]))
  if (last.meeting === mention.meeting) odds += weights.thisMeeting
  if (isGone) odds += weights.gone
  if (mention.status === 'resolved' && !isGone && open.length === 1) odds += weights.onlyOpen
  return 1 / (1 + Math.exp(-odds))
}

function likeness(a: Read, b: Read, rarity: Rarity) {
  const weigh = (words: Iterable<string>) => [...words].reduce((sum, word) => sum + rarity(word), 0)
  const shares = (left: ReadonlySet<string>, right: ReadonlySet<string>) => {
    const [both, one, other] = [weigh(left.intersection(right)), weigh(left), weigh(right)]
    return both === 0 ? [0, 0] : [both / Math.sqrt(one * other), both / Math.min(one, other)]
  }
  const [words = 0, smaller = 0] = shares(a.stems, b.stems)
  const [around = 0, aroundSmaller = 0] = shares(a.wide, b.wide)
  const [names = 0] = shares(a.named, b.named)
  return { words, smaller, around, aroundSmaller, names }
}
