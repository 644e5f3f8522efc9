import { notFound } from '../domain/errors.ts'
import { toInstant } from '../domain/local-time.ts'
import type { Tx } from '../store/database.ts'
import { jobsOfTranscripts } from '../store/jobs.ts'
import { type File, keepFile, type Place } from '../store/keep-file.ts'
import { insertMeeting, nearestMeeting } from '../store/meetings.ts'
import { speakerLabels } from '../store/pairs.ts'
import type { TranscriptRecord } from '../store/transcripts.ts'
import type { Dependencies } from './dependencies.ts'
import { minePair } from './pairs.ts'
import { transcriptView } from './views.ts'

export const viewOf = async (tx: Tx, record: TranscriptRecord) => {
  const [jobs, labels] = await tx.several(
    jobsOfTranscripts(record.pairId, [record.id]),
    speakerLabels(record.pairId),
  )
  return transcriptView(record, jobs[0], new Set(labels.map(({ label }) => label)))
}

/** The meeting of that day which is nearest to a time on the pair's clocks; made as one that was held where there is none. */
export const onItsDay =
  (local: string): Place =>
  async (tx, { id, timezone, minutes }) => {
    const instant = (time: string) => toInstant(time, timezone).toISOString()
    const day = local.slice(0, 10)
    const around = [instant(`${day}T00:00`), instant(`${dayAfter(day)}T00:00`)] as const
    const found =
      (await tx.first(nearestMeeting(id, ...around, instant(local)))) ??
      (await tx.first(insertMeeting(id, instant(local), minutes, 'held')))
    if (!found) throw notFound()
    return found.id
  }

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** Keeps a file for somebody: acknowledged when the file, the consent and the job stand on the disk, all or none. */
export const keepTranscript =
  ({ database, queue, bus }: Pick<Dependencies, 'database' | 'queue' | 'bus'>) =>
  async (person: string, pairId: string, file: File, place: Place, priority: number) => {
    const answer = await database.asPerson(person, async tx => {
      const { record, already } = await keepFile(tx, await minePair(tx, pairId), file, place, priority)
      return { transcript: await viewOf(tx, record), already }
    })
    queue.wake()
    await bus.publish({ channel: 'meeting', pair: pairId, id: answer.transcript.meeting, event: 'changed' })
    return answer
  }
