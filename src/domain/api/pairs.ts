import { z } from 'zod'
import { ChosenTime, Email, Id, Instant, LocalTime, PersonName, Side, Timezone, Version } from './common.ts'
import { Finding, PromiseView } from './findings.ts'
import { NoteText } from './notes.ts'
import { JobView, TranscriptView } from './transcripts.ts'

/** `moved`, `cancelled` and `missed` did not take place as planned. */
export const MeetingState = z.enum(['planned', 'held', 'moved', 'cancelled', 'missed'])
export const MeetingView = z
  .object({
    id: Id,
    pair: Id,
    at: Instant,
    /** Wall-clock time in the pair's time zone. */
    local: LocalTime,
    minutes: z.int().positive(),
    state: MeetingState,
    changedBy: Id.nullable(),
    why: z.string().nullable(),
    version: z.int().positive(),
  })
  .meta({ id: 'Meeting' })
export type MeetingView = z.infer<typeof MeetingView>

const Half = z.object({ id: Id, name: z.string(), joined: z.boolean() })
/** A pair as one of its two sees it. */
export const PairView = z
  .object({
    id: Id,
    manager: Half,
    report: Half,
    /** Which half is asking. */
    me: Side,
    timezone: z.string(),
    language: z.string(),
    cadenceDays: z.int().positive(),
    minutes: z.int().positive(),
    sample: z.boolean(),
  })
  .meta({ id: 'Pair' })
export type PairView = z.infer<typeof PairView>

/** A row of "Your 1:1s": when it is next, and what is mine to do. Never a number about a person. */
export const PairRow = z.object({
  pair: PairView,
  next: MeetingView.nullable(),
  /** Findings that wait to be gone through. */
  waiting: z.int().nonnegative(),
})
export type PairRow = z.infer<typeof PairRow>

/** A 1:1 that one of its two starts; the other comes to be with it. */
export const NewPair = z.strictObject({
  /** Which half I am. */
  me: Side,
  other: z.strictObject({ name: PersonName, email: Email.optional() }),
  timezone: Timezone,
  language: z.string().min(2).max(35).default('en'),
  cadenceDays: z.int().min(1).max(365).default(7),
  minutes: z.int().min(5).max(480).default(30),
  /** Local time in `timezone`; null when it is not planned yet. */
  firstMeeting: ChosenTime.nullable().default(null),
})
/** A 1:1 that an administrator makes for two others. */
export const PairOfOthers = z.strictObject({
  manager: Id,
  report: Id,
  timezone: Timezone,
  language: z.string().min(2).max(35).default('en'),
  cadenceDays: z.int().min(1).max(365).default(7),
  minutes: z.int().min(5).max(480).default(30),
})
export const PairChange = z.strictObject({
  timezone: Timezone.optional(),
  language: z.string().min(2).max(35).optional(),
  cadenceDays: z.int().min(1).max(365).optional(),
  minutes: z.int().min(5).max(480).optional(),
})

export const MeetingRow = MeetingView.extend({
  transcripts: z.int().nonnegative(),
  /** Findings that wait to be gone through. */
  waiting: z.int().nonnegative(),
})
export type MeetingRow = z.infer<typeof MeetingRow>

/** A pair's page: the next meeting, what both have promised, and the meetings there were. */
export const PairPage = z.object({
  pair: PairView,
  next: MeetingView.nullable(),
  promises: z.array(PromiseView),
  meetings: z.array(MeetingRow),
  jobs: z.array(JobView),
})
export type PairPage = z.infer<typeof PairPage>

export const NewMeeting = z.strictObject({ local: ChosenTime, minutes: z.int().min(5).max(480).optional() })
export const MeetingChange = z.strictObject({
  version: Version,
  local: ChosenTime.optional(),
  minutes: z.int().min(5).max(480).optional(),
  state: MeetingState.optional(),
  why: z.string().trim().max(500).nullable().optional(),
  /** With `local`: the meetings after it are at this time too. */
  onwards: z.boolean().optional(),
})

/** A note only its author can read. */
export const OwnNote = z.object({
  text: z.string(),
  version: z.int().nonnegative(),
  updatedAt: Instant.nullable(),
})
export type OwnNote = z.infer<typeof OwnNote>
/** `version` is the one last seen; 0 while there is no note. */
export const OwnNoteChange = z.strictObject({
  text: z.string().max(100_000),
  version: Version.or(z.literal(0)),
})

/** One meeting: what was read, what waits, what both wrote, and my own note. */
export const MeetingPage = z.object({
  pair: PairView,
  meeting: MeetingView,
  previous: Id.nullable(),
  following: Id.nullable(),
  transcripts: z.array(TranscriptView),
  findings: z.array(Finding),
  /** The note both write; null while it is empty. */
  note: NoteText.nullable(),
  ownNote: OwnNote,
})
export type MeetingPage = z.infer<typeof MeetingPage>
