import { z } from 'zod'
import { formats } from '../transcript/format.ts'
import { Finding } from './findings.ts'
import { Id, Instant, Side, Version } from './common.ts'

/** `ready` waits, `active` is being done, `failed` waits for a person, `cancelled` was given up by one. */
export const JobState = z.enum(['ready', 'active', 'done', 'failed', 'cancelled'])
/** A piece of work that can be watched. Numbers and codes, no words of anybody. */
export const JobView = z
  .object({
    id: Id,
    kind: z.string(),
    state: JobState,
    transcript: Id.nullable(),
    meeting: Id.nullable(),
    /** The step it is in, e.g. `read`, `extract`, `embed`. */
    step: z.string().nullable(),
    /** Share done, 0–1, over all steps. */
    progress: z.number().min(0).max(1),
    failures: z.int().nonnegative(),
    /** Why it failed, as a code and a sentence of ours. */
    reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'Job' })
export type JobView = z.infer<typeof JobView>

/** A transcript without its words: what it is, what was made of it, and what is being done. */
export const TranscriptView = z
  .object({
    id: Id,
    meeting: Id,
    fileName: z.string(),
    addedBy: Id,
    addedAt: Instant,
    bytes: z.int().nonnegative(),
    state: z.enum(['waiting', 'read', 'unreadable']),
    /** The family it was read as. */
    format: z.enum(formats).nullable(),
    timing: z.enum(['exact', 'interpolated', 'none']).nullable(),
    speakers: z.enum(['named', 'labelled', 'none']).nullable(),
    lineCount: z.int().nullable(),
    problems: z.array(z.object({ code: z.string(), message: z.string(), line: z.int().optional() })),
    /** Why it could not be read: one sentence. The file is kept until somebody discards it. */
    refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
    /** What the coach could not do, e.g. a language it does not read. */
    notice: z.object({ code: z.string(), message: z.string() }).nullable(),
    engine: z.string().nullable(),
    /** Labels in the file that are not yet known to be one of the two. */
    unknownLabels: z.array(z.string()),
    job: JobView.nullable(),
    version: z.int().positive(),
  })
  .meta({ id: 'Transcript' })
export type TranscriptView = z.infer<typeof TranscriptView>

/** One line as it is shown; `start` and `end` in seconds, null when the file knows none. */
export const LineView = z.object({
  no: z.int().positive(),
  speaker: z.string().nullable(),
  /** The one of the two this label is mapped to. */
  person: Id.nullable(),
  start: z.number().nullable(),
  end: z.number().nullable(),
  text: z.string(),
})
export type LineView = z.infer<typeof LineView>

/** The review screen in one answer: lines beside everything found in them. */
export const Review = z.object({
  transcript: TranscriptView,
  lines: z.array(LineView),
  findings: z.array(Finding),
})
export type Review = z.infer<typeof Review>

const consent = z.literal(true, 'Both of you must have agreed to this transcript.')
/** Text instead of a file, with the same statement. */
export const PastedTranscript = z.strictObject({
  text: z.string().min(1).max(16_000_000),
  fileName: z.string().max(200).optional(),
  /** The person states that both agreed; without it nothing is kept. */
  consent,
})
export const UploadAnswer = z.object({
  transcript: TranscriptView,
  /** True when this pair already has this very file: nothing was added and no second job made. */
  already: z.boolean(),
})
export type UploadAnswer = z.infer<typeof UploadAnswer>

/** One line of a pair's list of transcripts: where it stands, none of its words. */
export const TranscriptRow = z.object({
  id: Id,
  meeting: Id,
  fileName: z.string(),
  addedAt: Instant,
  state: z.enum(['waiting', 'read', 'unreadable']),
  lineCount: z.int().nullable(),
  refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Whether reading it, or going through it, is under way or stuck. */
  work: z.enum(['none', 'under-way', 'failed']),
})
export type TranscriptRow = z.infer<typeof TranscriptRow>

export const TranscriptMove = z.strictObject({ meeting: Id, version: Version })

export const Labels = z.object({
  labels: z.array(z.object({ label: z.string(), side: Side.nullable() })),
})
/** `side: null` says that this voice is neither of the two. */
export const LabelsChange = z.strictObject({
  labels: z
    .array(z.strictObject({ label: z.string().min(1).max(200), side: Side.nullable() }))
    .min(1)
    .max(50)
    .refine(
      labels => new Set(labels.map(({ label }) => label)).size === labels.length,
      'names a voice twice',
    ),
})
