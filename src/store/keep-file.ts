import { createHash } from 'node:crypto'
import { Refusal } from '../domain/errors.ts'
import type { Tx } from './database.ts'
import { enqueueStep } from './jobs.ts'
import { keepingOf } from './keeping.ts'
import { markHeld } from './meetings.ts'
import type { PairRecord } from './pairs.ts'
import {
  insertFileAndConsent,
  insertTranscript,
  transcriptByHash,
  type TranscriptRecord,
} from './transcripts.ts'

export interface File {
  readonly name: string
  readonly bytes: Uint8Array
}
/** Somebody waits in front of the page for what they just added; a folder of old ones, and what came by itself, wait for themselves. */
export const someoneWaits = 0
export const nobodyWaits = 5

/** Finds the meeting a new transcript belongs to, or makes it, in the transaction that keeps the transcript. */
export type Place = (tx: Tx, pair: PairRecord) => Promise<string>

export const hashOf = ({ bytes }: File): Uint8Array => createHash('sha256').update(bytes).digest()

/**
 * As the person who states that both agreed: file, consent and job in one transaction, all or none.
 *
 * @throws Refusal `transcript-empty`, `reading-ended`, and what `place` refuses with.
 */
export const keepFile = async (
  tx: Tx,
  pair: PairRecord,
  file: File,
  place: Place,
  priority: number,
): Promise<{ readonly record: TranscriptRecord; readonly already: boolean }> => {
  if (file.bytes.length === 0)
    throw new Refusal('transcript-empty', 422, 'This file is empty. Is it the right one?')
  if ((await tx.first(keepingOf(pair.id)))?.endedBy)
    throw new Refusal(
      'reading-ended',
      422,
      'One of you said no to transcripts of these meetings. Nothing was kept. It can be changed under "About this 1:1".',
    )
  const hash = hashOf(file)
  const known = await tx.first(transcriptByHash(pair.id, hash))
  if (known) return { record: known, already: true }
  const id = crypto.randomUUID()
  const meeting = await place(tx, pair)
  const transcript = { id, pair: pair.id, meeting, fileName: file.name, hash, bytes: file.bytes }
  const isNew = await tx.first(insertTranscript(transcript))
  if (isNew)
    await tx.run(
      ...insertFileAndConsent(transcript),
      enqueueStep('read', { pair: pair.id, meeting, transcript: id }, priority, 'first'),
      markHeld(pair.id, meeting),
    )
  const record = await tx.first(transcriptByHash(pair.id, hash))
  if (!record) throw new Error('a transcript that was kept is not there')
  return { record, already: !isNew }
}
