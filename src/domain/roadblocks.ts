/** Threads of roadblocks: what was said to stand in the way, over meetings. */

export interface RoadblockMention {
  readonly id: string
  /** The meeting in which it was said, and its instant or day, for the order. */
  readonly meeting: string
  readonly on: string
  readonly text: string
  readonly quotes: readonly string[]
  /** A few lines before and after it: speech points more than it names. Empty when there are none. */
  readonly around: string
  readonly status: 'raised' | 'resolved'
}

export interface RoadblockThread {
  readonly id: string
  /** Oldest first. */
  readonly mentions: readonly RoadblockMention[]
}

/** What `compareRoadblocks` is asked: new mentions of one meeting beside the threads there are. */
export interface CompareRoadblocks {
  readonly mentions: readonly RoadblockMention[]
  readonly threads: readonly RoadblockThread[]
  /** Cosine between a mention and an earlier one (or one of the same meeting), by vectors; may be empty. */
  readonly similarities: readonly { readonly a: string; readonly b: string; readonly cosine: number }[]
}

/**
 * Where each mention belongs, in the order of `mentions`. `same` names a thread that was handed in, or an
 * earlier mention of this meeting that begins one; `related` and `different` begin a thread of their own.
 */
export interface RoadblockLink {
  readonly mention: string
  readonly relation: 'same' | 'related' | 'different'
  readonly to: string | null
  /** 0–1: the share of such links a careful reader confirms. */
  readonly confidence: number
}

/** Links as they may be believed: one per mention, to what was handed in, `different` where a coach said nothing. */
export const provenLinks = (
  { mentions, threads }: Pick<CompareRoadblocks, 'mentions' | 'threads'>,
  proposed: readonly RoadblockLink[],
): RoadblockLink[] => {
  const known = new Set(threads.map(({ id }) => id))
  return mentions.map(({ id }) => {
    const link = proposed.find(({ mention }) => mention === id)
    const stands = link !== undefined && (link.to === null ? link.relation !== 'same' : known.has(link.to))
    known.add(id)
    return stands ? link : { mention: id, relation: 'different', to: null, confidence: 0 }
  })
}

/** How it stands after its mentions: resolved stays resolved unless it is said again. */
export const threadState = (mentions: readonly RoadblockMention[]): 'open' | 'resolved' =>
  mentions.toSorted(byTime).at(-1)?.status === 'resolved' ? 'resolved' : 'open'

const byTime = (a: RoadblockMention, b: RoadblockMention) =>
  // In one meeting it is first told and then said to be gone, never the other way round.
  a.on.localeCompare(b.on) || Number(a.status === 'resolved') - Number(b.status === 'resolved')

/** What a mention says to those who know the thread: first said, said again, or gone. */
export const mentionStatus = (
  mention: RoadblockMention,
  before: readonly RoadblockMention[],
): 'raised' | 'restated' | 'resolved' =>
  mention.status === 'resolved'
    ? 'resolved'
    : before.some(({ meeting }) => meeting !== mention.meeting)
      ? 'restated'
      : 'raised'

/** Days on which it was said to stand in the way, one a meeting, oldest first. */
export const daysSaid = (mentions: readonly RoadblockMention[]): string[] => {
  const byMeeting = new Map<string, string>()
  for (const { meeting, on, status } of mentions.toSorted(byTime))
    if (status === 'raised' && !byMeeting.has(meeting)) byMeeting.set(meeting, on)
  return [...byMeeting.values()]
}

/** From the second meeting on it asks for a decision: said a third time in silence it helps nobody. */
export const needsDecision = (thread: {
  readonly state: 'open' | 'resolved'
  readonly saidOn: readonly string[]
  readonly decidedOn: string | null
}): boolean =>
  thread.state === 'open' &&
  thread.saidOn.length >= 2 &&
  (thread.decidedOn === null || thread.saidOn.some(day => day > thread.decidedOn!))
