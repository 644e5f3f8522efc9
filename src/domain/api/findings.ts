import { z } from 'zod'
import { ChosenDay, Day, Id, Instant, Version } from './common.ts'

export const FindingKind = z.enum(['action-item', 'decision', 'roadblock', 'update'])
export type FindingKind = z.infer<typeof FindingKind>

/** The words a finding rests on, and where they stand in the transcript's lines. */
export const EvidenceView = z.object({
  line: z.int().positive(),
  cues: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  quote: z.string(),
})
export type EvidenceView = z.infer<typeof EvidenceView>

/** proposed → confirmed or dismissed; an action item that is confirmed is open, then done or dropped. */
export const FindingState = z.enum(['proposed', 'confirmed', 'dismissed', 'open', 'done', 'dropped'])
export type FindingState = z.infer<typeof FindingState>

/** What the coach proposed, or a person marked, in one meeting. */
export const Finding = z
  .object({
    id: Id,
    kind: FindingKind,
    meeting: Id,
    transcript: Id.nullable(),
    /** The shared note it was typed in: `evidence` then counts the note's lines. */
    note: Id.nullable(),
    text: z.string(),
    state: FindingState,
    /** Action items only. */
    owner: Id.nullable(),
    due: Day.nullable(),
    duePhrase: z.string().nullable(),
    dueCertainty: z.enum(['exact', 'approximate', 'none']),
    itemKind: z.enum(['commitment', 'accepted-request']).nullable(),
    /** Roadblocks: raised or resolved. Updates: what seems to have become of the item. */
    status: z.enum(['raised', 'resolved', 'done', 'dropped', 'changed', 'still-open']).nullable(),
    /** Updates only: the open item it is about. */
    item: z.object({ id: Id, text: z.string(), owner: Id.nullable(), due: Day.nullable() }).nullable(),
    /** Null when a person added it by hand. */
    confidence: z.number().min(0).max(1).nullable(),
    evidence: z.array(EvidenceView),
    settledBy: Id.nullable(),
    settledAt: Instant.nullable(),
    version: z.int().positive(),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof Finding>

const text = z.string().trim().min(1).max(300)

/** A change by a person. `version` is the one they saw: another's change meanwhile answers 409. */
export const FindingChange = z.strictObject({
  version: Version,
  state: FindingState.optional(),
  text: text.optional(),
  owner: Id.nullable().optional(),
  due: ChosenDay.nullable().optional(),
  /** With "dropped": why. */
  why: text.optional(),
})
export type FindingChange = z.infer<typeof FindingChange>

/** Marked by hand: the quotes are checked against the lines like everybody else's. */
export const NewFinding = z.strictObject({
  meeting: Id,
  transcript: Id.nullable(),
  kind: z.enum(['action-item', 'decision', 'roadblock']),
  text,
  owner: Id.nullable().default(null),
  due: ChosenDay.nullable().default(null),
  evidence: z.array(z.strictObject({ line: z.int().positive(), quote: z.string().min(1).max(2000) })).max(10),
})
export type NewFinding = z.infer<typeof NewFinding>

/** A promise in the ledger: an action item somebody confirmed. */
export const PromiseView = z
  .object({
    id: Id,
    text: z.string(),
    owner: Id.nullable(),
    due: Day.nullable(),
    duePhrase: z.string().nullable(),
    state: z.enum(['open', 'done', 'dropped']),
    meeting: Id,
    meetingAt: Instant,
    transcript: Id.nullable(),
    /** The shared note it was typed in. */
    note: Id.nullable(),
    evidence: z.array(EvidenceView),
    closedAt: Instant.nullable(),
    settledBy: Id.nullable(),
    /** Why it was dropped. */
    why: z.string().nullable(),
    version: z.int().positive(),
  })
  .meta({ id: 'Promise' })
export type PromiseView = z.infer<typeof PromiseView>

/** What one of the two made of a promise; each field beside what it was before. */
export const PromiseChange = z.object({
  promise: Id,
  at: Instant,
  /** Null: somebody who has left. */
  by: Id.nullable(),
  stateBefore: FindingState,
  state: z.enum(['open', 'done', 'dropped']),
  dueBefore: Day.nullable(),
  due: Day.nullable(),
  ownerBefore: Id.nullable(),
  owner: Id.nullable(),
  reworded: z.boolean(),
})
export type PromiseChange = z.infer<typeof PromiseChange>

/** What became of what each side promised. */
export const PromiseRate = z.object({
  person: Id,
  onTime: z.int().nonnegative(),
  /** Kept after its day, or still open when that has gone by. */
  late: z.int().nonnegative(),
  dropped: z.int().nonnegative(),
  /** The others that are open. */
  open: z.int().nonnegative(),
  /** When the first was made that is counted and not merely open. */
  since: Day.nullable(),
})
export type PromiseRate = z.infer<typeof PromiseRate>

export const PromisesPage = z.object({
  promises: z.array(PromiseView),
  changes: z.array(PromiseChange),
  rates: z.array(PromiseRate),
})
export type PromisesPage = z.infer<typeof PromisesPage>
