import { z } from 'zod'
import { ChosenDay, Day, Id, Instant, Version } from './common.ts'
import { EvidenceView, PromiseView } from './findings.ts'

/** Remove it, accept it for now, or take it to somebody who can. */
export const RoadblockChoice = z.enum(['remove', 'accept', 'escalate'])
export type RoadblockChoice = z.infer<typeof RoadblockChoice>

export const RoadblockDecisionView = z.object({
  id: Id,
  choice: RoadblockChoice,
  what: z.string(),
  /** Null: nobody yet. */
  owner: Id.nullable(),
  due: Day.nullable(),
  promise: Id.nullable(),
  decidedBy: Id.nullable(),
  decidedAt: Instant,
})
export type RoadblockDecisionView = z.infer<typeof RoadblockDecisionView>

/** A roadblock as a row of the list: a thread over meetings. */
export const RoadblockView = z
  .object({
    id: Id,
    /** In the words of whoever said it. */
    text: z.string(),
    state: z.enum(['open', 'resolved']),
    /** Instants of the meetings in which it was said, oldest first; one each, however often it was said there. */
    said: z.array(Instant),
    resolvedAt: Instant.nullable(),
    /** Null when it was said in a meeting. */
    resolvedBy: Id.nullable(),
    /** From the second meeting on, until the two decide; again when it is said after that. */
    needsDecision: z.boolean(),
    decision: RoadblockDecisionView.nullable(),
    version: z.int().positive(),
  })
  .meta({ id: 'Roadblock' })
export type RoadblockView = z.infer<typeof RoadblockView>

export const MentionView = z.object({
  id: Id,
  meeting: Id,
  at: Instant,
  transcript: Id.nullable(),
  text: z.string(),
  status: z.enum(['raised', 'restated', 'resolved']),
  evidence: z.array(EvidenceView.extend({ speaker: z.string().nullable() })),
  /** Promises made there to help with it. */
  help: z.array(PromiseView),
})
export type MentionView = z.infer<typeof MentionView>

export const RoadblockPage = z.object({
  roadblock: RoadblockView,
  mentions: z.array(MentionView),
  /** All there were, oldest first. */
  decisions: z.array(RoadblockDecisionView),
  others: z.array(RoadblockView),
})
export type RoadblockPage = z.infer<typeof RoadblockPage>

/** Owner and day may be missing: "nobody yet" can be recorded. */
export const NewRoadblockDecision = z.strictObject({
  choice: RoadblockChoice,
  what: z.string().trim().min(1).max(300),
  owner: Id.nullable().default(null),
  due: ChosenDay.nullable().default(null),
})
export type NewRoadblockDecision = z.infer<typeof NewRoadblockDecision>

export const RoadblockChange = z.strictObject({ version: Version, state: z.enum(['open', 'resolved']) })
/** The mentions that are about something else; they become a thread of their own. */
export const RoadblockSplit = z.strictObject({ mentions: z.array(Id).min(1).max(200) })
/** `mentions` left out: all of it. With them it takes a split, or a merge, back. */
export const RoadblockMerge = z.strictObject({
  into: Id,
  mentions: z.array(Id).min(1).max(200).optional(),
})
/** Which thread now holds which mentions: enough to take it back. */
export const RoadblockMoved = z.object({ roadblock: Id, mentions: z.array(Id) })
