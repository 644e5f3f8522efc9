import type { RoadblockDecisionView, RoadblockView } from './api/roadblocks.ts'
import { daysSaid, needsDecision, type RoadblockMention, threadState } from './roadblocks.ts'
import { searchWords } from './search-words.ts'

/** A thread's rows, as they are kept. */
interface ThreadRows<Mention extends ThreadMention> {
  readonly thread: ThreadRow
  /** Oldest first. */
  readonly mentions: readonly Mention[]
  /** Oldest first. */
  readonly decisions: readonly RoadblockDecisionView[]
}
interface ThreadRow {
  readonly id: string
  readonly settled: 'open' | 'resolved' | null
  readonly settledBy: string | null
  readonly settledAt: string | null
  readonly version: number
}
interface ThreadMention {
  readonly id: string
  readonly meeting: string
  readonly at: string
  readonly text: string
  readonly status: 'raised' | 'resolved'
}

/** How a thread stands; undefined while no mention of it counts. */
export const viewOfThread = <Mention extends ThreadMention>({
  thread,
  mentions,
  decisions,
}: ThreadRows<Mention>): RoadblockView | undefined => {
  if (mentions.length === 0) return undefined
  const told = mentions.map(asMention)
  const last = told.at(-1)
  // What was settled by hand counts until it is said again in a later meeting.
  const byHand = thread.settled !== null && thread.settledAt !== null && thread.settledAt > (last?.on ?? '')
  const state = byHand ? (thread.settled ?? 'open') : threadState(told)
  const said = daysSaid(told)
  const decision = decisions.at(-1) ?? null
  return {
    id: thread.id,
    text: nameOf(mentions),
    state,
    said,
    resolvedAt:
      state === 'open'
        ? null
        : byHand
          ? thread.settledAt
          : (told.findLast(({ status }) => status === 'resolved')?.on ?? null),
    resolvedBy: state === 'resolved' && byHand ? thread.settledBy : null,
    needsDecision: needsDecision({ state, saidOn: said, decidedOn: decision?.decidedAt ?? null }),
    decision,
    version: thread.version,
  }
}

/** Rows of a pair, put together by thread; the longest open first, then what was resolved last. */
export const threadsFrom = <
  Mention extends ThreadMention & { readonly thread: string },
  Decision extends RoadblockDecisionView & { readonly thread: string },
>([threads, mentions, decisions]: readonly [readonly ThreadRow[], readonly Mention[], readonly Decision[]]) =>
  threads
    .map(thread => {
      const of = <Row extends { readonly thread: string }>(rows: readonly Row[]) =>
        rows.filter(row => row.thread === thread.id)
      const rows = { thread, mentions: of(mentions), decisions: of(decisions) }
      return { ...rows, view: viewOfThread(rows) }
    })
    .toSorted(
      ({ view: a }, { view: b }) =>
        (a?.state ?? '').localeCompare(b?.state ?? '') ||
        (b?.resolvedAt ?? '').localeCompare(a?.resolvedAt ?? '') ||
        (a?.said[0] ?? '').localeCompare(b?.said[0] ?? ''),
    )

export const asMention = ({ id, meeting, at, text, status }: ThreadMention): RoadblockMention => ({
  id,
  meeting,
  on: at,
  text,
  quotes: [],
  around: '',
  status,
})

/** Its name is what was said of it in the most words: "It's still stuck" names nothing. */
const nameOf = (mentions: readonly ThreadMention[]): string => {
  const raised = mentions.filter(({ status }) => status === 'raised')
  const telling = ({ text }: ThreadMention) =>
    Math.min(12, new Set(searchWords(text).filter(word => word.length > 3)).size)
  const [first] = (raised.length > 0 ? raised : mentions).toSorted((a, b) => telling(b) - telling(a))
  return first?.text ?? ''
}

/** How far below the words of a roadblock an offer to help with it is looked for, in lines. */
const helpWithin = 8

interface Offer {
  readonly meeting: string
  readonly evidence: readonly { readonly line: number }[]
}

/**
 * Promises made right after a mention, in the same meeting and before the talk came to another one.
 * Each belongs to the nearest mention above it.
 */
export const helpWith = <Promise extends Offer>(
  mention: Offer,
  others: readonly Offer[],
  promises: readonly Promise[],
): Promise[] => {
  const line = firstLine(mention)
  if (line === null) return []
  const next = others
    .filter(({ meeting }) => meeting === mention.meeting)
    .flatMap(other => firstLine(other) ?? [])
    .filter(other => other > line)
    .toSorted((a, b) => a - b)[0]
  return promises.filter(promise => {
    const at = firstLine(promise)
    return (
      at !== null &&
      promise.meeting === mention.meeting &&
      at >= line &&
      at <= line + helpWithin &&
      (next === undefined || at < next)
    )
  })
}

const firstLine = ({ evidence }: Offer): number | null =>
  evidence.length === 0 ? null : Math.min(...evidence.map(({ line }) => line))
