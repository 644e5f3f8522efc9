import type { Brief, BriefFacts, Topic } from './brief-facts.ts'
import type { FeedbackDraft } from './feedback-draft.ts'
import type { CompareRoadblocks, RoadblockLink } from './roadblocks.ts'
import type { TalkLabel } from './talk.ts'
import type { Line } from './transcript/transcript.ts'

/** A claim's support: words that stand verbatim in the text of one line. */
export interface Quote {
  readonly line: number
  readonly quote: string
}

/** A quote whose place in the source file is known: first and last cue it touches. */
export interface Evidence extends Quote {
  readonly cues: readonly [first: number, last: number]
}

/** Who may own something said in this meeting: the labels as they stand in the transcript. */
export interface Roster {
  /** The speaker label of each of the two people, when it is known. */
  readonly manager: Participant | null
  readonly report: Participant | null
  /** Every speaker label in the transcript, in order of appearance. */
  readonly labels: readonly string[]
}

export interface Participant {
  /** The label in the transcript, as in `Line.speaker`. */
  readonly label: string
  /** The name people use, which is what `owner` becomes. */
  readonly name: string
}

/** An action item from an earlier meeting that is still open. */
export interface OpenItem {
  readonly id: string
  readonly text: string
  /** The owner's name as on the roster; null when nobody was named. */
  readonly owner: string | null
  /** The words it rests on, the lines around them, and the instant or day of the meeting they were said in. */
  readonly said?: readonly string[]
  readonly around?: string
  readonly on?: string
}

/** What stood in the way in earlier meetings: a thread with everything that was said of it. */
export interface KnownRoadblock {
  readonly said: readonly string[]
  readonly isResolved: boolean
  /** The instant or day it was last spoken of. */
  readonly on: string
}

export interface ProposedItem {
  /** A clear sentence without the owner's name, in the words of the lines where possible. */
  readonly text: string
  /** A name of the roster or a speaker label; null when unclear ("we", nobody). */
  readonly owner: string | null
  /** The due phrase copied from the lines, e.g. "by the end of next week"; never a computed date. */
  readonly duePhrase: string | null
  readonly kind: 'commitment' | 'accepted-request'
  /** 0–1: the share of such items a careful reader confirms. */
  readonly confidence: number
  readonly evidence: readonly Quote[]
}

export interface ProposedDecision {
  readonly text: string
  readonly confidence: number
  readonly evidence: readonly Quote[]
}

export interface ProposedRoadblock {
  readonly text: string
  readonly status: 'raised' | 'resolved'
  readonly confidence: number
  readonly evidence: readonly Quote[]
}

export interface ProposedUpdate {
  /** Id of an `OpenItem` that was handed in. */
  readonly item: string
  readonly status: 'done' | 'dropped' | 'changed' | 'still-open'
  /** The new due phrase, copied; null when none was said. */
  readonly duePhrase: string | null
  readonly confidence: number
  readonly evidence: readonly Quote[]
}

export interface ProposedFeedback {
  readonly text: string
  /** `down`: from manager to report; `up`: from report to manager. */
  readonly direction: 'down' | 'up'
  /** True when it speaks of behaviour, false when it speaks of a trait. */
  readonly behavioral: boolean
  readonly evidence: readonly Quote[]
}

export interface ProposedGrowth {
  readonly text: string
  readonly evidence: readonly Quote[]
}

/** A stretch of talk about one thing; the stretches cover all lines once, in order. */
export interface TalkStretch {
  readonly fromLine: number
  readonly toLine: number
  readonly label: TalkLabel
}

/** Everything a coach claims about one meeting, before code has checked a word of it. */
export interface Extraction {
  readonly actionItems: readonly ProposedItem[]
  readonly decisions: readonly ProposedDecision[]
  readonly roadblocks: readonly ProposedRoadblock[]
  readonly updates: readonly ProposedUpdate[]
  readonly feedback: readonly ProposedFeedback[]
  readonly growth: readonly ProposedGrowth[]
  readonly talk: readonly TalkStretch[]
  /** Set when the engine cannot read the language: it then claims nothing. */
  readonly unreadable?: { readonly code: string; readonly message: string }
  /** Who answered, where it was not the coach that was asked: a model's endpoint failed and the offline engine served. */
  readonly engine?: string
  /** Why another served, when asking the same again later may do better; a code of ours. */
  readonly instead?: string
  /** Claims so malformed that they cannot be laid before the gate; counted with what it drops. */
  readonly malformed?: number
}

