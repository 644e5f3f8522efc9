import { readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { toInstant, toLocal } from '../domain/local-time.ts'
import { isUniqueViolation, type Database, type Tx } from './database.ts'
import { enqueueStep } from './jobs.ts'
import { insertMeeting, sayWhy } from './meetings.ts'
import { writeOwnNote } from './notes.ts'
import { insertPair } from './pairs.ts'
import { sampleOfManager, sampleOfReport } from './sample-feedback.ts'
import { beginRhythm } from './rhythm.ts'
import { fillSampleAgenda } from './sample-agenda.ts'
import { sql } from './sql.ts'
import { insertFileAndConsent, insertTranscript } from './transcripts.ts'
import { Refusal } from '../domain/errors.ts'

const folder = new URL('../../samples/pair/', import.meta.url)

/** `samples/pair/pair.json`: meetings by weeks before now, so that the sample is never out of date. */
export const SamplePair = z.strictObject({
  manager: z.strictObject({ name: z.string() }),
  report: z.strictObject({ name: z.string() }),
  timezone: z.string(),
  language: z.string(),
  cadence: z.strictObject({ days: z.int(), time: z.string(), minutes: z.int() }),
  meetings: z.array(
    z.strictObject({
      id: z.string(),
      weeksAgo: z.int(),
      state: z.enum(['held', 'cancelled', 'moved']),
      by: z.enum(['manager', 'report']).optional(),
      why: z.string().optional(),
      transcript: z.string().optional(),
      /** What both wrote in the meeting. */
      sharedNote: z.string().optional(),
      managerPrivateNote: z.string().optional(),
      reportPrivateNote: z.string().optional(),
    }),
  ),
})
export type SamplePair = z.infer<typeof SamplePair>

/** @throws ZodError when the file does not fit; it is ours, so that is a defect. */
export const readSample = async (): Promise<SamplePair> =>
  SamplePair.parse(JSON.parse(await readFile(new URL('pair.json', folder), 'utf8')))

export const sampleFile = (name: string): Promise<Uint8Array> =>
  readFile(fileURLToPath(new URL(name, folder)))

const dayLength = 86_400_000

/** Local time of a sample meeting: on the last working day before today, so that the next one is a few days off. */
export const sampleTime = (sample: SamplePair, weeksAgo: number, now: Date): string => {
  const today = new Date(`${toLocal(now, sample.timezone).slice(0, 10)}T00:00Z`)
  const back = [2, 3, 1, 1, 1, 1, 1][today.getUTCDay()] ?? 1
  const day = new Date(today.getTime() - (back + 7 * weeksAgo) * dayLength)
  return `${day.toISOString().slice(0, 10)}T${sample.cadence.time}`
}

/** Writes the text of a meeting's shared note, as its author. */
export type WriteNote = (
  tx: Tx,
  note: { readonly pair: string; readonly meeting: string; readonly author: string },
  text: string,
) => Promise<unknown>

/**
 * A pair to look around in, with the asking person as its manager: twelve weeks of meetings, whose
 * transcripts are read by the ordinary jobs. One per person; `deleteSamplePair` takes it away again.
 *
 * @throws Refusal `sample-exists`.
 */
export const loadSample = async (
  database: Database,
  person: string,
  now: Date,
  writeNote: WriteNote,
): Promise<string> => {
  const sample = await readSample()
  const files = new Map<string, Uint8Array>()
  for (const { transcript } of sample.meetings)
    if (transcript) files.set(transcript, await sampleFile(transcript))
  const reportId = sampleReport(person)
  const reportNotes: { meeting: string; text: string }[] = []
  const past = new Map<string, string>()
  const { pairId, next } = await database
    .asPerson(person, async tx => {
      // The person stays when the sample goes: nothing of theirs is left but the name.
      await tx.run(
        sql`insert into person (id, name) values (${reportId}, ${sample.report.name}) on conflict do nothing`,
      )
      const pair = await tx.first(
        insertPair({
          managerId: person,
          reportId,
          timezone: sample.timezone,
          language: sample.language,
          cadenceDays: sample.cadence.days,
          minutes: sample.cadence.minutes,
          sample: true,
        }),
      )
      if (!pair) throw new Refusal('sample-failed', 500, 'The sample could not be made.')
      for (const [label, whose] of [
        ...voicesOf(sample.manager.name, person),
        ...voicesOf(sample.report.name, reportId),
      ])
        await tx.run(
          sql`insert into speaker_label (pair_id, label, person_id, set_by) values (${pair.id}, ${label}, ${whose}, ${person})`,
        )
      for (const meeting of sample.meetings) {
        const at = toInstant(sampleTime(sample, meeting.weeksAgo, now), sample.timezone).toISOString()
        const made = await tx.first(insertMeeting(pair.id, at, sample.cadence.minutes, meeting.state))
        if (!made) continue
        past.set(meeting.id, made.id)
        if (meeting.why !== undefined)
          await tx.run(
            sayWhy(pair.id, made.id, meeting.why),
            sql`update meeting set changed_by = ${meeting.by === 'report' ? reportId : person}
              where pair_id = ${pair.id} and id = ${made.id}`,
          )
        if (meeting.reportPrivateNote) reportNotes.push({ meeting: made.id, text: meeting.reportPrivateNote })
        if (meeting.sharedNote)
          await writeNote(tx, { pair: pair.id, meeting: made.id, author: person }, meeting.sharedNote)
        if (meeting.managerPrivateNote)
          await tx.all(writeOwnNote(pair.id, made.id, meeting.managerPrivateNote, 0))
        const bytes = meeting.transcript ? files.get(meeting.transcript) : undefined
        if (!meeting.transcript || !bytes) continue
        const transcript = {
          id: crypto.randomUUID(),
          pair: pair.id,
          meeting: made.id,
          fileName: meeting.transcript,
          hash: createHash('sha256').update(bytes).digest(),
          bytes,
        }
        await tx.all(insertTranscript(transcript))
        await tx.run(
          ...insertFileAndConsent(transcript),
          enqueueStep('read', { pair: pair.id, meeting: made.id, transcript: transcript.id }, 5, 'first'),
        )
      }
      await sampleOfManager(tx, pair.id, sampleTime(sample, 4, now).slice(0, 10))
      const local = sampleTime(sample, -1, now)
      const instant = toInstant(local, sample.timezone).toISOString()
      const ahead = await tx.first(insertMeeting(pair.id, instant, sample.cadence.minutes))
      if (!ahead) throw new Refusal('sample-failed', 500, 'The sample could not be made.')
      await tx.run(...beginRhythm(pair.id, ahead.id, local))
      return { pairId: pair.id, next: ahead.id }
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error)
        ? new Refusal('sample-exists', 409, 'The sample is here already.')
        : error
    })
  // The report's own notes are written as the report: nobody else could.
  await database.asPerson(reportId, async tx => {
    for (const { meeting, text } of reportNotes) await tx.all(writeOwnNote(pairId, meeting, text, 0))
    await sampleOfReport(tx, pairId, sampleTime(sample, 7, now).slice(0, 10))
  })
  await fillSampleAgenda(database, { manager: person, report: reportId }, pairId, { past, next }, now)
  return pairId
}

/** Typed minutes have first names only; and whoever looks around has a name of their own. */
const voicesOf = (name: string, person: string): (readonly [label: string, person: string])[] => [
  [name, person],
  [name.split(' ')[0] ?? name, person],
]

/** The same invented person each time for one asker, so that loading twice is noticed. */
const sampleReport = (person: string): string => {
  const hash = createHash('sha256').update(`sample ${person}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}
