import { asPair, asSystem, type Database } from '../store/database.ts'
import { finishErasures } from '../store/erasing-person.ts'
import { pairsThatForget, thinTranscript, transcriptsRunOut } from '../store/keeping.ts'
import type { Schedule } from './schedule.ts'

/**
 * What was said goes when its time is over: pairs are found as the system, their lines deleted as the
 * pair. An erasure that was broken off is gone on with. Idempotent: a turn that fails is made up for by the next.
 */
export const keepingSchedule: Schedule = {
  name: 'keeping',
  everySeconds: 3_600,
  run: async (database, now) => {
    await finishErasures(database)
    return forgetLines(database, now)
  },
}

/** @returns how many transcripts were thinned; vectors of what is left wait for each. */
export const forgetLines = async (database: Database, now: Date): Promise<number> => {
  let thinned = 0
  const [pairs] = await database.read(asSystem('retention'), pairsThatForget())
  for (const { id: pair } of pairs) {
    const [due] = await database.read(asPair(pair), transcriptsRunOut(pair, now))
    // One at a time: nobody waits behind a year of them.
    for (const { id: transcript, meeting } of due) {
      await database.asPair(pair, tx => thinTranscript(tx, { pair, meeting, transcript }))
      thinned++
    }
  }
  return thinned
}
