import type { CompareRoadblocks, RoadblockLink, RoadblockMention } from '../../domain/roadblocks.ts'
import { contentStems, plainWords } from './words.ts'

/** From here on two mentions are one matter. See docs/offline-coach.md for how it was chosen. */
const sameFrom = 0.5
const relatedFrom = 0.3

/** Each mention to the thread that holds the nearest earlier one, when it is near enough. */
export function compareRoadblocks(input: CompareRoadblocks): RoadblockLink[] {
  const cosines = new Map(
    input.similarities.flatMap(({ a, b, cosine }) => [
      [`${a} ${b}`, cosine] as const,
      [`${b} ${a}`, cosine] as const,
    ]),
  )
  const threads: { id: string; mentions: RoadblockMention[] }[] = input.threads.map(({ id, mentions }) => ({
    id,
    mentions: [...mentions],
  }))
  const rarity = rarityAmong([...threads.flatMap(({ mentions }) => mentions), ...input.mentions])
  return input.mentions.map(mention => {
    const best = threads
      .map(thread => ({
        thread,
        likeness: Math.max(
          ...thread.mentions.map(known =>
            likeness(mention, known, cosines.get(`${mention.id} ${known.id}`) ?? null, rarity),
          ),
        ),
      }))
      .toSorted((a, b) => b.likeness - a.likeness)[0]
    if (best && best.likeness >= sameFrom) {
      best.thread.mentions.push(mention)
      return { mention: mention.id, relation: 'same', to: best.thread.id, confidence: round(best.likeness) }
    }
    threads.push({ id: mention.id, mentions: [mention] })
    return {
      mention: mention.id,
      relation: best && best.likeness >= relatedFrom ? 'related' : 'different',
      to: null,
      confidence: round(1 - (best?.likeness ?? 0)),
    }
  })
}

const stemsOf = ({ text, quotes }: RoadblockMention): Set<string> =>
  contentStems(plainWords([text, ...quotes].join(' ')))

type Rarity = (word: string) => number

/** A word said in every roadblock of the pair tells them apart from nothing. */
function rarityAmong(mentions: readonly RoadblockMention[]): Rarity {
  const counts = new Map<string, number>()
  for (const mention of mentions)
    for (const word of stemsOf(mention)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return word => Math.log(1 + mentions.length / (counts.get(word) ?? 1))
}

/** 0–1: how sure that both speak of one matter, by rare words in common and by vectors. */
function likeness(a: RoadblockMention, b: RoadblockMention, cosine: number | null, rarity: Rarity): number {
  const [left, right] = [stemsOf(a), stemsOf(b)]
  const weigh = (words: Iterable<string>) => [...words].reduce((sum, word) => sum + rarity(word), 0)
  const shared = weigh([...left].filter(word => right.has(word)))
  const smaller = Math.min(weigh(left), weigh(right))
  const words = smaller === 0 ? 0 : shared / smaller
  return cosine === null ? words : Math.min(1, Math.max(0, 0.6 * words + 0.6 * cosine - 0.1))
}

const round = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 100) / 100
