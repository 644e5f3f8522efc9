import { z } from 'zod'
import { TalkLabel } from './talk.ts'

/** Schemas of the command line's JSON: the definition in code of what others script against. */

const EvidenceJson = z.strictObject({
  line: z.int().positive(),
  cues: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  quote: z.string().min(1),
})
const evidence = z.array(EvidenceJson).min(1)
const confidence = z.number().min(0).max(1)
const isoDay = z.iso.date()

export const ActionItemJson = z.strictObject({
  id: z.string(),
  text: z.string().min(1),
  owner: z.string().nullable(),
  due: isoDay.nullable(),
  duePhrase: z.string().nullable(),
  dueCertainty: z.enum(['exact', 'approximate', 'none']),
  kind: z.enum(['commitment', 'accepted-request']),
  confidence,
  evidence,
})
export type ActionItemJson = z.infer<typeof ActionItemJson>

export const DecisionJson = z.strictObject({ text: z.string().min(1), confidence, evidence })
export const RoadblockJson = z.strictObject({
  text: z.string().min(1),
  status: z.enum(['raised', 'resolved']),
  confidence,
  evidence,
})
export const FeedbackJson = z.strictObject({
  text: z.string().min(1),
  direction: z.enum(['down', 'up']),
  behavioral: z.boolean(),
  evidence,
})
export const GrowthJson = z.strictObject({ text: z.string().min(1), evidence })
/** Stretches of talk; together they hold every line and every cue once. */
export const TalkJson = z.strictObject({
  fromLine: z.int().positive(),
  toLine: z.int().positive(),
  fromCue: z.int().nonnegative(),
  toCue: z.int().nonnegative(),
  label: TalkLabel,
})
/** Counts per speaker. `share` and `statusShare` are shares of words, 0–1; null when they cannot be told. */
export const ConversationJson = z.strictObject({
  speakers: z.array(
    z.strictObject({
      name: z.string().nullable(),
      words: z.int().nonnegative(),
      share: confidence.nullable(),
      questions: z.int().nonnegative(),
      longestTurn: z.strictObject({
        words: z.int().nonnegative(),
        seconds: z.number().nonnegative().nullable(),
      }),
    }),
  ),
  statusShare: confidence.nullable(),
})

const ProblemJson = z.strictObject({
  code: z.string(),
  message: z.string(),
  line: z.int().positive().optional(),
})

/** What `extract --json` prints for a file it read. Cues count from 0, lines from 1, times in seconds. */
export const ExtractJson = z.strictObject({
  file: z.string(),
  format: z.string(),
  engine: z.string(),
  problems: z.array(ProblemJson),
  counts: z.strictObject({
    cues: z.int().nonnegative(),
    lines: z.int().nonnegative(),
    speakers: z.int().nonnegative(),
  }),
  timing: z.enum(['exact', 'interpolated', 'none']),
  speakers: z.enum(['named', 'labelled', 'none']),
  /** Left out with `--no-lines`. */
  lines: z
    .array(
      z.strictObject({
        no: z.int().positive(),
        speaker: z.string().nullable(),
        start: z.number().nullable(),
        end: z.number().nullable(),
        text: z.string(),
        cues: z.array(z.int().nonnegative()).min(1),
      }),
    )
    .optional(),
  actionItems: z.array(ActionItemJson),
  decisions: z.array(DecisionJson),
  roadblocks: z.array(RoadblockJson),
  feedback: z.array(FeedbackJson),
  growth: z.array(GrowthJson),
  talk: z.array(TalkJson),
  conversation: ConversationJson,
})
export type ExtractJson = z.infer<typeof ExtractJson>

/** What it prints for a file that was not. */
export const ExtractErrorJson = z.strictObject({
  file: z.string(),
  error: z.strictObject({ code: z.string(), message: z.string() }),
})

/** A line that `due` reads. */
export const DueRequest = z.strictObject({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  /** Local time of the meeting in `timezone`, e.g. `2026-03-12T10:00`. */
  meetingLocal: z.string(),
  timezone: z.string(),
  nextMeetingLocal: z.string().nullable().default(null),
})
/** A line that `due` prints; `due` is a day in the request's zone. */
export const DueJson = z.strictObject({
  id: z.union([z.string(), z.number()]),
  due: isoDay.nullable(),
  phrase: z.string().nullable(),
  certainty: z.enum(['exact', 'approximate', 'none']),
})
/** What stands in the place of a line that could not be answered. */
export const LineErrorJson = z.strictObject({
  id: z.union([z.string(), z.number()]).nullable(),
  error: z.strictObject({ code: z.string(), message: z.string() }),
})
export type LineErrorJson = z.infer<typeof LineErrorJson>

