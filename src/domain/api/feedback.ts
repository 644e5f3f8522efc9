import { z } from 'zod'
import { ChosenDay, Day, Id, Instant, Version } from './common.ts'
import { PairView } from './pairs.ts'
import { SourceView } from './preparation.ts'

const Words = z.string().max(20_000)
const Sentences = z.string().trim().min(1).max(4_000)

/** Something one of the two saw, on a day. Only its author can read it. */
export const Observation = z.object({ id: Id, on: Day, text: z.string() }).meta({ id: 'Observation' })
export type Observation = z.infer<typeof Observation>
export const NewObservation = z.strictObject({ on: ChosenDay, text: Sentences })

/** A marked place of the rough words, `[start, end)` in UTF-16 units, with the question that helps rewrite it. */
export const GateMark = z.object({
  start: z.int().nonnegative(),
  end: z.int().positive(),
  kind: z.enum(['trait', 'mind-reading', 'absolute', 'hearsay', 'comparison']),
  words: z.string(),
  question: z.string(),
})
export type GateMark = z.infer<typeof GateMark>

/** Words the writer says are about the work, with what stands before and after them. */
const MeantOtherwise = z.array(z.string().min(1).max(200)).max(100)

export const FeedbackDraftView = z
  .object({
    id: Id,
    /** The question it answers, if it does. */
    request: Id.nullable(),
    rough: z.string(),
    situation: z.string(),
    behavior: z.string(),
    impact: z.string(),
    ask: z.string(),
    meantOtherwise: z.array(z.string()),
    version: z.int().positive(),
    changedAt: Instant,
  })
  .meta({ id: 'FeedbackDraft' })
export type FeedbackDraftView = z.infer<typeof FeedbackDraftView>

/** A draft, what the gate marks in its rough words and in its parts, and where the words would go by themselves. */
export const FeedbackDraftPage = z.object({
  pair: PairView,
  draft: FeedbackDraftView,
  observations: z.array(Observation),
  gate: z.object({
    /** In the rough words. */
    marks: z.array(GateMark),
    /** In the parts that would be sent; while one stands, it cannot be. */
    partMarks: z.array(GateMark.extend({ part: z.enum(['situation', 'behavior', 'impact', 'ask']) })),
    areas: z.int().positive(),
    areasQuestion: z.string().nullable(),
    /** The writer's own words in their places; null where nothing was written. */
    suggested: z.object({
      situation: z.string().nullable(),
      behavior: z.string().nullable(),
      impact: z.string().nullable(),
      ask: z.string().nullable(),
    }),
    missing: z.array(z.object({ part: z.enum(['situation', 'behavior', 'impact']), question: z.string() })),
    mayBeSent: z.boolean(),
  }),
})
export type FeedbackDraftPage = z.infer<typeof FeedbackDraftPage>

/** Where a model puts the writer's own words; null where none answers. */
export const SortedDraft = z.object({
  parts: FeedbackDraftPage.shape.gate.shape.suggested.nullable(),
})
export type SortedDraft = z.infer<typeof SortedDraft>

export const NewFeedbackDraft = z.strictObject({
  rough: Words.default(''),
  request: Id.nullable().default(null),
})
export const FeedbackDraftChange = z.strictObject({
  version: Version,
  rough: Words.optional(),
  situation: z.string().max(4_000).optional(),
  behavior: z.string().max(4_000).optional(),
  impact: z.string().max(4_000).optional(),
  ask: z.string().max(4_000).optional(),
  meantOtherwise: MeantOtherwise.optional(),
})
export const FeedbackSending = z.strictObject({ version: Version })

/** Feedback that was sent: both read it. */
export const FeedbackView = z
  .object({
    id: Id,
    from: Id,
    direction: z.enum(['down', 'up']),
    request: Id.nullable(),
    situation: z.string(),
    behavior: z.string(),
    impact: z.string(),
    ask: z.string().nullable(),
    /** The parts as one text. */
    text: z.string(),
    state: z.enum(['shared', 'acknowledged', 'acted-on']),
    answer: z.string().nullable(),
    sharedAt: Instant,
    acknowledgedAt: Instant.nullable(),
    answeredAt: Instant.nullable(),
    actedAt: Instant.nullable(),
    version: z.int().positive(),
  })
  .meta({ id: 'Feedback' })
export type FeedbackView = z.infer<typeof FeedbackView>
/** What whom it was given to does with it. */
export const FeedbackAnswer = z.strictObject({
  version: Version,
  state: z.enum(['acknowledged', 'acted-on']),
  answer: Sentences.optional(),
})

export const FeedbackRequestView = z.object({ id: Id, question: z.string(), askedAt: Instant })
export type FeedbackRequestView = z.infer<typeof FeedbackRequestView>
export const NewFeedbackRequest = z.strictObject({ question: Sentences })

/** A place to start, with what it rests on. */
export const UpwardTopic = z.object({
  text: z.string(),
  reason: z.string(),
  sources: z.array(SourceView),
})
export type UpwardTopic = z.infer<typeof UpwardTopic>

/** Feedback of a pair as one of the two sees it: what was given and received, and one's own drafts and observations. */
export const FeedbackPage = z.object({
  pair: PairView,
  given: z.array(FeedbackView),
  received: z.array(FeedbackView),
  drafts: z.array(FeedbackDraftView),
  observations: z.array(Observation),
  /** The manager's questions, newest first. */
  asked: z.array(FeedbackRequestView),
  /** The manager: a month passed without asking, or an answer is owed. */
  reminder: z.enum(['ask', 'answer']).nullable(),
  /** The report: places to start; private until they share something. */
  upward: z.array(UpwardTopic),
})
export type FeedbackPage = z.infer<typeof FeedbackPage>
