import type { Coach, Embedder, Extraction, KnownRoadblock, OpenItem, Quote } from '../../src/domain/ports.ts'
import { proveClaims } from '../../src/domain/evidence.ts'
import { type RoadblockMention } from '../../src/domain/roadblocks.ts'
import type { Line } from '../../src/domain/transcript/transcript.ts'
import { compareAll } from '../../src/pipeline/link.ts'
import { pairing } from './talk-score.ts'
import type { WrittenTalk } from './talks.ts'

/** A meeting as a coach read it that remembers what it found itself in the meetings before. */
export interface HeldMeeting {
  readonly talk: WrittenTalk
  readonly openItems: readonly OpenItem[]
  readonly roadblocks: readonly KnownRoadblock[]
  readonly found: Extraction
  /** What a careful reader calls the open items; those nobody marked are left out. */
  readonly marked: ReadonlyMap<string, string>
  /** Each found mention of a marked roadblock: the reader's thread, and the coach's. */
  readonly links: readonly { readonly mark: string; readonly claim: string }[]
}

/** Whose word closes an item: the coach's own, as in the program, or the reader's, to learn from. */
type Closing = 'coach' | 'reader'

/** Lines before and after a mention that are compared as well (src/store/roadblocks.ts). */
const linesAround = 3

/** The same for a promise (src/store/promises.ts). */
const linesAroundItem = 2
export const aroundPromise = (lines: readonly Line[], evidence: readonly Quote[]): string =>
  aroundOf(lines, evidence, linesAroundItem)

const aroundOf = (lines: readonly Line[], evidence: readonly Quote[], most: number): string => {
  const numbers = evidence.map(({ line }) => line)
  const [from, to] = [Math.min(...numbers) - most, Math.max(...numbers) + most]
  return lines
    .filter(({ no }) => no >= from && no <= to)
    .map(({ text }) => text)
    .join(' ')
}

/** Reads the meetings of one pair in order, as the program does: what was found counts as confirmed. */
export async function holdSeries(
  talks: readonly WrittenTalk[],
  coach: Coach,
  closing: Closing,
  embedder: Embedder | null,
): Promise<HeldMeeting[]> {
  let open: OpenItem[] = []
  const marked = new Map<string, string>()
  const mentions: { thread: string; mention: RoadblockMention }[] = []
  const held: HeldMeeting[] = []
  for (const [at, talk] of talks.entries()) {
    const on = new Date(Date.UTC(2026, 0, 5 + 7 * at)).toISOString()
    const { lines, roster } = talk
    const openItems = open
    const roadblocks = knownFrom(mentions)
    const claimed = await coach.extract({ lines, roster, openItems, roadblocks })
    const { proven } = proveClaims(claimed, { lines, roster, openItems })
    const found: Extraction = { ...claimed, ...proven }
    const items = pairing(talk, 'action', found.actionItems)
    const links = embedder === null ? [] : await linkNow(talk, on, found, mentions, coach, embedder)
    held.push({ talk, openItems, roadblocks, found, marked: new Map(marked), links })
    const told =
      closing === 'coach'
        ? new Set(found.updates.filter(({ status }) => closes(status)).map(({ item }) => item))
        : new Set(openItems.flatMap(({ id }) => (closes(lastStatus(talk, marked.get(id))) ? [id] : [])))
    open = openItems.filter(({ id }) => !told.has(id))
    found.actionItems.forEach(({ text, owner, evidence }, c) => {
      const id = `${at}.${c}`
      open.push({
        id,
        text,
        owner,
        said: evidence.map(({ quote }) => quote),
        around: aroundPromise(lines, evidence),
        on,
      })
      const mark = items.pairs.find(pair => pair.c === c)
      const name = mark && items.wanted[mark.g]!.marks[0]!.item
      if (name) marked.set(id, name)
    })
  }
  return held
}

const closes = (status: string | null) => status === 'done' || status === 'dropped'

/** What the reader says became of an item in this talk; null where it was not spoken of. */
export const lastStatus = ({ marks }: WrittenTalk, item: string | undefined): string | null =>
  item === undefined
    ? null
    : (marks.findLast(mark => mark.kind === 'update' && mark.item === item)?.status ?? null)

const knownFrom = (mentions: readonly { thread: string; mention: RoadblockMention }[]): KnownRoadblock[] =>
  [...Map.groupBy(mentions, ({ thread }) => thread).values()].map(all => ({
    said: all.flatMap(({ mention }) => mention.quotes),
    isResolved: all.at(-1)!.mention.status === 'resolved',
    on: all.at(-1)!.mention.on,
  }))

