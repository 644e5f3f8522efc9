import { z } from 'zod'
import { briefKinds } from '../brief-facts.ts'
import { TalkLabel } from '../talk.ts'
import { Day, Id } from './common.ts'
import { MeetingView, PairView } from './pairs.ts'

/** Where a line comes from, as far as there is a place to look at. */
export const SourceView = z.object({
  id: Id,
  kind: z.enum(['promise', 'decision', 'roadblock', 'remark', 'meeting', 'own-note', 'agenda-item', 'other']),
  /** Of the meeting it belongs to. */
  day: Day.nullable(),
  meeting: Id.nullable(),
  transcript: Id.nullable(),
  line: z.int().positive().nullable(),
})
export type SourceView = z.infer<typeof SourceView>

/** The reader's own page before a meeting; nobody else can ask for it. */
export const BriefPage = z.object({
  pair: PairView,
  /** The meeting it prepares; null when none is planned. */
  next: MeetingView.nullable(),
  confidence: z.enum(['high', 'low', 'not-enough-data']),
  /** How many meetings were read for it. */
  meetings: z.int().nonnegative(),
  sections: z.array(
    z.object({
      kind: z.enum(briefKinds),
      lines: z.array(z.object({ text: z.string(), sources: z.array(SourceView) })),
    }),
  ),
  /** Which engine wrote it. */
  engine: z.enum(['offline', 'llm']),
  /** A model is writing it anew; whoever reads it is told when it has. */
  coming: z.boolean(),
})
export type BriefPage = z.infer<typeof BriefPage>

/** By which a topic is known again: its kind, and the row it rests on where that is one. */
const TopicKey = z.string().regex(/^[a-z-]{1,20}(:[0-9a-f-]{36})?$/)

/** Something the reader could raise; theirs alone until they take it onto the agenda. */
export const TopicView = z.object({
  key: TopicKey,
  text: z.string(),
  /** What stands on the agenda of both when it is taken. */
  item: z.string(),
  kind: TalkLabel,
  reason: z.string(),
  sources: z.array(SourceView).min(1),
})
export type TopicView = z.infer<typeof TopicView>
export const TopicsPage = z.object({
  /** On whose agenda they would stand; null when none is planned. */
  meeting: Id.nullable(),
  topics: z.array(TopicView),
})
export type TopicsPage = z.infer<typeof TopicsPage>

/** Not to be suggested again, or again after all. */
export const TopicWave = z.object({ key: TopicKey, away: z.boolean() })
