import { createHash } from 'node:crypto'
import type { Side } from '../domain/api/common.ts'
import type { SeriesRequest } from '../domain/contract.ts'
import { toInstant } from '../domain/local-time.ts'
import { appendText } from '../notes/log.ts'
import type { Database } from '../store/database.ts'
import { enqueueStep, type Source } from '../store/jobs.ts'
import { makeOwner } from '../store/links.ts'
import { changeMeeting, insertMeeting, type MeetingRecord } from '../store/meetings.ts'
import { writeOwnNote } from '../store/notes.ts'
import { insertPair, pairById, type PairRecord } from '../store/pairs.ts'
import { insertPerson } from '../store/people.ts'
import { insertFileAndConsent, insertTranscript } from '../store/transcripts.ts'

export type SeriesMeeting = SeriesRequest['meetings'][number]
export interface SeriesFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A meeting as it was stored. */
export interface StoredMeeting {
  readonly source: Source
  readonly at: string
  /** Something is there to be read. */
  readonly hasTranscript: boolean
}

const meetingMinutes = 30

/** The two people of a series in an empty workspace, and their pair. */
export const makePair = async (database: Database, request: SeriesRequest): Promise<PairRecord> => {
  const manager = { id: crypto.randomUUID(), name: request.manager.name, email: 'manager@example.org' }
  const report = { id: crypto.randomUUID(), name: request.report.name, email: null }
  await database.asSystem('sign-in', tx => tx.run(...makeOwner({ ...manager, workspace: 'Series' })))
  const made = await database.asPerson(manager.id, async tx => {
    await tx.run(insertPerson(report))
    const pair = await tx.first(
      insertPair({
        managerId: manager.id,
        reportId: report.id,
        timezone: request.timezone,
        language: 'en',
        cadenceDays: 7,
        minutes: meetingMinutes,
      }),
    )
    return pair && tx.first(pairById(pair.id))
  })
  if (!made) throw new Error('the pair was not made')
  return made
}

/** Plans a meeting, so that "before we meet again" has a day. */
export const planMeeting = async (
  database: Database,
  pair: PairRecord,
  { date }: SeriesMeeting,
): Promise<MeetingRecord> => {
  const at = toInstant(date, pair.timezone).toISOString()
  const row = await database.asPerson(pair.managerId, tx =>
    tx.first(insertMeeting(pair.id, at, meetingMinutes)),
  )
  if (!row) throw new Error('the meeting was not stored')
  return row
}

/** What became of a planned meeting, its notes, each written by whom they belong to, and its transcript. */
export const storeMeeting = async (
  database: Database,
  pair: PairRecord,
  planned: MeetingRecord,
  meeting: SeriesMeeting,
  file: SeriesFile | undefined,
): Promise<StoredMeeting> => {
  const source = { pair: pair.id, meeting: planned.id, transcript: crypto.randomUUID() }
  const person = (side: Side) => (side === 'manager' ? pair.managerId : pair.reportId)
  await database.asPerson(person(meeting.by ?? 'manager'), async tx => {
    await tx.all(changeMeeting(pair.id, planned.id, planned.version, { state: meeting.state }))
    if (meeting.sharedNote)
      await appendText(
        tx,
        { pair: pair.id, meeting: planned.id, author: person(meeting.by ?? 'manager') },
        meeting.sharedNote,
      )
  })
  for (const [side, note] of [
    ['manager', meeting.managerPrivateNote],
    ['report', meeting.reportPrivateNote],
  ] as const)
    if (note) await database.asPerson(person(side), tx => tx.all(writeOwnNote(pair.id, planned.id, note, 0)))
  if (file)
    await database.asPerson(pair.managerId, async tx => {
      const hash = createHash('sha256').update(file.bytes).update(meeting.id).digest()
      const transcript = { ...source, id: source.transcript, fileName: file.name, hash, bytes: file.bytes }
      await tx.all(insertTranscript(transcript))
      await tx.run(...insertFileAndConsent(transcript), enqueueStep('read', source, 0, 'first'))
    })
  return { source, at: planned.at, hasTranscript: file !== undefined }
}
