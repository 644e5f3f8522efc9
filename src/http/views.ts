import type { MeetingView, PairView } from '../domain/api/pairs.ts'
import type { JobView, TranscriptView } from '../domain/api/transcripts.ts'
import { toLocal } from '../domain/local-time.ts'
import type { JobRecord } from '../store/jobs.ts'
import type { MeetingRecord } from '../store/meetings.ts'
import type { PairRecord } from '../store/pairs.ts'
import type { TranscriptRecord } from '../store/transcripts.ts'

/** Rows as the API shows them. */

export const pairView = (pair: PairRecord, me: string): PairView => ({
  id: pair.id,
  manager: { id: pair.managerId, name: pair.managerName, joined: pair.managerJoined },
  report: { id: pair.reportId, name: pair.reportName, joined: pair.reportJoined },
  me: pair.managerId === me ? 'manager' : 'report',
  timezone: pair.timezone,
  language: pair.language,
  cadenceDays: pair.cadenceDays,
  minutes: pair.minutes,
  sample: pair.sample,
})

export const meetingView = (meeting: MeetingRecord, timezone: string): MeetingView => ({
  id: meeting.id,
  pair: meeting.pairId,
  at: meeting.at,
  local: toLocal(meeting.at, timezone),
  minutes: meeting.minutes,
  state: meeting.state,
  changedBy: meeting.changedBy,
  why: meeting.why,
  version: meeting.version,
})

/** Sentences for the codes a job may carry: the row itself holds the code only. */
const reasons: Record<string, string> = {
  'gave-up': 'This step did not come to an end after several tries. What was read so far is kept.',
  'reading-too-slow': 'Reading this file took too long and was stopped. The file is kept.',
  internal: 'Something went wrong on our side in this step. The transcript is safe; you can try again.',
}

/** The reason is shown only while it matters: failed, or waiting for another try. */
export const jobView = (job: JobRecord): JobView => ({
  id: job.id,
  kind: job.kind,
  state: job.state,
  transcript: job.transcriptId,
  meeting: job.meetingId,
  step: job.kind,
  progress: job.progress,
  failures: job.failures,
  reason:
    job.reason && (job.state === 'failed' || job.state === 'ready')
      ? { code: job.reason, message: reasons[job.reason] ?? reasons['internal'] ?? '' }
      : null,
  createdAt: job.createdAt,
})

export const transcriptView = (
  transcript: TranscriptRecord,
  job: JobRecord | undefined,
  known: ReadonlySet<string>,
): TranscriptView => ({
  id: transcript.id,
  meeting: transcript.meetingId,
  fileName: transcript.fileName,
  addedBy: transcript.addedBy,
  addedAt: transcript.createdAt,
  bytes: transcript.bytes,
  state: transcript.state,
  format: transcript.format,
  timing: transcript.timing,
  speakers: transcript.speakers,
  lineCount: transcript.lineCount,
  problems: transcript.problems.map(({ line, ...problem }) =>
    line === undefined ? problem : { ...problem, line },
  ),
  refusal: transcript.refusal,
  notice: transcript.notice,
  engine: transcript.engine,
  unknownLabels: transcript.labels.filter(label => !known.has(label)),
  job: job ? jobView(job) : null,
  version: transcript.version,
})
