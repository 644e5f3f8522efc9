import { placeOf } from '../domain/intake.ts'
import { readTranscript } from '../domain/transcript/read.ts'
import type { Database } from './database.ts'
import { intakePairs, keepWaiting, knownTranscript } from './intake.ts'
import { type File, hashOf, keepFile, nobodyWaits } from './keep-file.ts'
import { insertMeeting } from './meetings.ts'
import { pairById } from './pairs.ts'
import { personById } from './people.ts'

/** Larger ones are not read here for their names: whose they are is asked. */
const readAtOnce = 512 * 1024

export interface SentFile extends File {
  readonly at: string | null
  /** Null: those the file names itself. */
  readonly people: readonly string[] | null
}
export type TakenIn =
  | { readonly state: 'waiting' | 'known' }
  | { readonly state: 'kept'; readonly pair: string; readonly meeting: string }

/** As whoever it was sent to: in its meeting where time and names leave no doubt, else it waits for them. */
export const takeIn = (database: Database, person: string, sent: SentFile): Promise<TakenIn> =>
  database.asPerson(person, async tx => {
    const { at } = sent
    const pairs = await intakePairs(tx, person, at)
    const ids = pairs.map(({ id }) => id)
    const hash = hashOf(sent)
    if (await tx.first(knownTranscript(ids, hash))) return { state: 'known' }
    const me = await tx.first(personById(person))
    const place = placeOf({ at, people: sent.people ?? namesIn(sent.bytes) }, me?.name ?? '', pairs)
    const pair = place && (await tx.first(pairById(place.pair)))
    if (!place || !pair)
      return { state: (await tx.first(keepWaiting({ ...sent, hash }))) ? 'waiting' : 'known' }
    const kept = await keepFile(
      tx,
      pair,
      sent,
      async () =>
        'meeting' in place
          ? place.meeting
          : ((await tx.first(insertMeeting(pair.id, place.at, pair.minutes, 'held')))?.id ?? ''),
      nobodyWaits,
    )
    return { state: 'kept', pair: pair.id, meeting: kept.record.meetingId }
  })

/** Whose voices a file names itself. */
const namesIn = (bytes: Uint8Array): string[] => {
  if (bytes.length > readAtOnce) return []
  try {
    return [...new Set(readTranscript(bytes).lines.flatMap(({ speaker }) => speaker ?? []))]
  } catch {
    // One that cannot be read says so once somebody has said where it belongs.
    return []
  }
}