async function linkNow(
  talk: WrittenTalk,
  on: string,
  found: Extraction,
  mentions: { thread: string; mention: RoadblockMention }[],
  coach: Coach,
  embedder: Embedder,
) {
  const fresh = found.roadblocks.map(({ text, status, evidence }, c): RoadblockMention => {
    return {
      id: `${on} ${c}`,
      meeting: on,
      on,
      text,
      quotes: evidence.map(({ quote }) => quote),
      around: aroundOf(talk.lines, evidence, linesAround),
      status,
    }
  })
  const threads = [...Map.groupBy(mentions, ({ thread }) => thread)].map(([id, all]) => ({
    id,
    mentions: all.map(({ mention }) => mention),
  }))
  const links = fresh.length === 0 ? [] : await compareAll(coach, embedder, fresh, threads)
  const threadOf = new Map<string, string>()
  fresh.forEach((mention, c) => {
    const to = links[c]!.to
    const thread = to === null ? mention.id : (threadOf.get(to) ?? to)
    threadOf.set(mention.id, thread)
    mentions.push({ thread, mention })
  })
  const { wanted, pairs } = pairing(talk, 'roadblock', found.roadblocks)
  return pairs.map(({ c, g }) => ({
    mark: wanted[g]!.marks[0]!.item ?? `${talk.id} ${g}`,
    claim: threadOf.get(fresh[c]!.id)!,
  }))
}

/** What was found of updates and links over a series. */
export interface SeriesTally {
  readonly updates: { hit: number; claims: number; gold: number; item: number }
  readonly links: { hit: number; claims: number; gold: number }
  readonly claims: { p: number; hit: boolean }[]
  readonly notes: string[]
}
export const emptySeriesTally = (): SeriesTally => ({
  updates: { hit: 0, claims: 0, gold: 0, item: 0 },
  links: { hit: 0, claims: 0, gold: 0 },
  claims: [],
  notes: [],
})

/** Adds the meetings of one pair: an update of an item that nobody marked is a false one. */
export function tallySeries(total: SeriesTally, held: readonly HeldMeeting[]): void {
  const before: { mark: string; claim: string }[] = []
  for (const { talk, openItems, found, marked, links } of held) {
    const gold = new Map<string, string>()
    for (const { kind, item, status } of talk.marks)
      if (kind === 'update' && item !== null) gold.set(item, status!)
    total.updates.gold += gold.size
    total.updates.claims += found.updates.length
    const named = new Set<string>()
    for (const { item, status, confidence, evidence } of found.updates) {
      const name = marked.get(item)
      const truth = name === undefined ? 'not marked' : (gold.get(name) ?? 'not spoken of')
      const hit = truth === status && !named.has(name!)
      if (name !== undefined) named.add(name)
      total.claims.push({ p: confidence, hit })
      if (gold.has(name ?? '')) total.updates.item += 1
      if (hit) total.updates.hit += 1
      else
        total.notes.push(
          `${talk.id} WRONG ${status} not ${truth}: ${openItems.find(({ id }) => id === item)?.text} [${evidence.map(({ quote }) => quote).join(' | ')}]`,
        )
    }
    const openNames = new Set(openItems.map(({ id }) => marked.get(id)))
    for (const [name, status] of gold)
      if (!named.has(name))
        total.notes.push(
          `${talk.id} MISS ${status} ${name} ${openNames.has(name) ? openItems.find(({ id }) => marked.get(id) === name)!.text : '(not open)'}`,
        )
    for (const [index, now] of links.entries())
      for (const then of [...before, ...links.slice(0, index)]) {
        const [isMarked, isClaimed] = [then.mark === now.mark, then.claim === now.claim]
        total.links.gold += isMarked ? 1 : 0
        total.links.claims += isClaimed ? 1 : 0
        total.links.hit += isMarked && isClaimed ? 1 : 0
      }
    before.push(...links)
  }
}

export const describeSeries = ({ updates, links }: SeriesTally): string =>
  (
    [
      ['update', updates],
      ['link', links],
    ] as const
  )
    .map(([name, { hit, claims, gold }]) => {
      const [p, r] = [hit / Math.max(1, claims), hit / Math.max(1, gold)]
      return `${name.padEnd(10)} P ${p.toFixed(2)} R ${r.toFixed(2)} F1 ${((2 * p * r) / Math.max(1e-9, p + r)).toFixed(2)}  (${hit} of ${gold}, ${claims} claimed)`
    })
    .join('\n')
