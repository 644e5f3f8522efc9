import type { Side } from './api/common.ts'
import type { TalkLabel } from './talk.ts'

/**
 * All that a brief and suggested topics are made from, as one of the two may read it: the shared rows
 * of the pair and the reader's own private ones. Read inside `asPerson(reader)`, so nothing of the
 * other's can be in it. Days are `2026-03-12` in the pair's time zone; ids name the rows, and are what
 * a line gives as its sources.
 */
export interface BriefFacts {
  readonly reader: Side
  /** First names, as the two call each other. */
  readonly names: { readonly manager: string; readonly report: string }
  /** The day of the meeting that it is written for, or today. */
  readonly today: string
  readonly cadenceDays: number
  /** What has been, oldest first; planned ones are not in it. */
  readonly meetings: readonly FactMeeting[]
  /** Open ones of both sides, and those that were kept or dropped in the last twelve weeks. */
  readonly promises: readonly FactPromise[]
  readonly decisions: readonly FactDecision[]
  readonly roadblocks: readonly FactRoadblock[]
  readonly growth: FactGrowth
  readonly feedback: readonly FactFeedback[]
  /** The manager's question how they do; the last ones, oldest first. */
  readonly asked: readonly FactAsked[]
  /** What stands on the agenda of the meeting already. */
  readonly agenda: readonly FactAgendaItem[]
  /** The reader's own; nobody else's can be read. Oldest first. */
  readonly ownNotes: readonly FactNote[]
  /** The reader's own drafts and dated observations, for feedback they have not given yet. */
  readonly ownObservations: readonly FactNote[]
}

export interface FactMeeting {
  readonly id: string
  readonly day: string
  readonly state: 'held' | 'moved' | 'cancelled' | 'missed'
  readonly changedBy: Side | null
  /** Share of lines by kind of talk, 0–1; null without a transcript. */
  readonly talk: Readonly<Partial<Record<TalkLabel, number>>> | null
}

export interface FactPromise {
  readonly id: string
  readonly text: string
  readonly owner: Side | null
  readonly due: string | null
  readonly state: 'open' | 'done' | 'dropped'
  readonly saidOn: string
  readonly meeting: string
  readonly closedOn: string | null
  /** The words it rests on, the first quote; null when it was added by hand. */
  readonly quote: string | null
}

export interface FactDecision {
  readonly id: string
  readonly text: string
  readonly on: string
}

export interface FactRoadblock {
  readonly id: string
  readonly text: string
  readonly state: 'open' | 'resolved'
  /** Days of the meetings in which it was said, oldest first; one each, however often it was said there. */
  readonly saidOn: readonly string[]
  readonly resolvedOn: string | null
  readonly decision: FactRoadblockDecision | null
  /** Promises to help with it: ids of `promises`. */
  readonly help: readonly string[]
}

export interface FactRoadblockDecision {
  readonly choice: 'remove' | 'accept' | 'escalate'
  readonly what: string
  readonly by: Side | null
  readonly due: string | null
  readonly on: string
}

export interface FactGrowth {
  /** When growth was really talked about, oldest first, with the meeting or check-in as source. */
  readonly talked: readonly { readonly id: string; readonly on: string; readonly text: string | null }[]
  readonly goals: readonly {
    readonly id: string
    readonly text: string
    readonly checkOn: string | null
  }[]
}

export interface FactFeedback {
  readonly id: string
  readonly from: Side
  readonly text: string
  readonly on: string
  /** `spoken`: said in a meeting and asks for no answer in writing. */
  readonly state: 'spoken' | 'shared' | 'acknowledged' | 'acted-on'
}

export interface FactAsked {
  readonly id: string
  readonly on: string
  readonly answered: boolean
}

export interface FactAgendaItem {
  readonly id: string
  readonly text: string
  readonly kind: TalkLabel | null
  readonly by: Side
  /** Since when it waits, when it was carried over. */
  readonly carriedFrom: string | null
}

export interface FactNote {
  readonly id: string
  readonly on: string
  readonly text: string
}

/** One page for one person before the meeting. */
export interface Brief {
  readonly sections: readonly BriefSection[]
  readonly confidence: 'high' | 'low' | 'not-enough-data'
}

export const briefKinds = [
  'since-last',
  'opening',
  'promises-mine',
  'promises-theirs',
  'roadblocks',
  'growth',
  'feedback',
  'questions',
  'own-notes',
  'not-known',
] as const
export type BriefKind = (typeof briefKinds)[number]

export interface BriefSection {
  readonly kind: BriefKind
  readonly lines: readonly BriefLine[]
}

export interface BriefLine {
  readonly text: string
  /** Ids of the facts it rests on; empty only for questions and for what is not known. */
  readonly sources: readonly string[]
}

/** Something to talk about, for one of the two, until they take it. */
export interface Topic {
  readonly text: string
  readonly kind: TalkLabel
  readonly reason: string
  readonly sources: readonly string[]
}