const lineId = z.union([z.string(), z.number()])
/** A line that `lint-feedback` reads. */
export const LintFeedbackRequest = z.strictObject({
  id: lineId,
  text: z.string(),
  direction: z.enum(['down', 'up', 'peer']),
})
export type LintFeedbackRequest = z.infer<typeof LintFeedbackRequest>
/** `[start, end)` in UTF-16 units of the text. */
const spans = z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()]))
/** A line that `lint-feedback` prints. */
export const LintFeedbackJson = z.strictObject({
  id: lineId,
  traitSpans: spans,
  absoluteSpans: spans,
  hearsaySpans: spans,
  hasSituation: z.boolean(),
  hasBehavior: z.boolean(),
  hasImpact: z.boolean(),
  areas: z.int().nonnegative(),
  comparison: z.boolean(),
  questions: z.array(z.string()),
  verdict: z.enum(['good', 'needs-work']),
})
export type LintFeedbackJson = z.infer<typeof LintFeedbackJson>

/** A line that `draft-feedback` reads. */
export const DraftFeedbackRequest = z.strictObject({ id: lineId, rough: z.string() })
export type DraftFeedbackRequest = z.infer<typeof DraftFeedbackRequest>
/** A line that `draft-feedback` prints: the writer's own words in their places; `removed` are words taken out. */
export const DraftFeedbackJson = z.strictObject({
  id: lineId,
  situation: z.string().nullable(),
  behavior: z.string().nullable(),
  impact: z.string().nullable(),
  ask: z.string().nullable(),
  draft: z.string().nullable(),
  missing: z.array(z.enum(['situation', 'behavior', 'impact'])),
  removed: z.array(z.string()),
})
export type DraftFeedbackJson = z.infer<typeof DraftFeedbackJson>

/** The file that `series` reads: meetings in order; `date` is local time in `timezone`. */
export const SeriesRequest = z.strictObject({
  manager: z.looseObject({ name: z.string().min(1) }),
  report: z.looseObject({ name: z.string().min(1) }),
  timezone: z.string(),
  meetings: z.array(
    z.strictObject({
      id: z.string(),
      date: z.string(),
      state: z.enum(['held', 'moved', 'cancelled', 'missed']).default('held'),
      by: z.enum(['manager', 'report']).optional(),
      transcript: z.string().optional(),
      sharedNote: z.string().optional(),
      managerPrivateNote: z.string().optional(),
      reportPrivateNote: z.string().optional(),
    }),
  ),
})
export type SeriesRequest = z.infer<typeof SeriesRequest>

const BriefJson = z.strictObject({
  sections: z.array(
    z.strictObject({
      kind: z.string(),
      lines: z.array(z.strictObject({ text: z.string(), sources: z.array(z.string()) })),
    }),
  ),
  confidence: z.enum(['high', 'low', 'not-enough-data']),
})
const TopicJson = z.strictObject({
  text: z.string(),
  kind: TalkLabel,
  reason: z.string(),
  sources: z.array(z.string()),
})

/** A line that `series` prints. Ids of items and threads are stable within one run. */
export const SeriesMeetingJson = z.strictObject({
  id: z.string(),
  actionItems: z.array(ActionItemJson),
  decisions: z.array(DecisionJson),
  feedback: z.array(FeedbackJson),
  growth: z.array(GrowthJson),
  talk: z.array(TalkJson),
  updates: z.array(
    z.strictObject({
      item: z.string(),
      status: z.enum(['done', 'dropped', 'changed', 'still-open']),
      evidence,
    }),
  ),
  roadblocks: z.array(
    z.strictObject({
      thread: z.string(),
      text: z.string(),
      status: z.enum(['raised', 'restated', 'resolved']),
      evidence,
    }),
  ),
  briefs: z.strictObject({ manager: BriefJson, report: BriefJson }),
  suggestedTopics: z.strictObject({ manager: z.array(TopicJson), report: z.array(TopicJson) }),
  upwardPrompts: z.array(TopicJson),
})
export type SeriesMeetingJson = z.infer<typeof SeriesMeetingJson>