/** What a model was asked and what it cost: a `run` row, without a word of anybody's. */
export interface CoachCall {
  readonly duty: string
  readonly engine: string
  /** Name and version, e.g. `extract@1`. */
  readonly prompt: string
  readonly promptHash: string
  readonly model: string
  /** Null when the server does not count. */
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly milliseconds: number
  /** `done`, or the code of the refusal. */
  readonly outcome: string
  /** Seconds the server asked to be left alone. */
  readonly retryAfter?: number
  /** In the currency of the prices somebody has settled; null where none is known. */
  readonly cost?: number | null
  readonly counts: Readonly<Record<string, number>>
}

export interface ExtractInput {
  readonly lines: readonly Line[]
  readonly roster: Roster
  readonly openItems: readonly OpenItem[]
  /** Left out where no earlier meeting is known. */
  readonly roadblocks?: readonly KnownRoadblock[]
}

/** What the two people of a pair asked for; narrows what is said and never widens what is read. */
export interface Wishes {
  /** In English words, e.g. `German`. */
  readonly language: string
  readonly glossary: string
  readonly wishes: string
}

export interface CoachOptions {
  readonly signal?: AbortSignal
  /** Called with the share done, 0–1. */
  readonly progress?: (part: number) => void
  /** Called once for each question to a model, answered or not. */
  readonly record?: (call: CoachCall) => void
  /** On whose account it is asked; null when nobody's in particular. */
  readonly person?: string | null
  /** Rejects where the model fails, in place of having the offline engine serve. */
  readonly insist?: boolean
  /** Heard by a model; the offline engine writes English alone. */
  readonly wishes?: Wishes
}

/** Turns words into proposals. Two engines answer it; neither is believed before the evidence gate. */
export interface Coach {
  readonly engine: string
  extract(input: ExtractInput, options?: CoachOptions): Promise<Extraction>
  /** Which mentions of a meeting belong to which thread; `provenLinks` checks the answer. */
  compareRoadblocks(input: CompareRoadblocks, options?: CoachOptions): Promise<readonly RoadblockLink[]>
  /** What the reader of these facts could raise, most needed first; `provenTopics` checks the answer. */
  suggestTopics(facts: BriefFacts, options?: CoachOptions): Promise<readonly Topic[]>
  /** One page for the reader of these facts; `provenBrief` checks the answer. */
  writeBrief(facts: BriefFacts, options?: CoachOptions): Promise<Brief>
  /** Places for the report to start from; nothing for a manager. */
  suggestUpwardFeedback(facts: BriefFacts, options?: CoachOptions): Promise<readonly Topic[]>
  /** The writer's own rough words in their places; `names` are the first names of those it is about. */
  draftFeedback(rough: string, names: readonly string[], options?: CoachOptions): Promise<FeedbackDraft>
}

/** Turns texts into unit vectors. */
export interface Embedder {
  /** Name and version, stored with each vector: vectors of different embedders never meet. */
  readonly name: string
  readonly dimension: number
  /** The cosine from which on two texts have something to do with each other; null before it has made any. */
  readonly nearEnough: number | null
  /** Whether texts in this language (of a pair, e.g. `en`) have vectors worth comparing. */
  knows(language: string): boolean
  /** One unit vector per text, in order. Blank texts are refused with a RangeError. */
  embed(texts: readonly string[], options?: { readonly signal?: AbortSignal }): Promise<Float32Array[]>
  [Symbol.asyncDispose](): Promise<void>
}

/** Which embedder counts at this moment. */
export interface Embedders {
  current(): Promise<Embedder>
}

/** Live updates. Carries ids and numbers, never anybody's words. */
export interface Bus {
  publish(event: BusEvent): Promise<void>
  subscribe(listener: (event: BusEvent) => void): () => void
  [Symbol.asyncDispose](): Promise<void>
}

export type BusEvent = RowEvent | SessionEvent | MissedEvent

/** Something may have been said that nobody here heard: whoever listens reads anew. */
export interface MissedEvent {
  readonly channel: 'missed'
}

export interface RowEvent {
  readonly channel: 'job' | 'meeting' | 'note'
  /** Who may be told: members of this pair. */
  readonly pair: string
  /** Only this one of the two is told. */
  readonly person?: string
  /** The row that changed (of a note: its meeting); the receiver reads it as its own person. */
  readonly id: string
  /** Whose doing it is, where that matters. */
  readonly by?: string
  /** e.g. `progress`, `finished`, `failed`, `changed`; of a note also `cursor` and `left`. */
  readonly event: string
  /** Numbers only: share done, count found, step index, place of a cursor. */
  readonly numbers?: Readonly<Record<string, number>>
}

/** Some or all of somebody's sessions have ended: what holds one open looks whether it is among them. */
export interface SessionEvent {
  readonly channel: 'session'
  readonly person: string
}

export interface Clock {
  now(): Date
}

/** Takes an e-mail to whoever carries it on; throws when it was not taken. */
export interface Mailer extends Disposable {
  send(mail: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>
}
